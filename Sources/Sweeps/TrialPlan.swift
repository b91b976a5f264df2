package import Core

/// What one trial's specification consists of beyond the grid point; the strategies' module knows it.
package struct TrialPlan: Sendable {
  /// The score task that a trial reads. Equal values share one task.
  package struct Scores: Hashable, Sendable {
    package let parameters: JSONValue
    /// The versions of the scorers used.
    package let algorithms: [String: Int]

    package init(parameters: JSONValue, algorithms: [String: Int]) {
      self.parameters = parameters
      self.algorithms = algorithms
    }
  }

  /// Every field that affects the trial's output.
  package let parameters: JSONValue
  /// The versions of the algorithms used.
  package let algorithms: [String: Int]
  package let scores: Scores?
  /// Whether the choice looks at the unlabelled target sample; then new deployment data makes another trial.
  package let needsTarget: Bool
  /// The shifts that a mix buys from; nil for a choice within the point's own shift.
  package let sources: [String]?
  /// Raw files that the choice reads: what the planned sweep calls them, by the name that the trial knows them under.
  package let files: [String: String]

  package init(
    parameters: JSONValue, algorithms: [String: Int], scores: Scores?, needsTarget: Bool = false,
    sources: [String]? = nil, files: [String: String] = [:]
  ) {
    self.parameters = parameters
    self.algorithms = algorithms
    self.scores = scores
    self.needsTarget = needsTarget
    self.sources = sources
    self.files = files
  }
}

extension TrialPlan {
  /// The shifts whose pools the trial reads.
  func shifts(of point: TrialPoint) -> [String] { sources ?? [point.shift] }

  /// The digests of ``files`` among those of a planned sweep. Throws for one that was never read.
  func sources(among digests: [String: Digest]) throws -> [String: Digest] {
    try files.mapValues { name in
      guard let digest = digests[name] else { throw ConfigurationError(place: name, problem: "it was never read") }
      return digest
    }
  }

  /// The pools as inputs: `pool`, or `pool.SHIFT` for each source of a mix.
  func pools(of point: TrialPoint, _ parts: [String: TaskID]) -> [String: TaskID] {
    guard let sources else { return ["pool": parts[point.shift]!] }
    return Dictionary(uniqueKeysWithValues: sources.map { ("pool.\($0)", parts[$0]!) })
  }
}
