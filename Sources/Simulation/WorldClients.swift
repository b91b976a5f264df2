import Coordination
import Core
import Wire

/// Command lines.
extension World {
  private static func client(isSecond: Bool) -> UInt8 { isSecond ? 1 : 0 }
  /// Whose answers nobody waits for.
  private static let operatorID: UInt8 = 2

  mutating func ask(_ request: ClientRequest, client: UInt8 = operatorID) throws {
    guard coordinator.isUp else { return }
    try Message.client(request).checkCoding()
    coordinator.loop.outside.inbox.append(
      .client(request, from: Peer(route: RouteID(bytes: [client]), principal: .anybody)))
    scheduleTurn()
  }

  /// Somebody wants a sweep, for the first time or again. Who finds nobody, or is refused, tries again.
  mutating func submit(isSecond: Bool) throws {
    guard coordinator.isUp else { return agenda.add(.submission(isSecond: isSecond), at: after(5)) }
    if isSecond { hasSecondSweep = true }
    unanswered.insert(isSecond)
    try ask(.submit(Workload.text(isSecond: isSecond)), client: Self.client(isSecond: isSecond))
  }

  mutating func hear(_ reply: ClientReply, client: RouteID) {
    for isSecond in [false, true] where client.bytes == [Self.client(isSecond: isSecond)] {
      unanswered.remove(isSecond)
      if case .refused = reply { agenda.add(.submission(isSecond: isSecond), at: after(5)) }
    }
    if case .done(let text) = reply, text.contains("has priority") { count(.priorityChanged) }
  }

  /// Nobody wants the sweep any more. False when the coordinator is down or knows no such sweep.
  mutating func cancelSweep(isSecond: Bool) throws -> Bool {
    let id = Workload.id(isSecond: isSecond)
    guard let machine = coordinator.machine,
      let sweep = machine.status(includingWorkers: false).sweeps.first(where: { $0.id == id }), !sweep.isCancelled
    else { return false }
    try ask(.cancelSweep(Workload.name(isSecond: isSecond)))
    return true
  }

  /// Somebody wants the sweep to be treated otherwise. False when the coordinator is down, or the sweep has ended or is
  /// unknown.
  mutating func steerSweep(isSecond: Bool, _ order: SweepOrder) throws -> Bool {
    let id = Workload.id(isSecond: isSecond)
    guard let machine = coordinator.machine, machine.steering(of: id) != nil, machine.obstacle(to: order, of: id) == nil
    else { return false }
    try ask(.steer(Workload.name(isSecond: isSecond), order))
    return true
  }

  /// Somebody goes on with a sweep, if it rests.
  mutating func goOn(isSecond: Bool) throws {
    let sweeps = coordinator.machine?.status(includingWorkers: false).sweeps ?? []
    guard let sweep = sweeps.first(where: { $0.id == Workload.id(isSecond: isSecond) }), sweep.isPaused else { return }
    if sweep.counts.ready > 0 { count(.pausedTaskWaited) }
    _ = try steerSweep(isSecond: isSecond, .resume)
  }

  /// Every sweep has ended, and the store knows it.
  var allFinished: Bool {
    coordinator.isUp && hasSecondSweep && unanswered.isEmpty && store.openSweeps.isEmpty
      && coordinator.loop.hasSavedEndings
      && coordinator.loop.machine.status(includingWorkers: false).counts.isFinished
  }

  /// The operator who, when everything is repaired, gives what failed another chance.
  mutating func retryIfNeeded() throws {
    guard isHealed, now.seconds(since: lastRetry) > 30, allFinished,
      workload.items.contains(where: { needsRecord($0) && store.records[$0.specification.id] == nil })
    else { return }
    lastRetry = now
    try ask(.retryFailed)
  }

  func needsRecord(_ item: Workload.Item) -> Bool { workload.canSucceed(item.specification.id) }
}
