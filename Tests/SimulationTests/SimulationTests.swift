import Core
import Simulation
import Testing
import Wire

/// Whole clusters in virtual time. `winnow simulate` runs more of them, and one again.
@Suite struct SimulationTests {
  private static let seeds: Range<UInt64> = 0..<500

  @Test func whateverGoesWrongTheRecordsAreThoseOfAnUndisturbedRun() {
    var failures = 0
    var seen = Seen()
    for seed in Self.seeds where failures < 3 {
      var world = World(seed: seed)
      do { try world.run() } catch {
        failures += 1
        Issue.record("\(error)")
      }
      seen.add(world)
    }
    // Seeds that show nothing would prove nothing.
    for kind in Faults.Disturbance.allCases { #expect(seen.disturbed[kind, default: 0] > 0, "no seed showed \(kind)") }
    for trouble in Trouble.allCases { #expect(seen.troubles[trouble, default: 0] > 0, "no seed showed \(trouble)") }
    for (name, counter) in Self.consequences {
      #expect(seen.counters[keyPath: counter] > 0, "no seed showed \(name)")
    }
  }

  /// How often each thing happened, in all runs together.
  private struct Seen {
    var disturbed: [Faults.Disturbance: Int] = [:]
    var troubles: [Trouble: Int] = [:]
    var counters = ClusterCounters()

    mutating func add(_ world: World) {
      disturbed.merge(world.disturbed, uniquingKeysWith: +)
      troubles.merge(world.troubles, uniquingKeysWith: +)
      counters = counters + world.counters
    }
  }

  /// What a coordinator counts when something went wrong, and must have counted in some run.
  private static var consequences: [(String, KeyPath<ClusterCounters, Int>)] {
    [
      ("a copy of a straggler", \.copies), ("an adopted attempt", \.adopted), ("a repeated result", \.repeatedResults),
      ("an exception", \.exceptions), ("a death of a process", \.processDeaths),
      ("a task that was handed back", \.handedBack), ("an unavailable input", \.unavailable),
      ("a lost grant", \.lostGrants), ("a worker that was silent too long", \.expiredWorkers),
      ("a stranger", \.unknownPeers), ("a refused request", \.refusedRequests), ("an audit", \.audits),
      ("a failure of the store", \.storeFailures),
    ]
  }

  /// Alone, so that what is seen has no other cause.
  @Test(arguments: Faults.Disturbance.allCases)
  func eachDisturbanceLeavesItsTraceAndIsSurvived(_ kind: Faults.Disturbance) throws {
    var seen = Seen()
    for seed: UInt64 in 0..<6 {
      var faults = Faults.none
      faults.kinds = [kind]
      // Results wait a while for their acknowledgement, so that there is something to lose.
      if [.agentCrash, .agentPowerCut, .spoolDamaged].contains(kind) { faults.delay = 0.2 }
      faults.disturbances = 0.3
      var world = World(seed: seed, faults: faults)
      try world.run()
      seen.add(world)
    }
    #expect(Set(seen.disturbed.keys) == [kind])
    #expect(Self.trace(of: kind, in: seen) > 0)
  }

  /// How often the cluster, not only the cause, showed that something had happened to it.
  private static func trace(of kind: Faults.Disturbance, in seen: Seen) -> Int {
    func count(_ trouble: Trouble) -> Int { seen.troubles[trouble, default: 0] }
    return switch kind {
    case .coordinatorCrash, .coordinatorShutdown: seen.counters.adopted
    case .coordinatorMoves: count(.coordinatorFoundElsewhere)
    case .coordinatorFreeze, .storeSlow: count(.coordinatorWasLate)
    case .agentCrash: count(.resultsSurvivedTheirAgent)
    case .agentCrashWriting:
      count(.crashBetweenChanges) + count(.crashBeforeResultHadItsName) + count(.crashWhileReceiving)
    case .cacheDamaged: count(.inputUnreadable)
    case .spoolDamaged: seen.counters.unavailable
    case .slotNotStarted: count(.processNotStarted)
    case .badCable: count(.bytesDamagedOnTheWay)
    case .agentPowerCut: count(.resultTorn)
    case .agentFreeze: seen.counters.expiredWorkers
    case .agentDrain: seen.counters.handedBack
    case .slotDeath: seen.counters.processDeaths
    case .slotHang: count(.hungTaskNoticed)
    case .slowHost: count(.taskRanSlowly)
    case .partition, .deafAgent, .muteAgent: count(.messageCutOff)
    case .storeFull: count(.commitRefused)
    case .agentDiskFull: count(.objectsUnwritten)
    case .objectLost: count(.inputGone)
    case .objectsPortDown: count(.transferWaited)
    case .sweepCancelled: count(.taskStopped)
    case .sweepPaused: count(.pausedTaskWaited)
    case .sweepPrioritised: count(.priorityChanged)
    case .impersonation, .flood: seen.counters.refusedRequests
    case .lies: count(.inventedResultRefused)
    case .hoarding: count(.tasksHoarded)
    case .wrongResults: count(.wrongResultHandedIn)
    }
  }

  @Test func nothingRunsTwiceWhenNothingGoesWrong() throws {
    for seed: UInt64 in 0..<10 {
      var world = World(seed: seed, faults: .none, hosts: 1)
      try world.run()
      #expect(world.runs == world.workload.items.count)
    }
  }
}
