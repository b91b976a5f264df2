import Core
import Wire

/// Where a ``SweepFollower`` shows what it sees.
protocol FollowerDisplay: AnyObject {
  /// It shows workers and the log.
  var showsWorkers: Bool { get }
  /// Seconds between two looks.
  var pace: Double { get }
  /// What has something to read when a key was pressed; nil when it hears none.
  var keys: Int32? { get }

  func show(_ status: ClusterStatus, of sweep: Digest?)
  /// The coordinator has not answered for so long.
  func showSilence(seconds: Int)
  /// Hears the keys that were pressed. False when somebody wants to leave.
  func hear() -> Bool
  /// The terminal has another size.
  func resize()
  /// Nothing more will be shown.
  func clear()
}

/// A bar, or a line every few seconds where nobody watches.
final class BarDisplay: FollowerDisplay {
  let showsWorkers = false
  let pace = 0.25
  let keys: Int32? = nil
  private let bar = ProgressBar("tasks")
  private var last = SweepCounts()
  private var isSilent = false

  func show(_ status: ClusterStatus, of sweep: Digest?) {
    isSilent = false
    last = status.counts(of: sweep)
    bar.show(done: last.done, of: last.total, Self.words(status, sweep))
  }

  func showSilence(seconds: Int) {
    bar.show(done: last.done, of: last.total, "the coordinator has not answered for \(seconds) s")
    if !isSilent, !Terminal.showsProgress { Terminal.note("the coordinator does not answer; still trying") }
    isSilent = true
  }

  func hear() -> Bool { true }
  func resize() {}
  func clear() { bar.clear() }

  private static func words(_ status: ClusterStatus, _ sweep: Digest?) -> String {
    if let obstacle = status.obstacle, !status.counts(of: sweep).isFinished { return obstacle.words }
    return status.progressWords(of: sweep).joined(separator: ", ")
  }
}
