import Core

/// One fact about this machine, and what follows from it.
struct Finding {
  enum State: String {
    case ok
    /// Something is missing or slow that the main job does not need.
    case note
    /// The main job cannot run.
    case problem
  }

  let name: String
  let state: State
  /// A sentence, or the beginning of one.
  let fact: String
  /// What it means and what to do; nil where there is nothing to do.
  let advice: String?

  static func ok(_ name: String, _ fact: String) -> Finding {
    Finding(name: name, state: .ok, fact: fact, advice: nil)
  }
  static func note(_ name: String, _ fact: String, _ advice: String) -> Finding {
    Finding(name: name, state: .note, fact: fact, advice: advice)
  }
  static func problem(_ name: String, _ fact: String, _ advice: String) -> Finding {
    Finding(name: name, state: .problem, fact: fact, advice: advice)
  }

  var json: JSONValue {
    [
      "name": .string(name), "state": .string(state.rawValue), "fact": .string(fact),
      "advice": advice.map { .string($0) } ?? .null,
    ]
  }
}
