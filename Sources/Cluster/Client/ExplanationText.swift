package import Core
import Sweeps
package import Wire

extension TaskExplanation {
  /// Sentences for people: what the task is, why it does not go on, who may not have it, what happened to it.
  package var lines: [String] {
    var lines = ["\(label.isEmpty ? taskClass : label) (task \(task.short), \(taskClass))", "  \(reason)"]
    if !sweeps.isEmpty { lines.append("  wanted by \(sweeps.joined(separator: ", "))") }
    lines += inputs.map { "  needs \($0.label.isEmpty ? $0.task.short : $0.label), which is \($0.state.word)" }
    lines += attempts.map { attempt in
      let share = attempt.thousandths > 0 ? ", \(attempt.thousandths / 10) % of it done" : ""
      return "  held by \(attempt.worker.short) on \(attempt.host) for \(Int(attempt.seconds)) s\(share)"
    }
    lines += obstacles.map { "  not on \($0.worker.short) on \($0.host): \($0.reason.words)" }
    lines += story.map { event in
      let worker = event.worker.map { ", worker \($0.short)" } ?? ""
      return "  \(Int(event.secondsAgo)) s ago: \(event.text)\(worker)"
    }
    return lines
  }

  /// Why it does not go on, or that it does.
  private var reason: String {
    switch state {
    case .done: return "It is done."
    case .committing: return "Its result is being made durable."
    case .failed, .quarantined: return "It was given up (\(state.word)): \(cause?.description ?? "")"
    case .withdrawn: return "No sweep wants it any more; submitting one that does goes on with it."
    case .blocked: return "It waits for something that was given up; `winnow workers retry` tries that again."
    case .waiting: return "It waits for what it reads."
    case .running: return "It was given to a worker."
    case .ready: break
    }
    if isPaused { return "It is ready, but every sweep that wants it is paused." }
    if isStorePaused { return "It is ready, but nothing is given out for a moment, because the store failed." }
    if workerCount == 0 { return "It is ready, but there are no workers." }
    let kernel = kernel.map { " It must be computed with the BLAS kernel \($0)." } ?? ""
    let memory = memory.map { " It takes about \(($0 + 500_000) / 1_000_000) MB of memory." } ?? ""
    return obstacles.count >= workerCount
      ? "It is ready, but no worker may have it now.\(kernel)\(memory)"
      : "It is ready, and waits for its turn.\(kernel)\(memory)"
  }

  /// For scripts. Members may be added; what is here keeps its name and meaning.
  package var json: JSONValue {
    [
      "task": .string(task.description), "label": .string(label), "class": .string(taskClass),
      "state": .string(state.word), "reason": .string(reason), "kernel": kernel.map { .string($0) } ?? .null,
      "memory": memory.map { .integer(Int64($0)) } ?? .null,
      "sweeps": .array(sweeps.map { .string($0) }), "paused": .bool(isPaused),
      "workerCount": .integer(Int64(workerCount)),
      "inputs": .array(
        inputs.map {
          ["task": .string($0.task.description), "label": .string($0.label), "state": .string($0.state.word)]
        }),
      "obstacles": .array(
        obstacles.map {
          [
            "worker": .string($0.worker.description), "host": .string($0.host), "reason": .string($0.reason.words),
          ]
        }),
      "story": .array(
        story.map {
          [
            "secondsAgo": .number($0.secondsAgo), "text": .string($0.text),
            "worker": $0.worker.map { .string($0.description) } ?? .null,
          ]
        }),
    ]
  }
}

extension TaskExplanation.State {
  fileprivate var word: String { "\(self)" }
}

extension TaskExplanation.Obstacle.Reason {
  fileprivate var words: String {
    switch self {
    case .holdsIt: "it has the task already"
    case .silent: "it was not heard for a while"
    case .draining: "it takes no more tasks and leaves"
    case .quarantined: "processes of several tasks died on it"
    case .kernel: "it does not have the BLAS kernel"
    case .labels: "it does not have the labels that the task asks for"
    case .memory: "it has less memory for a slot than the task needs"
    case .diedThere: "the task's process died there, and others can take it"
    case .busy: "its slots are taken"
    }
  }
}
