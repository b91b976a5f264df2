package import Core
package import Wire

/// The coordinator's door: who may say what, under which name, and where answers go.
///
/// A name belongs to the key that brought it, for as long as the coordinator knows the worker. A connection speaks for the
/// worker that said hello on it. What a key may do is looked up with each message, so a key that was removed or demoted is
/// cut at once, whatever connections it has.
package struct Admission: Equatable, Sendable {
  /// What is to be done with an agent's message.
  package enum Verdict: Hashable, Sendable {
    /// It speaks for this worker.
    case worker(WorkerID)
    /// Nobody has said hello on this connection.
    case stranger
    /// Not allowed; the reason is for people.
    case refused(String)
  }

  private struct Worker: Equatable {
    let key: String
    /// Where answers go: the connection of the last message.
    var route: RouteID
    /// The connection before, whose messages may still be on their way.
    var lastRoute: RouteID?
  }

  private var workers: [WorkerID: Worker] = [:]
  private var routes: [RouteID: WorkerID] = [:]

  package init() {}

  /// How many workers have a place here.
  package var count: Int { workers.count }

  /// Where messages for the worker go; nil when it is not known.
  package func route(to worker: WorkerID) -> RouteID? { workers[worker]?.route }

  /// Where messages for all workers go, in the order of their names.
  package var connections: [RouteID] { workers.sorted { $0.key < $1.key }.map(\.value.route) }

  /// The worker that is answered on this connection, which has closed; nil when none is.
  package func worker(losing route: RouteID) -> WorkerID? {
    guard let worker = routes[route], workers[worker]?.route == route else { return nil }
    return worker
  }

  /// Judges a message of an agent.
  package mutating func admit(_ message: AgentMessage, from peer: Peer) -> Verdict {
    guard let principal = peer.principal else { return .refused(Self.unlisted) }
    guard principal.role.mayCompute else {
      return .refused("\(principal.label) may not compute; give it the role worker in the list of authorised keys")
    }
    if case .hello(let hello) = message { return greet(hello.worker, principal, peer.route) }
    guard let worker = routes[peer.route], workers[worker]?.key == principal.key else { return .stranger }
    answer(worker, on: peer.route)
    return .worker(worker)
  }

  /// Why the peer may not ask this; nil when it may.
  package static func objection(to request: ClientRequest, by peer: Peer) -> String? {
    guard let principal = peer.principal else { return unlisted }
    let (may, needed): (Bool, Role) =
      switch request {
      case .submit, .status, .failures, .explain, .cancelSweep, .steer, .retryFailed:
        (principal.role.maySubmit, .client)
      case .drainWorker, .shutdown: (principal.role.mayOperate, .admin)
      }
    guard !may else { return nil }
    return "\(principal.label) may not do this; it needs the role \(needed.rawValue) in the list of authorised keys"
  }

  /// The list of keys has changed: the workers whose key may not compute any more, in the order of their names.
  package func cut(_ roles: (String) -> Role?) -> [WorkerID] {
    workers.filter { roles($0.value.key)?.mayCompute != true }.map(\.key).sorted()
  }

  /// The coordinator does not know the worker any more; its name is free.
  package mutating func forget(_ worker: WorkerID) {
    guard let entry = workers.removeValue(forKey: worker) else { return }
    for route in [entry.route, entry.lastRoute].compactMap({ $0 }) where routes[route] == worker { routes[route] = nil }
  }

  /// What a peer is told whose key was removed.
  package static let unlisted = "this key is not among the authorised keys any more"

  private mutating func greet(_ worker: WorkerID, _ principal: Principal, _ route: RouteID) -> Verdict {
    if let known = workers[worker] {
      guard known.key == principal.key else {
        return .refused("the name \(worker.short) belongs to a worker with another key")
      }
    } else {
      workers[worker] = Worker(key: principal.key, route: route)
    }
    // A connection speaks for one worker.
    if let other = routes[route], other != worker { forget(route, of: other) }
    routes[route] = worker
    answer(worker, on: route)
    return .worker(worker)
  }

  /// Answers go where the last message came from.
  private mutating func answer(_ worker: WorkerID, on route: RouteID) {
    guard let entry = workers[worker], entry.route != route else { return }
    if let oldest = entry.lastRoute, oldest != route { routes[oldest] = nil }
    workers[worker] = Worker(key: entry.key, route: route, lastRoute: entry.route)
  }

  private mutating func forget(_ route: RouteID, of worker: WorkerID) {
    routes[route] = nil
    if workers[worker]?.lastRoute == route { workers[worker]?.lastRoute = nil }
  }
}
