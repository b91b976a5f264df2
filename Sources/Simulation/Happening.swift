import Coordination
import Core
import Wire

/// Something that will happen at an instant of virtual time. A process is named with its life, so that what was meant
/// for a dead one is recognised.
enum Happening: Sendable {
  case coordinatorTurn(life: Int)
  case agentTurn(host: Int, life: Int)
  case coordinatorStarts
  case agentStarts(host: Int)
  case connects(host: Int, life: Int)
  case connected(host: Int, life: Int, connection: Int)
  case disconnected(host: Int, life: Int)
  case closed(life: Int, RouteID)
  case frameUp(host: Int, connection: Int, AgentMessage)
  case frameDown(host: Int, connection: Int, CoordinatorMessage)
  case frameLeaves(life: Int, CoordinatorMessage, to: RouteID)
  case objectsUp(ObjectRequest)
  case objectsLeave(life: Int, ObjectMessage, ObjectRequest)
  case objectsDown(host: Int, life: Int, ObjectMessage)
  case slotUp(host: Int, slot: Int, process: Int)
  case slotDown(host: Int, life: Int, slot: Int)
  case slotStops(host: Int, slot: Int, process: Int, run: Int)
  case inputUnreadable(host: Int, slot: Int, process: Int, run: Int, Digest)
  case progress(host: Int, slot: Int, process: Int, run: Int)
  case taskEnds(host: Int, slot: Int, process: Int, run: Int)
  case submission(isSecond: Bool)
  case sweepGoesOn(isSecond: Bool)
  case hoarding
  case disturbance
  case heal
}

extension Happening {
  /// A line for a failure's log; nil for what happens all the time.
  var brief: String? {
    switch self {
    case .coordinatorTurn, .agentTurn, .frameLeaves, .connects, .disturbance, .progress, .objectsLeave,
      .hoarding:
      nil
    case .frameUp(let host, _, .hello(let hello)):
      "host \(host) ▶ hello \(hello.sequence) \(hello.attempts.map(\.brief))"
    case .frameUp(let host, _, .heartbeat(let beat)):
      "host \(host) ▶ heartbeat \(beat.sequence) heard \(beat.heard) credits \(beat.credits) \(beat.attempts.map(\.brief))"
    case .frameUp(let host, _, .result(let ending)): "host \(host) ▶ result \(ending.attempt.brief)"
    case .frameUp(let host, _, .bye): "host \(host) ▶ bye"
    case .frameDown(_, _, .pulse): nil
    case .frameDown(let host, _, .grants(let grants)): "host \(host) ◀ grants \(grants.map(\.attempt.brief))"
    case .frameDown(let host, _, .acknowledgement(let attempt)): "host \(host) ◀ acknowledgement \(attempt.brief)"
    case .frameDown(let host, _, .cancel(let attempt)): "host \(host) ◀ cancel \(attempt.brief)"
    case .frameDown(let host, _, let message): "host \(host) ◀ \("\(message)".prefix(120))"
    case .objectsUp(let request): "host \(request.host) ▶ \(request.message.brief)"
    case .objectsDown(let host, _, let message): "host \(host) ◀ \(message.brief)"
    default: "\(self)"
    }
  }
}

extension AttemptName {
  fileprivate var brief: String { "\(task.short)@\(epoch.value >> 32).\(epoch.value & 0xFFFF_FFFF)" }
}

extension ObjectMessage {
  fileprivate var brief: String {
    switch self {
    case .lack(let question): "lack \(question.request) of \(question.objects.map(\.digest.short))"
    case .lackReply(let reply): "lacking \(reply.request) \(reply.lacking.map(\.short))"
    case .get(let request): "get \(request.digest.short) from \(request.offset)"
    case .chunk(let chunk): "chunk \(chunk.digest.short) at \(chunk.offset) of \(chunk.size)"
    case .putReply(let reply): "put \(reply.digest.short) \(reply.offset) \(reply.stored) \(reply.problem ?? "")"
    case .notFound(let name): "not found \(name.digest.short)"
    }
  }
}

extension AttemptReport {
  fileprivate var brief: String { "\(attempt.brief) \(phase)" }
}

/// A happening and its place in time.
struct Scheduled: Comparable, Sendable {
  let at: Instant
  let order: Int
  let happening: Happening

  static func < (left: Scheduled, right: Scheduled) -> Bool {
    left.at != right.at ? left.at < right.at : left.order < right.order
  }
  static func == (left: Scheduled, right: Scheduled) -> Bool { left.order == right.order }
}

/// The future, nearest first.
struct Agenda: Sendable {
  private var heap: [Scheduled] = []
  private var order = 0

  mutating func add(_ happening: Happening, at instant: Instant) {
    order += 1
    heap.append(Scheduled(at: instant, order: order, happening: happening))
    var child = heap.count - 1
    while child > 0, heap[child] < heap[(child - 1) / 2] {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// When the next thing happens.
  var nextInstant: Instant? { heap.first?.at }

  mutating func next() -> Scheduled? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    guard !heap.isEmpty else { return first }
    heap[0] = last
    var parent = 0
    while true {
      var smallest = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child] < heap[smallest] {
        smallest = child
      }
      guard smallest != parent else { return first }
      heap.swapAt(parent, smallest)
      parent = smallest
    }
  }
}
