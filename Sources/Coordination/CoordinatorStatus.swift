package import Core

extension CoordinatorMachine {
  /// What `winnow status`, `/state.json` and `/metrics` show: sweeps with their counts, tasks by state, what happened
  /// so far, failures (the first few with reasons), and, when asked, a line per worker and per running task.
  package func status(includingWorkers: Bool) -> JSONValue {
    var members: [String: JSONValue] = [
      "coordinatorEpoch": .integer(Int64(settings.coordinatorEpoch)), "tasks": totals.json,
      "sweeps": .array(sweeps.suffix(Self.shown).map(\.json)), "since": counters.json, "classes": .array(classes),
      "failures": .array(failures), "workerCount": .integer(Int64(workerIndex.count)),
      "slots": .integer(Int64(workers.reduce(0) { $0 + ($1?.slots ?? 0) })),
      "paused": .bool(pausedUntil != nil), "closing": .bool(isClosing),
      "oldestFrameSeconds": .number(
        workers.compactMap { $0 }.map { clock.seconds(since: $0.lastFrame) }.max() ?? 0),
    ]
    if includingWorkers {
      members["workers"] = .array(
        workers.compactMap { $0 }.sorted { $0.join < $1.join }.prefix(Self.shownWorkers).map(line))
      members["running"] = .array(running)
    }
    return .object(members)
  }

  // The whole must fit a frame, whatever names people give.
  private static let shown = 100
  private static let shownWorkers = 1024

  private var classes: [JSONValue] {
    durationClasses.prefix(Self.shown).map {
      [
        "name": .string(clip($0.name)), "finished": .integer(Int64($0.count)),
        "medianSeconds": $0.median.map { .number($0) } ?? .null,
      ]
    }
  }

  private var failures: [JSONValue] {
    troubled.sorted().prefix(Self.shown).map {
      [
        "task": .string(tasks[$0].plan.id.description), "class": .string(clip(tasks[$0].plan.durationClass)),
        "state": .string(tasks[$0].state.rawValue), "reason": .string(clip(tasks[$0].reason ?? "", to: 500)),
      ]
    }
  }

  /// The attempts that run, the oldest first.
  private var running: [JSONValue] {
    let leases = workers.compactMap { $0 }.flatMap { worker in
      worker.leases.filter { $0.phase == .running }.map { (worker: worker, lease: $0) }
    }
    return leases.sorted { ($0.lease.granted, $0.lease.epoch) < ($1.lease.granted, $1.lease.epoch) }
      .prefix(Self.shown).map { worker, lease in
        [
          "task": .string(tasks[lease.task].plan.id.description), "worker": .string(worker.id.description),
          "host": .string(clip(worker.host)), "seconds": .number(clock.seconds(since: lease.granted)),
        ]
      }
  }

  private func line(for worker: WorkerEntry) -> JSONValue {
    let state =
      worker.isQuarantined
      ? "quarantined"
      : worker.isDraining || worker.drainAsked ? "draining" : worker.isSuspect || worker.isDeaf ? "suspect" : "active"
    return [
      "id": .string(worker.id.description), "host": .string(clip(worker.host)), "state": .string(state),
      "slots": .integer(Int64(worker.slots)), "credits": .integer(Int64(worker.credits)),
      "running": .integer(Int64(worker.leases.count { $0.phase == .running })),
      "held": .integer(Int64(worker.leases.count)), "results": .integer(Int64(worker.results)),
      "silentSeconds": .number(clock.seconds(since: worker.lastFrame)),
      "joinedSeconds": .number(clock.seconds(since: worker.joined)), "build": .string(clip(worker.build)),
    ]
  }
}

extension SweepCounts {
  package var json: JSONValue {
    [
      "waiting": .integer(Int64(waiting)), "ready": .integer(Int64(ready)), "running": .integer(Int64(running)),
      "done": .integer(Int64(done)), "failed": .integer(Int64(failed)),
      "quarantined": .integer(Int64(quarantined)), "blocked": .integer(Int64(blocked)),
      "total": .integer(Int64(total)),
    ]
  }
}

extension SweepEntry {
  fileprivate var json: JSONValue {
    ["id": .string(id.description), "name": .string(clip(name)), "finished": .bool(announced), "tasks": counts.json]
  }
}

extension Counters {
  fileprivate var json: JSONValue {
    let pairs: [(String, Int)] = [
      ("grants", grants), ("copies", copies), ("adopted", adopted), ("results", results),
      ("repeatedResults", repeatedResults), ("variants", variants), ("exceptions", exceptions),
      ("processDeaths", processDeaths), ("handedBack", handedBack), ("unavailable", unavailable),
      ("lostGrants", lostGrants), ("expiredWorkers", expiredWorkers), ("unknownPeers", unknownPeers),
      ("refusedAgents", refusedAgents), ("storeFailures", storeFailures),
    ]
    return .object(Dictionary(uniqueKeysWithValues: pairs.map { ($0.0, .integer(Int64($0.1))) }))
  }
}

/// The beginning of a text that somebody chose.
private func clip(_ text: String, to count: Int = 80) -> String { text.count > count ? text.prefix(count) + "…" : text }
