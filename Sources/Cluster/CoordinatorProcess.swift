import Coordination
import Core
import Files
import Foundation
package import Logging
import ObjectStore
package import Planning
import Transport

/// The coordinator: owns the store and the sockets, and computes nothing.
///
/// A `CoordinatorLoop` hears and acts; this opens what it needs, waits until something arrives, and ends it. One thread
/// makes it and runs it.
package final class CoordinatorProcess {
  private let log: Logger
  private var warnings: OnceLog
  private let signals: SignalDescriptor
  private let store: Store
  private let context: Context
  private let authenticator: Authenticator?
  private let sockets: CoordinatorSockets
  private let note: CoordinatorNoteFile
  private var loop: CoordinatorLoop<LiveOutside>

  /// Opens the store, takes up open sweeps, then listens.
  ///
  /// - Parameter isStandby: whether to wait for a store that another coordinator works on.
  /// - Returns: nil when it was told to end while it waited.
  /// - Throws: one clear sentence: a store in use, a key that is missing, a port that is taken.
  package init?(
    _ configuration: ClusterConfiguration, planner: any SweepPlanning, isStandby: Bool = false, log: Logger
  ) throws {
    let tail = LogTail()
    let log = tail.following(log)
    self.log = log
    warnings = OnceLog(log)
    signals = try SignalDescriptor([SIGTERM, SIGINT])
    let wait = isStandby ? StoreWait(signals: signals, log: log) : nil
    guard let store = try Self.open(configuration.store, wait) else { return nil }
    self.store = store
    for loss in try store.losses() {
      log.error("\(loss); what is gone is computed again; \"winnow store repair\" ends this message")
    }
    let context = Context(ioThreads: 2)
    self.context = context
    let keys = try configuration.keys.map {
      try CoordinatorKeys(
        directory: $0, authorizedKeys: configuration.authorizedKeys ?? "\($0)/authorized_keys", context: context,
        log: log)
    }
    authenticator = keys?.authenticator
    var intake = try SweepIntake(store: store, planner: planner, resume: configuration.resume)
    sockets = try CoordinatorSockets(context, configuration, keys: keys?.pair)
    note = CoordinatorNoteFile(
      store: store.path,
      note: CoordinatorNote(
        control: sockets.controlEndpoint, objects: sockets.objectsEndpoint,
        serverKey: keys?.pair.publicKey.description, keysDirectory: configuration.keys, processID: Int(getpid()),
        epoch: Int(store.epoch.value)))
    let settings = configuration.machineSettings(epoch: UInt32(truncatingIfNeeded: store.epoch.value))
    // Frames wait in the sockets until the loop runs, so agents meet a coordinator that knows its sweeps.
    let openSweeps = try intake.takeUp(log: log)
    let outside = LiveOutside(
      store: store, intake: intake, sockets: sockets, authenticator: authenticator,
      ledger: try GrantLedger(store),
      retryAfterSeconds: settings.retryAfterSeconds, log: log, tail: tail)
    loop = CoordinatorLoop(settings: settings, outside: outside, openSweeps: openSweeps)
  }

  private static func open(_ path: String, _ wait: StoreWait?) throws -> Store? {
    func open() throws -> Store {
      try Store.openForWriting(at: path, owner: "winnow-coordinator, process \(getpid())")
    }
    return try wait.map { try $0.opened(open) } ?? open()
  }

  /// Works until it is told to end.
  package func run() throws {
    try note.write()
    log.info(
      "listening on \(note.note.control) (objects \(note.note.objects)), store \(store.path), epoch \(store.epoch)")
    if authenticator == nil {
      log.warning("no keys: whoever reaches these addresses can join, submit and shut down, as the role admin may")
    }
    // Type=notify: what waits for this service finds open ports.
    ServiceManager.tell(.ready("listening on \(note.note.control), store \(store.path)"))
    while !loop.isOver { turn() }
    ServiceManager.tell(.stopping)
    try store.flush()
    note.remove()
    log.info("ended in order; start it again to go on")
  }

  private func turn() {
    wait()
    while signals.next() != nil { loop.close("told to end") }
    authenticator?.answerRequests()
    hearMonitors()
    if let due = loop.outside.nextProbe, due <= MonotonicClock.now {
      let connections = loop.admission.connections
      loop.outside.probe(connections)
    }
    loop.step()
  }

  private func wait() {
    let due = [loop.nextDeadline, loop.outside.nextProbe].compactMap { $0 }.min()
    let seconds = due.map { max(0, min(60, $0.seconds(since: MonotonicClock.now))) } ?? 60
    var sources: [PollSource] = [
      .socket(sockets.control), .socket(sockets.objects), .descriptor(signals.descriptor),
    ]
    sources += sockets.monitors.map { .socket($0.socket) }
    if let authenticator { sources.append(.socket(authenticator.socket)) }
    _ = Poller.wait(for: sources, milliseconds: Int((seconds * 1000).rounded(.up)))
  }

  private func hearMonitors() {
    for (index, monitor) in sockets.monitors.enumerated() {
      while let event = monitor.next() {
        switch event {
        case .ready: break
        // The first watches the control port.
        case .disconnected: if index == 0 { loop.outside.noteClosedConnection() }
        case .refused(let reason): warnings.warning(reason)
        }
      }
    }
  }
}
