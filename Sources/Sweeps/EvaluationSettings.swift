package import Core

/// How trials are measured, where there is a choice.
package struct EvaluationSettings: Hashable, Sendable {
  /// What is trained on a downstream task.
  package enum Transfer: String, CaseIterable, Sendable {
    /// A fresh head on the fixed outputs of the trained body.
    case freeze
    /// Body and head together.
    case fineTune = "fine-tune"
  }

  /// What the memory of the nearest-neighbour classifier holds of a class with too few images.
  package enum AbsentClasses: String, CaseIterable, Sendable {
    /// Nothing but these images.
    case stayAbsent = "stay-absent"
    /// Made-up rows, as in the program released with SELECT.
    case absentAsPublished = "absent-as-published"
  }

  package var transfer = Transfer.freeze
  package var absentClasses = AbsentClasses.stayAbsent
  /// Images of each class in the memory of the nearest-neighbour classifier, at most.
  package var memoryPerClass = 100

  package init() {}

  /// Reads what ``json`` writes; keys that are missing keep their defaults. Throws a ``ConfigurationError``.
  package init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    transfer = try object.choice("transfer", Transfer.self) ?? transfer
    absentClasses = try object.choice("absentClasses", AbsentClasses.self) ?? absentClasses
    memoryPerClass = try object.integer("memoryPerClass", in: 1...100_000) ?? memoryPerClass
    try object.finish()
  }

  package var json: JSONValue {
    [
      "transfer": .string(transfer.rawValue), "absentClasses": .string(absentClasses.rawValue),
      "memoryPerClass": .integer(Int64(memoryPerClass)),
    ]
  }
}
