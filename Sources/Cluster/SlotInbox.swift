import Coordination
import Core
import Files
import Synchronization
import Transport
import Wire

/// What the agent asks of a slot process, read by whichever thread computes: between tasks by waiting, and during one by
/// looking from time to time whether its result is still wanted.
final class SlotInbox: Sendable {
  private struct State {
    var reader: PipeReader
    var waiting: [SlotRequest] = []
    /// The attempt that the agent asked to stop last.
    var cancelled: AttemptName?
    /// The agent is gone, or has closed the pipe.
    var isClosed = false
    var looked = Instant.zero
  }

  /// A task may ask a million times a second; the pipe is looked at this often.
  private static let lookSeconds = 0.05
  private let state: Mutex<State>
  private let descriptor: Int32

  init(descriptor: Int32) {
    self.descriptor = descriptor
    state = Mutex(State(reader: PipeReader(descriptor: descriptor)))
  }

  /// The next task; waits for it. Nil when there will be none.
  func next() -> SlotRequest? {
    state.withLock { state in
      while state.waiting.isEmpty, !state.isClosed { Self.read(&state) }
      return state.waiting.isEmpty ? nil : state.waiting.removeFirst()
    }
  }

  /// Whether somebody still wants the result of `attempt`.
  func wants(_ attempt: AttemptName) -> Bool {
    state.withLock { state in
      let now = MonotonicClock.now
      if !state.isClosed, now.seconds(since: state.looked) >= Self.lookSeconds {
        state.looked = now
        if Poller.wait(for: [.descriptor(descriptor)], milliseconds: 0)[0] { Self.read(&state) }
      }
      return !state.isClosed && state.cancelled != attempt
    }
  }

  private static func read(_ state: inout State) {
    state.isClosed = !state.reader.fill()
    while let message = state.reader.next() {
      guard let order = try? SlotOrder(bytes: message) else {
        preconditionFailure("the agent sent a request that this build cannot read")
      }
      switch order {
      case .run(let request): state.waiting.append(request)
      case .cancel(let attempt): state.cancelled = attempt
      }
    }
  }
}
