package import Core

/// A task that was given up: why, and what was tried.
package struct TaskFailureReport: Hashable, Sendable {
  package let task: TaskID
  /// Tasks of one class are of the same kind, for example all trials of one strategy.
  package let taskClass: String
  /// Its processes died too often; otherwise it threw too often, or could not be given out.
  package let isQuarantined: Bool
  /// Of the last attempt.
  package let cause: FailureCause
  /// How often it threw.
  package let exceptions: Int
  /// How often its process died.
  package let deaths: Int
  /// How often what it needs could not be had.
  package let unavailable: Int
  /// Where its attempts failed, in the order of the first failure on each; at most ``hostLimit``.
  package let hosts: [String]

  package static let hostLimit = 8

  package init(
    task: TaskID, taskClass: String, isQuarantined: Bool, cause: FailureCause, exceptions: Int = 0, deaths: Int = 0,
    unavailable: Int = 0, hosts: [String] = []
  ) {
    self.task = task
    self.taskClass = taskClass
    self.isQuarantined = isQuarantined
    self.cause = cause
    self.exceptions = exceptions
    self.deaths = deaths
    self.unavailable = unavailable
    self.hosts = hosts
  }

  /// The bytes that the store keeps.
  package var canonical: [UInt8] {
    ([
      "task": .string(task.description), "class": .string(taskClass), "state": .string(state), "failure": cause.json,
      "exceptions": .integer(Int64(exceptions)), "deaths": .integer(Int64(deaths)),
      "unavailable": .integer(Int64(unavailable)), "hosts": .array(hosts.map { .string($0) }),
    ] as JSONValue).canonical
  }

  /// `failed` or `quarantined`.
  package var state: String { isQuarantined ? "quarantined" : "failed" }

  /// Reads what ``canonical`` writes, and what release 1 wrote in its place. Never fails: bytes that are neither are
  /// taken for somebody's words.
  ///
  /// - Parameter task: the task that the store keeps the report with.
  package init(bytes: [UInt8], of task: TaskID) {
    let json = try? JSONValue.parse(bytes, source: "failure of \(task.short)")
    func count(_ key: String) -> Int { max(0, json?[key]?.int ?? 0) }
    let words = json?["reason"]?.text ?? String(decoding: bytes, as: UTF8.self)
    self.init(
      task: task, taskClass: json?["class"]?.text ?? "", isQuarantined: json?["state"]?.text == "quarantined",
      cause: json?["failure"].flatMap { FailureCause(json: $0) } ?? .told(words), exceptions: count("exceptions"),
      deaths: count("deaths"), unavailable: count("unavailable"),
      hosts: (json?["hosts"]?.elements ?? []).compactMap(\.text))
  }
}
