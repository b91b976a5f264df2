package import Core

/// Coverage-centric core-set selection (Zheng et al., ICLR 2023, algorithm 1): the hardest are dropped, and what is left is
/// covered evenly from hard to easy.
package enum CoverageStrata {
  /// Shares `budget` among strata: the smallest first, each gets an equal part of what is left, or all that it has.
  ///
  /// - Returns: of each stratum how many are taken; in total the budget, or everything where that is less.
  package static func quotas(_ budget: Int, sizes: [Int]) -> [Int] {
    var quotas = sizes.map { _ in 0 }
    var left = budget
    let order = sizes.indices.sorted { (sizes[$0], $0) < (sizes[$1], $1) }
    for (rank, stratum) in order.enumerated() {
      quotas[stratum] = min(sizes[stratum], left / (order.count - rank))
      left -= quotas[stratum]
    }
    return quotas
  }

  /// The stratum of each score: `count` intervals of equal width from the smallest score to the largest.
  package static func strata(_ scores: [Float], count: Int) -> [Int] {
    guard let low = scores.min(), let high = scores.max(), high > low else { return scores.map { _ in 0 } }
    return scores.map { min(Int(Double($0 - low) / Double(high - low) * Double(count)), count - 1) }
  }

  /// Picks `count` at random within strata.
  ///
  /// - Parameters:
  ///   - scores: one an example, larger for easier ones.
  ///   - dropped: how many of the smallest scores are never picked.
  /// - Returns: distinct positions, in random order.
  package static func select(
    _ count: Int, scores: [Float], dropped: Int, strata strataCount: Int, generator: inout SeededGenerator
  ) -> [Int] {
    precondition(count + dropped <= scores.count, "\(count) of \(scores.count) cannot be picked after \(dropped)")
    let members = Ranking.smallest(scores.count, of: scores).dropFirst(dropped).sorted()
    let strata = strata(members.map { scores[$0] }, count: strataCount)
    var lists = [[Int]](repeating: [], count: strataCount)
    for (member, stratum) in zip(members, strata) { lists[stratum].append(member) }
    let quotas = quotas(count, sizes: lists.map(\.count))
    var picks: [Int] = []
    for (list, quota) in zip(lists, quotas) {
      picks += generator.sample(quota, of: list.count).map { list[$0] }
    }
    return generator.permutation(picks.count).map { picks[$0] }
  }
}
