import Cluster
import Core
import Files
import Foundation
import Transport
import Wire

/// Follows a sweep until it ends, with a progress bar, and hears Ctrl-C.
struct SweepFollower {
  enum Ending {
    case done
    case interrupted
  }

  let address: CoordinatorAddress
  /// nil follows everything that the coordinator does.
  let sweep: Digest?
  let signals: SignalDescriptor
  private static let milliseconds = 250
  /// A coordinator that has not answered for this long is said to be silent.
  private static let patienceSeconds = 2.0
  /// A coordinator that starts again needs a moment; one that is gone for longer is a failure.
  private static let toleratedFailures = 20
  /// A store that is in trouble for this many looks will not mend itself.
  private static let toleratedStoreProblems = 12

  /// Returns when nothing is left to do, or a signal came. `watch` is called between looks, and may throw.
  ///
  /// Throws when the store cannot keep what comes in (a full disk), with the coordinator's sentence.
  func follow(watch: () throws -> Void = {}) throws -> Ending {
    let bar = ProgressBar("tasks")
    defer { bar.clear() }
    var failures = 0
    var storeProblems = 0
    var last = SweepCounts()
    var answered = MonotonicClock.now
    // First where it was found last.
    var address = address
    while true {
      do {
        let patience = Self.patienceSeconds * Double(address.ports.count)
        let client = try ClusterClient(address, patienceSeconds: patience)
        let status = try client.status(workers: false)
        address = client.address
        failures = 0
        answered = MonotonicClock.now
        let counts = status.counts(of: sweep)
        last = counts
        bar.show(done: counts.done, of: counts.total, words(status, counts))
        storeProblems = status.storeProblem == nil ? 0 : storeProblems + 1
        if let problem = status.storeProblem, storeProblems > Self.toleratedStoreProblems {
          throw CommandError(problem)
        }
        if counts.isFinished { return .done }
      } catch let refusal as ClusterRefusal {
        failures += 1
        if failures > Self.toleratedFailures { throw refusal }
        let seconds = Int(MonotonicClock.now.seconds(since: answered))
        bar.show(done: last.done, of: last.total, "the coordinator has not answered for \(seconds) s")
        if failures == 1, !Terminal.showsProgress { Terminal.note("the coordinator does not answer; still trying") }
      }
      _ = Poller.wait(for: [.descriptor(signals.descriptor)], milliseconds: Self.milliseconds)
      if signals.next() != nil { return .interrupted }
      try watch()
    }
  }

  private func words(_ status: ClusterStatus, _ counts: SweepCounts) -> String {
    if let obstacle = status.obstacle, !counts.isFinished { return obstacle.words }
    let progress = status.progress(of: sweep)
    var words = ["\(progress.computing) running"]
    if counts.stuck > 0 { words.append("\(counts.stuck) failed") }
    if status.finishedPerMinute > 0 { words.append("\(Int(status.finishedPerMinute.rounded()))/min") }
    if let seconds = progress.secondsLeft, seconds > 0 { words.append("about \(Self.duration(seconds)) left") }
    return words.joined(separator: ", ")
  }

  /// `45 s`, `3 min`, `2.5 h`.
  static func duration(_ seconds: Double) -> String {
    switch seconds {
    case ..<90: "\(Int(seconds.rounded(.up))) s"
    case ..<5_400: "\(Int((seconds / 60).rounded())) min"
    default: "\((seconds / 360).rounded() / 10) h"
    }
  }
}
