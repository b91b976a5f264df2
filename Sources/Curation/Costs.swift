package import Economics

/// What each candidate costs, and what may be spent on all.
package struct Costs: Sendable, Hashable {
  /// Not negative, one a candidate.
  package let values: [Money]
  package let budget: Money

  /// Traps when a cost or the budget is negative.
  package init(values: [Money], budget: Money) {
    precondition(values.allSatisfy { $0 >= .zero } && budget >= .zero, "nobody is paid for choosing")
    self.values = values
    self.budget = budget
  }

  /// The nearest millionths of amounts in anybody's currency.
  ///
  /// - Throws: a ``CurationError`` for an amount that is negative, no number or above a million millions, and for a cost
  ///   that is more than nothing and rounds to nothing.
  package init(amounts: [Double], budget: Double) throws {
    guard let money = Self.money(budget) else {
      throw CurationError("a budget from 0 to 1e12 is needed, not \(budget)")
    }
    let values = try amounts.enumerated().map { row, amount in
      guard let cost = Self.money(amount) else {
        throw CurationError("row \(row), counted from 0, costs \(amount); a number from 0 to 1e12 is needed")
      }
      guard cost > .zero || amount == 0 else {
        throw CurationError(
          "row \(row), counted from 0, costs \(amount), less than the millionth in which costs are counted; "
            + "multiply all costs and the budget")
      }
      return cost
    }
    self.init(values: values, budget: money)
  }

  /// The positions in `order` of up to `count` candidates that the budget buys one after the other; what no longer fits is
  /// passed over.
  func affordable(_ order: [Int], count: Int) -> [Int] {
    var left = budget
    var places: [Int] = []
    for (place, candidate) in order.enumerated() where places.count < count && values[candidate] <= left {
      left = left - values[candidate]
      places.append(place)
    }
    return places
  }

  /// What `gain` is worth per unit of money: infinite where a gain is free, 0 where nothing is gained.
  func ratio(_ gain: Double, of candidate: Int) -> Double {
    gain == 0 ? 0 : gain / values[candidate].amount
  }

  /// The same candidates when nothing more may be spent.
  var free: Costs { Costs(values: values, budget: .zero) }

  private static func money(_ amount: Double) -> Money? { (0...1e12).contains(amount) ? Money(amount) : nil }
}
