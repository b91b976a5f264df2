/// What goes wrong in a simulated cluster, and how often.
package struct Faults: Sendable {
  /// Share of control messages that vanish, and that arrive twice.
  package var loss = 0.0
  package var duplication = 0.0
  /// Seconds that a message travels: at least this, and up to ten times this.
  package var delay = 0.001
  /// Messages may overtake each other.
  package var reorders = false
  /// Seconds by which a timer may go off late.
  package var lateness = 0.0
  /// Disturbances per second, of the kinds below.
  package var disturbances = 0.0
  package var kinds: [Disturbance] = Disturbance.allCases
  /// How long disturbances go on. Then everything heals.
  package var seconds = 120.0
  package var badTasks = 0.0

  package enum Disturbance: String, CaseIterable, Sendable {
    case coordinatorCrash
    /// Somebody tells the coordinator to end, and later starts it again.
    case coordinatorShutdown
    case coordinatorFreeze
    /// The coordinator dies, and a standby at another address takes its place.
    case coordinatorMoves
    case agentCrash
    /// The agent dies between two changes of its disk.
    case agentCrashWriting
    /// The host goes down with its agent; what its disk had not taken yet is torn.
    case agentPowerCut
    case agentFreeze
    case agentDrain
    /// Somebody removes a file from an agent's cache, or one of its bytes changes.
    case cacheDamaged
    /// An object of a result changes on the agent's disk before the coordinator has it.
    case spoolDamaged
    case slotDeath
    /// A host has no room for another process.
    case slotNotStarted
    case slotHang
    case slowHost
    case partition
    case deafAgent
    case muteAgent
    case storeFull
    /// A commit takes seconds, in which the coordinator does nothing else.
    case storeSlow
    case agentDiskFull
    case objectLost
    case objectsPortDown
    /// Bytes of objects change on their way.
    case badCable
    /// Somebody no longer wants a sweep, and later does.
    case sweepCancelled
    /// Somebody lets a sweep rest for a while.
    case sweepPaused
    /// Somebody changes how the sweeps share the cluster.
    case sweepPrioritised
    /// Who holds a worker's key takes another worker's name.
    case impersonation
    /// … hands in results that nobody asked him for …
    case lies
    /// … sends more than anybody can use …
    case flood
    /// … and keeps every task that he is given.
    case hoarding
    /// A host that did its work hands in something else for the trials that it is granted, from now on.
    case wrongResults
  }

  package init() {}

  /// Nothing goes wrong.
  package static let none = Faults()

  /// A mixture drawn from a seed: from a bad cable to everything at once.
  package static func drawn(from generator: inout some RandomNumberGenerator) -> Faults {
    var faults = Faults()
    faults.loss = [0, 0, 0.02, 0.2].randomElement(using: &generator)!
    faults.duplication = [0, 0, 0.05, 0.3].randomElement(using: &generator)!
    faults.delay = [0.0005, 0.02, 0.3].randomElement(using: &generator)!
    faults.reorders = Bool.random(using: &generator)
    faults.lateness = [0, 0.01, 0.5].randomElement(using: &generator)!
    faults.disturbances = [0.02, 0.1, 0.3].randomElement(using: &generator)!
    faults.badTasks = [0, 0, 0.2].randomElement(using: &generator)!
    if Bool.random(using: &generator) {
      faults.kinds = (0..<3).map { _ in Disturbance.allCases.randomElement(using: &generator)! }
    }
    return faults
  }
}

/// A cluster that is broken on purpose, to see whether the checks notice.
package enum Sabotage: String, CaseIterable, Sendable {
  /// The coordinator acknowledges a result before its record is durable.
  case earlyAcknowledgement
  /// A restarted coordinator does not look which tasks have a record.
  case forgottenRecords
  /// A restarted coordinator begins with the epochs of its earlier life.
  case reusedEpochs
  /// Each grant goes to a second agent as well.
  case doubleGrants
  /// Silent workers are never given up.
  case endlessPatience
  /// The coordinator says that a record is durable though the write failed.
  case ignoredWriteErrors
  /// Inputs are left out of grants.
  case missingInputs
  /// The coordinator grants tasks of sweeps that are paused.
  case ignoredPause
  /// The coordinator never asks who is right when results contradict each other.
  case unsettledDisputes
  /// Acknowledgements get lost, all of them.
  case noAcknowledgements
  /// An agent does not keep a result until it is acknowledged.
  case droppedResult
  /// An agent never lets go of a result.
  case hoardedResults
  /// An agent that is connected again does not say what it holds.
  case forgottenHello
  /// An agent takes in an object whose bytes are not those it is named by.
  case wrongBytesFetched
  /// A slot computes from whatever it finds in the cache.
  case uncheckedInputs
}
