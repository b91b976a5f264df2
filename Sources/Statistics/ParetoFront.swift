/// One of the things that a choice is judged by: what each subject reaches on each pairing unit.
package struct ParetoObjective: Hashable, Sendable {
  package let name: String
  /// Whether large values are good (a utility) or small ones (a cost).
  package let isHigherBetter: Bool
  /// Means that differ by no more than this count as equal, so that a cent less spent does not make a strategy undominated.
  package let tolerance: Double
  /// One row a subject, one value a unit, units in the order of the resamples.
  package let values: [[Double]]

  package init(name: String, isHigherBetter: Bool, tolerance: Double = 0, values: [[Double]]) {
    self.name = name
    self.isHigherBetter = isHigherBetter
    self.tolerance = tolerance
    self.values = values
  }
}

/// Which subjects no other subject beats in every objective, and how sure that is.
package struct ParetoFront: Hashable, Sendable {
  package enum State: String, CaseIterable, Sendable {
    case onFront
    case dominated
    /// The data do not decide.
    case ambiguous
  }

  package struct Member: Hashable, Sendable {
    /// The share of the joint replicates in which the subject is on the front.
    package let probability: Double
    /// Whether the means themselves put it on the front.
    package let isOnEstimatedFront: Bool
    package let state: State
  }

  /// One entry a subject, in the order of the objectives' rows.
  package let members: [Member]

  /// - Parameters:
  ///   - objectives: at least one, all with the same subjects.
  ///   - resamples: redraw the units of all objectives together.
  ///   - confidence: a subject is on the front (or dominated) when at least this share of the replicates says so.
  package init(objectives: [ParetoObjective], resamples: PairedResamples, confidence: Double = 0.95) {
    let subjects = objectives.first?.values.count ?? 0
    precondition(objectives.allSatisfy { $0.values.count == subjects }, "every objective needs the same subjects")
    let estimated = Self.front(Self.scores(objectives) { Descriptive.mean($0) })
    let replicated = objectives.map { objective in objective.values.map { resamples.replicates(of: $0) } }
    var counts = [Int](repeating: 0, count: subjects)
    for replicate in 0..<resamples.replicates {
      let scores = zip(objectives, replicated).map { objective, means in
        Score(objective, means.map { $0[replicate] })
      }
      for (subject, isOnFront) in Self.front(scores).enumerated() where isOnFront { counts[subject] += 1 }
    }
    members = (0..<subjects).map { subject in
      let probability = Double(counts[subject]) / Double(resamples.replicates)
      let state: State =
        probability >= confidence ? .onFront : (probability <= 1 - confidence ? .dominated : .ambiguous)
      return Member(probability: probability, isOnEstimatedFront: estimated[subject], state: state)
    }
  }

  /// One objective's value per subject, turned so that more is better.
  private struct Score {
    let values: [Double]
    let tolerance: Double

    init(_ objective: ParetoObjective, _ values: [Double]) {
      self.values = objective.isHigherBetter ? values : values.map { -$0 }
      tolerance = objective.tolerance
    }
  }

  private static func scores(_ objectives: [ParetoObjective], _ summary: ([Double]) -> Double) -> [Score] {
    objectives.map { objective in Score(objective, objective.values.map(summary)) }
  }

  private static func front(_ scores: [Score]) -> [Bool] {
    let subjects = scores.first?.values.count ?? 0
    return (0..<subjects).map { subject in
      !(0..<subjects).contains { other in other != subject && dominates(other, subject, scores) }
    }
  }

  /// Whether `a` is nowhere worse than `b` and somewhere better.
  private static func dominates(_ a: Int, _ b: Int, _ scores: [Score]) -> Bool {
    var isBetterSomewhere = false
    for score in scores {
      let gain = score.values[a] - score.values[b]
      if gain < -score.tolerance { return false }
      if gain > score.tolerance { isBetterSomewhere = true }
    }
    return isBetterSomewhere
  }
}
