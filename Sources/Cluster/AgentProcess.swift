import Coordination
import Core
import Files
import Foundation
package import Logging
import Numerics
import Transport
import Wire

/// The agent of a host: owns the sockets, the object cache and the slot processes, and computes nothing itself.
///
/// An `AgentLoop` hears and acts; this opens what it needs, waits until something arrives, and ends it. One thread makes
/// it and runs it.
package final class AgentProcess {
  /// How an agent ended.
  package enum Ending: Sendable {
    /// It finished what it had and said goodbye.
    case left
    /// It was told twice to end and left at once; unacknowledged results wait in its spool.
    case interrupted
  }

  private let settings: AgentSettings
  private let log: Logger
  private let signals: SignalDescriptor
  private let home: AgentHome
  private let slots: SlotPool
  private var loop: AgentLoop<LiveAgentOutside>
  private var interruptions = 0

  /// Takes a home in the cache and the results that an earlier life left there.
  package init(_ settings: AgentSettings, log: Logger) throws {
    self.settings = settings
    self.log = log
    signals = try SignalDescriptor([SIGTERM, SIGINT])
    // A slot that dies while a task is handed to it shows at its other pipe.
    signal(SIGPIPE, SIG_IGN)
    let cache = try ObjectCache(directory: settings.cacheDirectory, limit: settings.cacheLimit)
    let host = ThisHost.name
    home = try AgentHome(under: settings.cacheDirectory, host: host)
    let spool = try ResultSpool(directory: home.directory + "/spool", cache: cache)
    slots = SlotPool(
      program: SlotPool.Program(
        path: settings.slotProgram, arguments: settings.slotArguments + ["--cache", settings.cacheDirectory]))
    var workerSettings = WorkerSettings(
      id: home.id, incarnation: home.incarnation, build: Build.identity, host: host, slots: settings.slots,
      cores: Self.cores)
    workerSettings.graceSeconds = settings.graceSeconds
    workerSettings.labels = settings.labels
    workerSettings.slotMemory = settings.slotMemory ?? AvailableMemory.total.map { $0 / settings.slots }
    workerSettings.addresses = settings.ports.count
    loop = AgentLoop(
      settings: workerSettings, outside: try LiveAgentOutside(settings, name: home.id, slots: slots, log: log),
      cache: cache, spool: spool)
  }

  /// Works until it is told to leave.
  package func run() -> Ending {
    announce()
    loop.start()
    // A worker without a coordinator waits, and is well.
    ServiceManager.tell(.ready("\(settings.slots) slots for \(CoordinatorPorts.words(settings.ports))"))
    while !loop.isOver, interruptions < 2 {
      loop.outside.wait(until: loop.nextDeadline, or: signals)
      hearSignals()
      if interruptions < 2 { loop.step() }
    }
    slots.stopAll()
    guard interruptions < 2 else { return .interrupted }
    log.info("left in order")
    return .left
  }

  private static var cores: [String] {
    OpenBLASCore.allCases.filter { OpenBLASCore.problem(withPin: $0.rawValue, on: .current) == nil }.map(\.rawValue)
      + [BLAS.portable]
  }

  private func announce() {
    let environment = NumericsEnvironment.current
    log.info(
      "agent \(home.id.short) with \(settings.slots) slots for \(CoordinatorPorts.words(settings.ports)); BLAS kernel \(environment.core)"
    )
    for warning in environment.warnings() { log.warning("\(warning)") }
    let kept = loop.spool.all.count
    if kept > 0 { log.info("results of an earlier life to hand in: \(kept)") }
  }

  private func hearSignals() {
    while signals.next() != nil {
      interruptions += 1
      if interruptions == 1 {
        log.info("told to end: finishing what runs, then leaving")
        ServiceManager.tell(.stopping)
        loop.drain()
      } else if interruptions == 2 {
        log.info("told to end again: leaving at once; unacknowledged results are kept")
      }
    }
  }
}
