import Core
import Simulation
import Testing
import Wire

/// Stories with a beginning, one misfortune, and an end in which nothing is lost.
@Suite struct ScenarioTests {
  /// A cluster that has worked for a while.
  private func working(hosts: Int = 2, seed: UInt64 = 1) throws -> World {
    var world = try World.scenario(seed: seed, hosts: hosts)
    try world.pass(until: "every host computes") { world in (0..<hosts).allSatisfy { world.busySlots(of: $0) > 0 } }
    return world
  }

  @Test func aCoordinatorThatCrashesFindsItsAgentsAtWork() throws {
    var world = try working()
    let runs = world.runs
    #expect(try world.bringAbout(.coordinatorCrash))
    #expect(world.status == nil)
    try world.pass(until: "the next one knows what runs") { ($0.status?.counts.running ?? 0) > 0 }
    #expect(world.status?.counters.adopted ?? 0 > 0)
    #expect(world.runs - runs <= 4, "what ran goes on; it is not begun again")
    try world.finish()
  }

  @Test func aCoordinatorThatStoodStillBlamesNobody() throws {
    var world = try working()
    #expect(try world.bringAbout(.coordinatorFreeze, seconds: 900))
    try world.pass(seconds: 905)
    #expect(world.status?.workerCount == 2 && world.status?.counters.expiredWorkers == 0)
    try world.finish()
    #expect(world.counters.processDeaths == 0)
  }

  /// Of three hosts with keys of their own one lies from the beginning. Everything is computed twice.
  @Test func whoLiesIsNamedByTwoOthers() throws {
    var named = 0
    for seed: UInt64 in 0..<6 {
      var world = try World.scenario(seed: seed, hosts: 3, audits: 1)
      #expect(try world.bringAbout(.wrongResults, host: 1))
      // The end checks that who is named is the liar, as far as hosts have keys of their own.
      try world.finish()
      let wrong = Set(world.store.disputes.flatMap(\.wrong).map(\.key))
      #expect(wrong.isSubset(of: ["that of host 1"]))
      named += wrong.count
    }
    #expect(named > 0, "in no seed each host has a key of its own")
  }

  @Test func anAgentThatDiesHandsInWhatItHadFinished() throws {
    var world = try working()
    try world.bringAbout(.coordinatorFreeze, seconds: 60)
    try world.pass(until: "a result waits on a disk") { $0.spooled(on: 0) > 0 }
    #expect(try world.bringAbout(.agentCrash, host: 0))
    try world.pass(until: "it is back with it") { ($0.troubles[.resultsSurvivedTheirAgent] ?? 0) > 0 }
    try world.finish()
    #expect(world.spooled(on: 0) == 0)
  }

  @Test func aHostThatIsCutOffForLongIsForgottenAndWelcomeAgain() throws {
    var world = try working()
    try world.bringAbout(.partition, host: 0, seconds: 60)
    try world.pass(until: "it is forgotten") { $0.status?.workerCount == 1 }
    try world.pass(until: "it is back") { $0.status?.workerCount == 2 }
    try world.finish()
    #expect(world.counters.expiredWorkers == 1)
  }

  @Test func anAgentThatDoesNotHearGetsNothingNew() throws {
    var world = try working()
    try world.bringAbout(.deafAgent, host: 0, seconds: 100)
    try world.pass(seconds: 60)
    #expect(world.busySlots(of: 0) == 0)
    #expect(world.busySlots(of: 1) > 0 || world.status?.counts.isFinished == true)
    try world.finish()
  }

  @Test func aTaskThatHangsIsStoppedForItsSilenceAndRunsElsewhere() throws {
    var world = try working()
    let slot = try #require(world.busySlot(of: 0))
    #expect(try world.bringAbout(.slotHang, host: 0, slot: slot))
    try world.pass(until: "its process was ended") { ($0.troubles[.processEndedAfterGrace] ?? 0) > 0 }
    try world.finish()
  }

  @Test func aProcessThatDiesCostsOneAttempt() throws {
    var world = try working()
    let slot = try #require(world.busySlot(of: 0))
    #expect(try world.bringAbout(.slotDeath, host: 0, slot: slot))
    try world.finish()
    #expect(world.counters.processDeaths == 1 && world.runs == world.workload.items.count + 1)
  }

  @Test func aFullStoreIsWaitedFor() throws {
    var world = try working()
    try world.bringAbout(.storeFull, seconds: 120)
    let done = world.store.records.count
    // Not as long as a result may wait before its task is given to somebody else.
    try world.pass(seconds: 50)
    #expect(world.store.records.count == done)
    try world.finish()
    #expect(world.runs == world.workload.items.count, "agents keep what they have computed")
  }

