import Cluster
import Core
import Files
import Glibc
import Transport
import Wire

/// Follows a sweep until it ends, and hears Ctrl-C.
struct SweepFollower {
  enum Ending {
    case done
    case interrupted
  }

  let address: CoordinatorAddress
  /// nil follows everything that the coordinator does.
  let sweep: Digest?
  let signals: SignalDescriptor
  var display: any FollowerDisplay = BarDisplay()
  /// A coordinator that has not answered for this long is said to be silent.
  private static let patienceSeconds = 2.0
  /// A coordinator that starts again needs a moment; one that is gone for longer is a failure.
  private static let toleratedFailures = 20
  /// A store that is in trouble for this many looks will not mend itself.
  private static let toleratedStoreProblems = 12

  init(address: CoordinatorAddress, sweep: Digest?, signals: SignalDescriptor) {
    (self.address, self.sweep, self.signals) = (address, sweep, signals)
  }

  /// Returns when nothing is left to do, or somebody wants to leave. `watch` is called between looks, and may throw.
  ///
  /// Throws when the store cannot keep what comes in (a full disk), with the coordinator's sentence.
  func follow(watch: () throws -> Void = {}) throws -> Ending {
    defer { display.clear() }
    var failures = 0
    var storeProblems = 0
    var answered = MonotonicClock.now
    // First where it was found last.
    var address = address
    var client: ClusterClient?
    while true {
      do {
        let patience = Self.patienceSeconds * Double(address.ports.count)
        let asked = try client ?? ClusterClient(address, patienceSeconds: patience)
        client = asked
        let status = try asked.status(workers: display.showsWorkers)
        address = asked.address
        failures = 0
        answered = MonotonicClock.now
        display.show(status, of: sweep)
        storeProblems = status.storeProblem == nil ? 0 : storeProblems + 1
        if let problem = status.storeProblem, storeProblems > Self.toleratedStoreProblems {
          throw CommandError(problem)
        }
        if status.counts(of: sweep).isFinished { return .done }
      } catch let refusal as ClusterRefusal {
        // A new connection is made at once, where an old one would wait ever longer.
        client = nil
        failures += 1
        if failures > Self.toleratedFailures { throw refusal }
        display.showSilence(seconds: Int(MonotonicClock.now.seconds(since: answered)))
      }
      guard rest() else { return .interrupted }
      try watch()
    }
  }

  /// Waits until it is time for another look. False when somebody wants to leave.
  private func rest() -> Bool {
    let end = MonotonicClock.now.advanced(bySeconds: display.pace)
    while true {
      let seconds = end.seconds(since: MonotonicClock.now)
      guard seconds > 0 else { return true }
      var sources: [PollSource] = [.descriptor(signals.descriptor)]
      if let keys = display.keys { sources.append(.descriptor(keys)) }
      let ready = Poller.wait(for: sources, milliseconds: Int((seconds * 1_000).rounded(.up)))
      while let signal = signals.next() {
        guard signal == SIGWINCH else { return false }
        display.resize()
      }
      if ready.count > 1, ready[1], !display.hear() { return false }
    }
  }
}
