/// How many candidates a trial looks at, and how many of them it buys at most.
package struct CandidatePlan: Hashable, Sendable {
  package let candidates: Int
  package let purchases: Int

  /// Spends the budget: as many candidates as possible so that the share to keep of them can be bought too. Where the
  /// whole pool is looked at, what is left buys more than that share.
  package init(offer: Offer, budget: Money, poolSize: Int) {
    let affordable = Self.most(of: poolSize) {
      offer.cost(candidates: $0, purchases: offer.keep.floor(of: $0)) <= budget
    }
    candidates = affordable
    purchases =
      affordable < poolSize
      ? offer.keep.floor(of: affordable)
      : Self.most(of: affordable) { offer.cost(candidates: affordable, purchases: $0) <= budget }
  }

  private init(candidates: Int, purchases: Int) {
    self.candidates = candidates
    self.purchases = purchases
  }

  /// The plan that buys only `count`: it looks at just enough candidates to keep its share of them, a filter at as many
  /// as what is saved on buying allows.
  ///
  /// - Parameter count: at most ``purchases`` of this plan, which `budget` allows.
  package func reduced(to count: Int, offer: Offer, budget: Money, poolSize: Int) -> CandidatePlan {
    precondition(count <= purchases, "a reduced plan cannot buy \(count) instead of \(purchases)")
    let most = Self.most(of: poolSize) { offer.cost(candidates: $0, purchases: count) <= budget }
    let enough = offer.isFilter ? most : min(max(offer.keep.whole(for: count), count), most)
    return CandidatePlan(candidates: count == 0 ? 0 : enough, purchases: count)
  }

  /// The largest number, up to `limit`, that `isAffordable`; what is affordable for some is for fewer, so halving finds it.
  static func most(of limit: Int, isAffordable: (Int) -> Bool) -> Int {
    var (affordable, tooMany) = (0, limit + 1)
    while tooMany - affordable > 1 {
      let middle = affordable + (tooMany - affordable) / 2
      if isAffordable(middle) { affordable = middle } else { tooMany = middle }
    }
    return affordable
  }
}
