/// What a trial, its scores and its measures read of other tasks, beside parts that are known by their role. The names are part of
/// the specifications of tasks: changing one renames every task.
package enum TrialInput: Hashable, Sendable {
  /// The pool that it chooses from.
  case pool
  /// A pool that a mix may buy from.
  case source(shift: String)
  /// What a score task made of the pool.
  case scores
  /// The pool whose samples judge the splits of a mix.
  case judge
  /// The trial that is measured.
  case trial

  /// The key in ``TaskSpecification/inputs``.
  package var name: String {
    switch self {
    case .pool: "pool"
    case .source(let shift): "pool.\(shift)"
    case .scores: "scores"
    case .judge: "judge"
    case .trial: "trial"
    }
  }
}

/// What a trial makes beside its values: the key in ``Outcome/objects``.
package enum TrialObject: String, CaseIterable, Sendable, Hashable {
  /// Rows of the pool, in order of choice; of a mix, rows of each source's pool, source after source.
  case subset
  /// What the samples of the subset were trained as.
  case labels
  /// The trained network.
  case model
  /// What a program that trains wishes to be kept.
  case weights
  /// Of a mix: the shifts that it looked at, as a list of names.
  case sources
  /// Of a mix: for each sample of the subset, the place of its shift among the sources.
  case shifts

  /// Those that only mixes make.
  package static let ofMixes: [TrialObject] = [.sources, .shifts]
}

extension Outcome {
  /// An object of a trial; nil when it made none.
  package func object(_ object: TrialObject) -> ObjectReference? { objects[object.rawValue] }
}
