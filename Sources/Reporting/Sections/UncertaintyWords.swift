import Sweeps

/// The sentences of "What is uncertain", and of the collecting table.
enum UncertaintyWords {
  static func illustrative(_ currency: String) -> Markup {
    "\(strong: "The prices are illustrative.") Amounts in \(currency) have the proportions of public services, not anyone's offer. Other prices can change the order: put your own into the sweep and run it again."
  }

  static func ownPrices(_ currency: String) -> Markup {
    "Prices are those of the sweep, in \(currency). Other prices can change the order."
  }

  static func oracle(_ names: [String]) -> Markup {
    "\(codes: names) \(names.count == 1 ? "is" : "are") \(strong: "not achievable"): it knows which labels are true. It shows how much clean labels would be worth and is never named a winner."
  }

  static func seeds(_ count: Int, shrinkage: String) -> Markup {
    "Every point was measured with \(Numbers.counted(count, "seed")). Intervals from so few are too narrow, here by about \(shrinkage)\u{A0}%; read a narrow miss as open."
  }

  static let oneSeed: Markup =
    "Every point was measured with one seed, so no interval can be given: any order below may be chance."

  static func significance(pairs: Int, smallest: String, needed: Int) -> Markup {
    "Within one way of collecting there are \(Numbers.counted(pairs, "pair")) of trials: a two-sided signed-rank test cannot go below p = \(smallest), so it cannot be significant at this n; n ≥ \(needed) would. Marks in single cells rest on bootstrap intervals only."
  }

  static func bestOf(_ count: Int) -> Markup {
    "The winner is picked as the best of \(count). Its lead over \(code: "random") is not corrected for that, so it is a little too good."
  }

  static func missing(_ count: Int) -> Markup {
    "\(strong: Numbers.counted(count, "trial")) \(count == 1 ? "is" : "are") missing. Means are over what finished; comparisons use only trials that both sides have."
  }

  static func variants(_ count: Int) -> Markup {
    "\(Numbers.counted(count, "trial")) gave different bytes on different machines. The outcome with the smallest digest is shown; pin the BLAS kernel in the sweep to avoid this."
  }

  static let scope: Markup =
    "Intervals cover the chance in choosing and training. They hold for these pools, this model and this recipe; other data may rank differently."

  static func simulated(_ parts: [String], _ statement: String) -> Markup {
    "\(codes: parts): \(statement)\(statement.hasSuffix(".") ? "" : ".")"
  }

  // MARK: Collecting

  static func collecting(first: String, value: String, second: String, lead: String) -> Markup {
    "Bought at random for the same money, \(code: first) gives the most: \(strong: value). Next comes \(code: second) at \(lead)."
  }

  static func collectingLead(_ lead: String, isClear: Bool) -> String {
    isClear ? lead : "\(lead), which is not separable from 0"
  }

  static func collectingCaption(_ setting: String) -> String {
    "Ways of collecting at \(setting). One row is one pool, bought at random: images bought, wrong labels among them, and the mean of each utility in percent. The last column names the strategy with the best accuracy there and its difference to random."
  }
}
