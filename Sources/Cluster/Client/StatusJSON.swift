package import Core
import Sweeps
package import Wire

extension ClusterStatus {
  /// What `winnow status --json` prints. Members may be added; what is here keeps its name and meaning.
  ///
  /// - Parameter failures: every task that was given up; the status itself holds only the first few.
  package func json(failures: [FailedTask]) -> JSONValue {
    [
      "coordinatorEpoch": .integer(Int64(coordinatorEpoch)), "tasks": counts.json,
      "sweeps": .array(sweeps.map(\.json)), "since": counters.json, "classes": .array(classes.map(\.json)),
      "failures": .array(failures.map(\.json)), "failureCount": .integer(Int64(failureCount)),
      "workerCount": .integer(Int64(workerCount)), "slots": .integer(Int64(slots)),
      "usableSlots": .integer(Int64(usableSlots)), "computing": .integer(Int64(computing)),
      "outOfReach": .integer(Int64(outOfReach)), "paused": .bool(isPaused),
      "closing": .bool(isClosing), "oldestFrameSeconds": .number(oldestFrameSeconds),
      "finishedPerMinute": .number(finishedPerMinute), "secondsLeft": secondsLeft.map { .number($0) } ?? .null,
      "storeProblem": storeProblem.map { .string($0) } ?? .null, "refusedKeys": .integer(Int64(refusedKeys)),
      "incidents": .integer(Int64(incidents)),
      "workers": .array(workers.map(\.json)), "running": .array(running.map(\.json)),
      "log": .array(log.map(\.json)),
    ]
  }
}

extension SweepCounts {
  var json: JSONValue {
    [
      "waiting": .integer(Int64(waiting)), "ready": .integer(Int64(ready)), "running": .integer(Int64(running)),
      "done": .integer(Int64(done)), "failed": .integer(Int64(failed)),
      "quarantined": .integer(Int64(quarantined)), "blocked": .integer(Int64(blocked)),
      "withdrawn": .integer(Int64(withdrawn)), "total": .integer(Int64(total)),
    ]
  }
}

extension SweepStatus {
  package var json: JSONValue {
    [
      "id": .string(id.description), "name": .string(name), "finished": .bool(isFinished),
      "cancelled": .bool(isCancelled), "paused": .bool(isPaused), "priority": .integer(Int64(priority)),
      "state": .string(word), "computing": .integer(Int64(computing)),
      "secondsLeft": secondsLeft.map { .number($0) } ?? .null, "tasks": counts.json,
    ]
  }

  /// What it does, as command lines print it.
  package var word: String {
    if isCancelled { return "cancelled" }
    if isFinished { return counts.stuck > 0 ? "ended" : "done" }
    if isPaused { return "paused" }
    return computing > 0 ? "running" : "waiting"
  }
}

extension TaskClassStatus {
  fileprivate var json: JSONValue {
    [
      "name": .string(name), "finished": .integer(Int64(finished)),
      "medianSeconds": medianSeconds.map { .number($0) } ?? .null,
    ]
  }
}

extension FailedTask {
  fileprivate var json: JSONValue {
    [
      "task": .string(report.task.description), "class": .string(report.taskClass), "state": .string(report.state),
      "reason": .string(report.cause.description), "label": .string(label),
      "exceptions": .integer(Int64(report.exceptions)), "deaths": .integer(Int64(report.deaths)),
      "unavailable": .integer(Int64(report.unavailable)), "hosts": .array(report.hosts.map { .string($0) }),
    ]
  }
}

extension RunningTask {
  fileprivate var json: JSONValue {
    [
      "task": .string(task.description), "worker": .string(worker.description), "host": .string(host),
      "seconds": .number(seconds), "label": .string(label), "share": .number(Double(thousandths) / 1000),
    ]
  }
}

extension WorkerStatus {
  package var json: JSONValue {
    [
      "id": .string(id.description), "key": .string(keyName), "host": .string(host), "state": .string(state.word),
      "slots": .integer(Int64(slots)), "credits": .integer(Int64(credits)), "running": .integer(Int64(running)),
      "held": .integer(Int64(held)), "results": .integer(Int64(results)), "silentSeconds": .number(silentSeconds),
      "joinedSeconds": .number(joinedSeconds), "build": .string(build),
      "load": use.map { .number($0.load) } ?? .null,
      "memoryUsed": use.map { .integer(Int64($0.memoryUsed)) } ?? .null,
      "memory": use.map { .integer(Int64($0.memory)) } ?? .null,
      "slotMemory": slotMemory.map { .integer(Int64($0)) } ?? .null,
    ]
  }
}

extension LogLine {
  fileprivate var json: JSONValue {
    ["secondsAgo": .number(secondsAgo), "level": .string(level.word), "text": .string(text)]
  }
}

extension LogLine.Level {
  fileprivate var word: String {
    switch self {
    case .information: "info"
    case .warning: "warning"
    case .error: "error"
    }
  }
}

extension WorkerState {
  /// As command lines print it.
  package var word: String {
    switch self {
    case .active: "active"
    case .suspect: "suspect"
    case .draining: "draining"
    case .quarantined: "quarantined"
    }
  }
}

extension ClusterCounters {
  fileprivate var json: JSONValue {
    let pairs: [(String, Int)] = [
      ("grants", grants), ("copies", copies), ("adopted", adopted), ("results", results),
      ("repeatedResults", repeatedResults), ("variants", incidents), ("exceptions", exceptions),
      ("processDeaths", processDeaths), ("handedBack", handedBack), ("unavailable", unavailable),
      ("lostGrants", lostGrants), ("expiredWorkers", expiredWorkers), ("unknownPeers", unknownPeers),
      ("refusedAgents", refusedAgents), ("storeFailures", storeFailures), ("refusedRequests", refusedRequests),
      ("audits", audits),
    ]
    return .object(Dictionary(uniqueKeysWithValues: pairs.map { ($0.0, .integer(Int64($0.1))) }))
  }
}
