package import Core
package import Datasets
import Economics
package import Numerics
import Sweeps

extension Mix {
  /// Spends the budget.
  ///
  /// - Parameters:
  ///   - pools: of every source, by shift.
  ///   - judge: the pool that a search takes its validation images from.
  ///   - target: features of the unlabelled target sample, where the strategy within the shifts needs them.
  /// - Throws: a ``CurationError`` when nothing can be bought, `CancellationError` once nobody wants the result.
  package func choose(
    _ terms: MixTerms, pools: [String: Pool], judge: Pool, target: Matrix?, context: TaskContext = .unobserved
  ) throws -> MixPurchase {
    var basket = Basket(budget: terms.budget, sources: sources)
    let shares: [Double]
    switch split {
    case .stated(let millionths):
      shares = millionths.map { Double($0) / 1e6 }
      for (index, own) in terms.sources.enumerated() {
        let shop = Shop(pool: pools[own.shift]!, without: [])
        try basket.buy(
          strategy, own, from: shop, target: target, context: context.part(index, of: terms.sources.count))
      }
    case .searched(let settings):
      let search = try SplitSearch(settings, terms: terms, pools: pools, judge: judge)
      shares = try search.run(&basket, strategy: strategy, target: target, context: context)
    }
    guard basket.parts.contains(where: { !$0.subset.isEmpty }) else {
      throw CurationError(
        "a budget of \(terms.budget), split between \(sources.joined(separator: ", ")), buys not a single image")
    }
    return MixPurchase(
      parts: basket.parts, ledger: basket.ledger, candidates: basket.candidates,
      split: Dictionary(uniqueKeysWithValues: zip(sources, shares)), remarks: basket.remarks)
  }
}

/// What is left of a pool when some of its images are taken.
struct Shop {
  let pool: Pool
  /// For each image its position in the whole pool.
  let rows: [Int]

  init(pool: Pool, without taken: Set<Int>) {
    rows = (0..<pool.count).filter { !taken.contains($0) }
    self.pool = taken.isEmpty ? pool : pool.selecting(rows)
  }
}

/// What a mix has bought so far.
struct Basket {
  private(set) var parts: [MixPurchase.Part]
  private(set) var ledger: Ledger
  private(set) var candidates = 0
  private(set) var remarks: [Remark] = []
  /// The shifts whose setup is paid.
  private var opened: Set<String> = []
  /// Whether the pictures of the target sample are paid.
  private var isTargetPaid = false

  init(budget: Money, sources: [String]) {
    parts = sources.map { MixPurchase.Part(shift: $0, subset: [], labels: []) }
    ledger = Ledger(budget: budget)
  }

  /// Has `strategy` spend the money of `terms` in one shift. A part that buys nothing is left out with a remark.
  mutating func buy(
    _ strategy: ResolvedStrategy, _ terms: Terms, from shop: Shop, target: Matrix?, context: TaskContext
  ) throws {
    let terms = unpaid(terms)
    let plan = strategy.purchasingPower(in: terms).plan(poolSize: Candidates.supply(of: shop.pool))
    guard plan.purchases > 0 else {
      remarks.append(Remark(.buysNothing, numbers: ["money": terms.budget.amount], names: ["shift": terms.shift]))
      return
    }
    let scores = try strategy.scoreParameters(in: terms).map {
      try Curator.score(parameters: $0, pool: shop.pool, context: context.part(from: 0, to: 0.7))
    }
    let purchase = try Curator.choose(
      strategy, terms: terms, pool: shop.pool, target: target, scores: scores,
      context: context.part(from: scores == nil ? 0 : 0.7, to: 1))
    charge(purchase.ledger.entries, in: terms.shift)
    isTargetPaid = isTargetPaid || strategy.needs.contains(.target)
    candidates += purchase.candidates
    remarks += purchase.remarks.filter { !remarks.contains($0) }
    add(purchase.subset.map { shop.rows[$0] }, labels: purchase.labels, of: terms.shift)
  }

  /// Puts images in that are paid for elsewhere.
  mutating func add(_ rows: [Int], labels: [Int32], of shift: String) {
    let place = parts.firstIndex { $0.shift == shift }!
    parts[place].subset += rows
    parts[place].labels += labels
  }

  /// `terms` without what this trial has paid for once already.
  func unpaid(_ terms: Terms) -> Terms { terms.after(setup: opened.contains(terms.shift), target: isTargetPaid) }

  /// Pays in `shift`, whose setup is paid from then on.
  mutating func charge(_ entries: [Ledger.Entry], in shift: String) {
    opened.insert(shift)
    charge(entries)
  }

  mutating func charge(_ entries: [Ledger.Entry]) {
    for entry in entries { ledger.charge(entry.purpose, entry.item, quantity: entry.quantity, at: entry.unitPrice) }
  }

  mutating func say(_ remark: Remark) { remarks.append(remark) }
}
