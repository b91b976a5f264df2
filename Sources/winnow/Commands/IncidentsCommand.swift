import ArgumentParser
import Core
import Foundation
import ObjectStore

/// `winnow incidents`: results that contradict others.
struct IncidentsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "incidents", abstract: "List results that contradict others, and results that were taken back.",
    discussion: """
      The first result of a task that was written down stays. When somebody hands in another one for the same task, it is kept \
      here with the key that brought it. A coordinator then has the task computed once more by a worker with a third key, and by \
      others, until two keys agree; as long as there is no such worker, it waits for one. Who differs from what two keys found is \
      named: look at that host, take the key off the list of authorised keys, and `winnow store revoke` takes back what it has \
      handed in. `winnow verify` computes again here what the store keeps.

      Exit status 4 when results contradict those that are kept, 0 otherwise.
      """)

  @OptionGroup var store: StoreOption
  @Flag(help: "Print one JSON object for each.") var json = false

  func run() throws {
    let store = try store.open()
    let incidents = try store.incidents()
    let disputes = try store.disputes()
    let verdicts = Dictionary(disputes.map { ($0.task, $0) }) { first, _ in first }
    for incident in incidents {
      try json
        ? Terminal.print(json: Self.json(incident, verdicts[incident.task])) : Terminal.print(Self.line(incident))
    }
    if incidents.isEmpty, !json { try Terminal.print("No result contradicts another.") }
    if !json, !disputes.isEmpty {
      try Terminal.print("")
      for dispute in disputes { try Terminal.print(DisputeText.sentences(dispute)) }
    }
    if !disputes.isEmpty { throw ExitStatus.incidents }
  }

  private static func line(_ incident: Incident) -> String {
    let attempt = try? JSONValue.parse(incident.attempt, source: "attempt")
    let key = DisputeText.key(attempt?["by"]?["name"]?.text ?? "")
    let host = attempt?["host"]?.text.map { " on \($0)" } ?? ""
    let time = Date(timeIntervalSince1970: Double(incident.time)).formatted(.iso8601)
    return switch incident.kind {
    case .different: "\(time)  task \(incident.task.short): \(key)\(host) handed in another outcome than the one kept"
    case .agreeing: "\(time)  task \(incident.task.short): \(key)\(host) handed in that other outcome too"
    case .revoked: "\(time)  task \(incident.task.short): what \(key)\(host) handed in was taken back"
    }
  }

  private static func json(_ incident: Incident, _ dispute: Dispute?) -> JSONValue {
    [
      "task": .string(incident.task.description), "kind": .string("\(incident.kind)"),
      "outcome": (try? JSONValue.parse(incident.outcome, source: "outcome")) ?? .null,
      "attempt": (try? JSONValue.parse(incident.attempt, source: "attempt")) ?? .null,
      "time": .integer(Int64(incident.time)),
      "verdict": dispute.map { .string(DisputeText.word($0.verdict)) } ?? .null,
      "wrong": .array((dispute?.wrong ?? []).map { ["name": .string($0.name), "key": .string($0.key)] }),
    ]
  }
}

/// `winnow store revoke`.
struct StoreRevokeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "Take back every result that only one key has handed in.",
    discussion: """
      EXAMPLES
        winnow store revoke --key lab-7             say what it would take back
        winnow store revoke --key lab-7 --delete    do it; then submit again

      What was computed from those results is taken back as well. All of it stays visible in `winnow incidents`. No \
      coordinator may work on the store meanwhile. Take the key off the list of authorised keys first.
      """)

  @OptionGroup var store: StoreOption
  @Option(help: ArgumentHelp("The name of the key in the list of authorised keys, or the key.", valueName: "name"))
  var key: String
  @Flag(help: "Really take back.") var delete = false

  func run() throws {
    let report = try store.openForWriting().revoke(key: key, dryRun: !delete)
    guard !report.own.isEmpty else {
      return try Terminal.print("No result of this store was handed in by \(key) alone.")
    }
    try Terminal.print(
      "\(report.own.count) results of \(key) and \(report.dependent.count) computed from them "
        + (delete
          ? "are taken back; run or submit their sweeps again." : "would be taken back; add --delete to do it."))
  }
}
