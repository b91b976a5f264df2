/// How many candidates a trial looks at, and how many of them it buys at most.
package struct CandidatePlan: Hashable, Sendable {
  package let candidates: Int
  package let purchases: Int

  /// Spends the budget: as many candidates as possible so that the share to keep of them can be bought too. Where the
  /// whole pool is looked at, what is left buys more than that share.
  package init(offer: Offer, budget: Money, poolSize: Int) {
    let affordable = Self.most(of: poolSize) { candidates in
      Self.purchases(after: candidates, offer: offer, budget: budget).map { $0 >= offer.keep.floor(of: candidates) }
        ?? false
    }
    candidates = affordable
    let share = offer.keep.floor(of: affordable)
    let possible = Self.purchases(after: affordable, offer: offer, budget: budget) ?? 0
    purchases = min(affordable < poolSize ? share : possible, affordable)
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
    let most = Self.most(of: poolSize) {
      offer.remainder(of: budget - offer.buy * count, afterLookingAt: $0) != nil
    }
    let enough = offer.isFilter ? most : min(max(offer.keep.whole(for: count), count), most)
    return CandidatePlan(candidates: count == 0 ? 0 : enough, purchases: count)
  }

  /// How many images can be bought after looking at `candidates`; nil when not even looking is affordable.
  private static func purchases(after candidates: Int, offer: Offer, budget: Money) -> Int? {
    offer.remainder(of: budget, afterLookingAt: candidates).map { Offer.quotient($0, by: offer.buy) }
  }

  /// The largest number of candidates, up to `poolSize`, that `isAffordable`; what is affordable for some is for fewer, so
  /// halving finds it.
  private static func most(of poolSize: Int, isAffordable: (Int) -> Bool) -> Int {
    var (affordable, tooMany) = (0, poolSize + 1)
    while tooMany - affordable > 1 {
      let middle = (affordable + tooMany) / 2
      if isAffordable(middle) { affordable = middle } else { tooMany = middle }
    }
    return affordable
  }
}
