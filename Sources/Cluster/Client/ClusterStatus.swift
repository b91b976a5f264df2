package import Core

/// What a cluster is doing, as its coordinator tells.
package struct ClusterStatus: Hashable, Sendable {
  /// Tasks by state.
  package struct Counts: Hashable, Sendable {
    package var waiting = 0
    package var ready = 0
    package var running = 0
    package var finished = 0
    package var failed = 0
    package var total: Int { waiting + ready + running + finished + failed }
    /// Nothing is left to do.
    package var isDone: Bool { waiting + ready + running == 0 }

    package init() {}
  }

  /// One sweep that the coordinator works on.
  package struct SweepStatus: Hashable, Sendable {
    package let id: String
    package let name: String
    package let counts: Counts
  }

  package struct Worker: Hashable, Sendable {
    package let id: String
    package let host: String
    package let slots: Int
    package let running: Int
    /// `active`, `suspect`, `draining`, `quarantined` …
    package let state: String
  }

  package struct RunningTask: Hashable, Sendable {
    package let label: String
    package let host: String
    /// Since it was given to its worker.
    package let seconds: Double
  }

  package struct FailedTask: Hashable, Sendable {
    package let task: String
    package let label: String
    package let reason: String
  }

  package let counts: Counts
  package let sweeps: [SweepStatus]
  package let workers: [Worker]
  package let running: [RunningTask]
  package let failed: [FailedTask]
  package let finishedPerMinute: Double
  /// nil while nothing can be said.
  package let secondsLeft: Double?

  /// Why the coordinator's store cannot keep what comes in, in words; nil while all is well.
  package let storeProblem: String?

  /// The coordinator's own text, for scripts.
  package let json: JSONValue

  /// Reads the coordinator's status. Members of a newer coordinator are passed over; missing ones are an error.
  package init(json: JSONValue, place: String) throws {
    func missing(_ key: String) -> ConfigurationError { ConfigurationError(place: place, problem: "\(key) is missing") }
    guard let counts = json["tasks"].map(Self.counts) else { throw missing("tasks") }
    self.counts = counts
    sweeps = (json["sweeps"]?.elements ?? []).map {
      SweepStatus(
        id: $0["id"]?.text ?? "", name: $0["name"]?.text ?? "", counts: $0["tasks"].map(Self.counts) ?? Counts())
    }
    workers = (json["workers"]?.elements ?? []).map {
      Worker(
        id: $0["id"]?.text ?? "", host: $0["host"]?.text ?? "", slots: $0["slots"]?.int ?? 0,
        running: $0["running"]?.int ?? 0, state: $0["state"]?.text ?? "")
    }
    running = (json["running"]?.elements ?? []).map {
      RunningTask(
        label: $0["label"]?.text ?? "", host: $0["host"]?.text ?? "", seconds: $0["seconds"]?.double ?? 0)
    }
    failed = (json["failures"]?.elements ?? []).map {
      FailedTask(task: $0["task"]?.text ?? "", label: $0["label"]?.text ?? "", reason: $0["reason"]?.text ?? "")
    }
    finishedPerMinute = json["finishedPerMinute"]?.double ?? 0
    secondsLeft = json["secondsLeft"]?.double
    storeProblem = json["storeProblem"]?.text
    self.json = json
  }

  private static func counts(_ json: JSONValue) -> Counts {
    var counts = Counts()
    counts.waiting = json["waiting"]?.int ?? 0
    counts.ready = json["ready"]?.int ?? 0
    counts.running = json["running"]?.int ?? 0
    counts.finished = json["done"]?.int ?? 0
    // What waits for a task that failed will not run by itself either.
    counts.failed = ["failed", "quarantined", "blocked"].reduce(0) { $0 + (json[$1]?.int ?? 0) }
    return counts
  }
}
