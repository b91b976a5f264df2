import ArgumentParser
import Core
import ObjectStore

/// `winnow store show`.
struct StoreShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a task with its outcome and attempts, or say what an object is.",
    discussion: """
      EXAMPLES
        winnow store show 4f1a90                    the start of a name is enough
      """)

  @OptionGroup var store: StoreOption
  @Argument(help: "The start of a task id or of a digest.") var name: String

  func run() throws {
    let opened = try store.open()
    let tasks = try opened.tasks().filter { $0.description.hasPrefix(name) }
    let objects = try opened.objects().filter { $0.digest.description.hasPrefix(name) }
    switch (tasks.count, objects.count) {
    case (1, 0): try show(tasks[0], in: opened)
    case (0, 1):
      _ = try opened.read(objects[0].digest)
      try Terminal.print("object \(objects[0].digest), \(ByteCount.text(objects[0].size)), verified")
    case (0, 0): throw CommandError("nothing in \(store.store) has a name that starts with \(name)")
    default:
      throw CommandError("\(tasks.count + objects.count) names start with \(name); give more digits")
    }
  }

  private func show(_ task: TaskID, in opened: Store) throws {
    var members: [String: JSONValue] = ["task": .string(task.description)]
    if let specification = try opened.specification(of: task) {
      members["specification"] = try JSONValue.parse(specification, source: "specification")
    }
    members["outcomes"] = .array(
      try opened.variants(of: task).map {
        [
          "digest": .string($0.digest.description),
          "outcome": try JSONValue.parse($0.bytes, source: "outcome"),
        ]
      })
    members["attempts"] = .array(try opened.attempts(of: task).map { try JSONValue.parse($0, source: "attempt") })
    if let failure = try opened.failures().first(where: { $0.task == task }) {
      members["failure"] = try JSONValue.parse(failure.report, source: "failure")
    }
    try Terminal.print(json: .object(members))
  }
}