  @Test func aDiskThatTakesSecondsForACommitBlamesNobody() throws {
    var world = try working()
    try world.bringAbout(.storeSlow, seconds: 120)
    try world.pass(seconds: 130)
    #expect(world.status?.workerCount == 2 && world.status?.counters.expiredWorkers == 0)
    try world.finish()
    #expect(world.troubles[.coordinatorWasLate] ?? 0 > 0 && world.counters.processDeaths == 0)
  }

  @Test func aHostThatLosesItsPowerComesBackAndWhatWasTornIsComputedAgain() throws {
    var world = try working()
    try world.bringAbout(.coordinatorFreeze, seconds: 60)
    try world.pass(until: "results wait on a disk") { $0.spooled(on: 0) > 0 }
    let kept = world.spooled(on: 0)
    #expect(try world.bringAbout(.agentPowerCut, host: 0))
    try world.pass(until: "it is back") { $0.isUp(0) }
    #expect(world.spooled(on: 0) == kept - (world.troubles[.resultTorn] ?? 0))
    try world.finish()
    #expect(world.spooled(on: 0) == 0)
  }

  /// Between any two changes of its disk: while it receives, keeps, names or forgets something.
  @Test func anAgentMayDieAtAnyChangeOfItsDiskAndGoesOnWhereItWas() throws {
    var troubles: [Trouble: Int] = [:]
    // One of the hosts makes the pools, the other one fetches them.
    for (host, changes) in (0..<2).flatMap({ host in (0..<24).map { (host, $0) } }) {
      var world = try World.scenario(hosts: 2)
      try world.pass(until: "it is there") { $0.isUp(host) }
      world.crashAgent(of: host, afterChanges: changes)
      try world.pass(until: "it has died") { $0.disturbed[.agentCrashWriting] == 1 }
      try world.pass(until: "it is back") { $0.isUp(host) }
      try world.finish()
      troubles.merge(world.troubles, uniquingKeysWith: +)
    }
    let crashes: [Trouble] = [.crashWhileReceiving, .crashBeforeResultHadItsName, .crashBetweenChanges]
    for trouble in crashes + [.transferResumed] { #expect(troubles[trouble, default: 0] > 0, "\(trouble)") }
  }

  @Test func whatChangedInACacheIsFetchedAgainBeforeAnythingIsComputedFromIt() throws {
    var world = try working()
    let runs = world.runs
    #expect(world.damageCache(of: 0) + world.damageCache(of: 1) > 0)
    try world.pass(until: "a task reads it") { ($0.troubles[.inputUnreadable] ?? 0) > 0 }
    try world.finish()
    #expect(world.counters.exceptions == 0 && world.runs > runs)
  }

  @Test func aLostObjectIsMadeAgain() throws {
    var world = try working()
    #expect(try world.bringAbout(.objectLost))
    try world.finish()
  }

  @Test func aCancelledSweepStopsAtOnceAndGoesOnWhenItIsWantedAgain() throws {
    var world = try World.scenario(hosts: 2)
    try world.pass(until: "both hosts compute") { $0.busySlots(of: 0) > 0 && $0.busySlots(of: 1) > 0 }
    let done = world.store.records.count
    try world.cancelFirstSweep()
    try world.pass(seconds: 1.2)
    #expect(world.busySlots() == 0, "every task heard within about a second")
    #expect(world.troubles[.taskStopped] ?? 0 > 0 && world.troubles[.processEndedAfterGrace] == nil)
    #expect(world.status?.counts.withdrawn ?? 0 > 0)
    try world.submitFirstSweep()
    try world.pass(until: "it goes on") { $0.store.records.count > done }
    try world.finish()
  }

  @Test func aCancelledTaskThatDoesNotListenLosesItsProcessAfterTheGraceTime() throws {
    var world = try working()
    let slot = try #require(world.busySlot(of: 0))
    #expect(try world.bringAbout(.slotHang, host: 0, slot: slot))
    try world.cancelFirstSweep()
    try world.pass(seconds: 4)
    #expect(world.troubles[.processEndedAfterGrace] == nil)
    try world.pass(seconds: 2)
    #expect(world.troubles[.processEndedAfterGrace] == 1)
    try world.finish()
  }

  @Test func aHostThatIsDrainedFinishesAndAnotherTakesItsPlace() throws {
    var world = try working()
    #expect(try world.bringAbout(.agentDrain, host: 0))
    try world.pass(until: "it has left") { $0.status?.workerCount == 1 }
    try world.finish()
    #expect(world.counters.processDeaths == 0)
  }
}
