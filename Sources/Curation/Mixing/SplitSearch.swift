import Core
import Datasets
import Economics
import Models
import Numerics
import Samples
import Sweeps

/// Finds a split of the budget between shifts, and pays for the search.
///
/// A small validation set of one pool, the judge, and a pilot sample of each source, all for the same money, are bought. A candidate
/// split takes its share of each pilot, which is what that split buys for the money of one pilot, and trains a small model
/// on it; the model that is right about most validation images decides. Pilots stay part of what was bought. A pilot has at
/// most 2,000 images and no more than its pool: where that stops a cheap source, the search sees less of it than its money
/// would buy. Each lot is an order of its own: steps of a price count within it. What a pool needs before its first image is paid
/// once.
struct SplitSearch {
  struct Settings: Sendable, Hashable {
    /// The share of the budget for validation images.
    let validation: Share
    /// The share of the budget for pilots and small models.
    let search: Share
    /// Splits are tried in steps of one over this.
    let steps: Int
    /// Passes over its images that each small model is trained for.
    let epochs: Int
  }

  /// More images than this say no more about a split.
  private static let validationLimit = 1_000
  private static let pilotLimit = 2_000

  let settings: Settings
  let terms: MixTerms
  let pools: [String: Pool]
  let judge: Pool
  /// What images bought unseen cost, by source; after the validation images.
  private let offers: [Offer]
  private let validationOffer: Offer
  /// Rows of the judge.
  private let validationRows: [Int]
  /// Each candidate split: steps for each source.
  private let splits: [[Int]]

  /// Throws a ``CurationError`` when the budget is too small to search.
  init(_ settings: Settings, terms: MixTerms, pools: [String: Pool], judge: Pool) throws {
    self.settings = settings
    self.terms = terms
    self.pools = pools
    self.judge = judge
    offers = terms.sources.map { $0.after(setup: $0.shift == judge.shift, target: false).offer(for: .atNothing) }
    validationOffer = terms.validation!.offer(for: .atNothing)
    let money = terms.budget.part(Int64(settings.validation.millionths), of: 1_000_000)
    let count = validationOffer.affordable(money, atMost: min(Self.validationLimit, judge.count / 2))
    guard count > 0 else {
      throw CurationError(
        "\(money) buy not a single validation image; a larger budget or share \"validation\" is needed")
    }
    var generator = SeededGenerator(seed: UInt64(terms.seed), purpose: "mix-search/validation")
    validationRows = generator.sample(count, of: judge.count).sorted()
    splits = Self.compositions(of: settings.steps, into: terms.sources.count)
  }

  /// Searches, buys everything, and answers the share of the money for each source.
  func run(
    _ basket: inout Basket, strategy: ResolvedStrategy, target: Matrix?, context: TaskContext
  ) throws -> [Double] {
    // Validation images are bought to choose by, and never trained on.
    basket.charge(
      validationOffer.entries(candidates: 0, purchases: validationRows.count).map { $0.for(.selection) },
      in: judge.shift)
    let pilots = try buyPilots(&basket)
    let (best, right) = try bestSplit(pilots, &basket, context: context.part(from: 0, to: 0.5))
    let shares = best.map { Double($0) / Double(settings.steps) }
    basket.say(
      Remark(
        .splitSearched,
        numbers: [
          "splits": Double(splits.count), "right": Double(right), "validation": Double(validationRows.count),
        ]))
    let remaining = money(for: best, pilots: pilots, of: basket.ledger.remaining)
    for (index, money) in remaining.enumerated() where money > .zero {
      let own = terms.sources[index].spending(money)
      let shop = Shop(pool: pools[own.shift]!, without: Set(pilots[index].rows).union(kept(own.shift)))
      try basket.buy(
        strategy, own, from: shop, target: target,
        context: context.part(from: 0.5, to: 1).part(index, of: remaining.count))
    }
    return shares
  }

  /// Images of the judge that are for validation and never for sale.
  private func kept(_ shift: String) -> Set<Int> { shift == judge.shift ? Set(validationRows) : [] }

  private struct Pilot {
    let rows: [Int]
    let images: SampleSet
    let labels: [Int32]
    let cost: Money
  }

  /// As large as pilots and small models together stay within their share of the budget.
  private func buyPilots(_ basket: inout Basket) throws -> [Pilot] {
    let limit = terms.budget.part(Int64(settings.search.millionths), of: 1_000_000)
    let shops = terms.sources.map { Shop(pool: pools[$0.shift]!, without: kept($0.shift)) }
    let supplies = shops.map { min(Candidates.supply(of: $0.pool), Self.pilotLimit) }
    var (affordable, tooMuch) = (Int64(0), limit.millionths + 1)
    while tooMuch - affordable > 1 {
      let middle = (affordable + tooMuch) / 2
      let isWithin = cost(of: sizes(Money(millionths: middle), supplies)) <= limit
      if isWithin { affordable = middle } else { tooMuch = middle }
    }
    let counts = sizes(Money(millionths: affordable), supplies)
    guard counts.allSatisfy({ $0 >= settings.steps }), cost(of: counts) <= limit else {
      throw CurationError(
        "\(limit) are too little to try \(splits.count) splits of \(terms.sources.count) sources; "
          + "a larger budget, a larger share \"search\" or fewer sources are needed")
    }
    return counts.indices.map { index in
      let (own, shop) = (terms.sources[index], shops[index])
      basket.charge(offers[index].entries(candidates: 0, purchases: counts[index]), in: own.shift)
      let chosen = Candidates(first: counts[index], of: shop.pool, seed: terms.seed).indices
      let labels = chosen.map { shop.pool.observedLabels[$0] }
      basket.add(chosen.map { shop.rows[$0] }, labels: labels, of: own.shift)
      return Pilot(
        rows: chosen.map { shop.rows[$0] }, images: shop.pool.images.selecting(chosen), labels: labels,
        cost: offers[index].cost(candidates: 0, purchases: counts[index]))
    }
  }

  /// How many images of each source the `money` of one pilot buys.
  private func sizes(_ money: Money, _ supplies: [Int]) -> [Int] {
    zip(offers, supplies).map { $0.affordable(money, atMost: $1) }
  }

  /// What pilots of these sizes cost, with the models trained on every split of them.
  private func cost(of counts: [Int]) -> Money {
    counts.indices.reduce(scorePrice.total(of: scoreUnits)) {
      $0 + offers[$1].cost(candidates: 0, purchases: counts[$1])
        + trainPrice($1).total(of: trainingUnits(of: $1, counts))
    }
  }

  /// Images × epochs that all small models together train on images of one source.
  private func trainingUnits(of source: Int, _ counts: [Int]) -> Int {
    splits.reduce(0) { $0 + taken($1, source, counts) * settings.epochs }
  }

  private func taken(_ split: [Int], _ source: Int, _ counts: [Int]) -> Int {
    counts[source] * split[source] / settings.steps
  }

  private func trainPrice(_ source: Int) -> Price { terms.sources[source].prices[.train] ?? .zero }
  private var scorePrice: Price { terms.validation!.prices[.score] ?? .zero }
  private var scoreUnits: Int { splits.count * validationRows.count }

  private func entries(_ item: PriceItem, _ price: Price, _ units: Int) -> [Ledger.Entry] {
    price.parts(of: units).map {
      Ledger.Entry(purpose: .selection, item: item, quantity: $0.quantity, unitPrice: $0.unitPrice)
    }
  }

  /// The split whose model is right about most validation images; of equal ones that whose model finds the true classes
  /// more probable, then the more even one.
  private func bestSplit(
    _ pilots: [Pilot], _ basket: inout Basket, context: TaskContext
  ) throws -> (split: [Int], right: Int) {
    let counts = pilots.map(\.labels.count)
    for index in pilots.indices {
      basket.charge(entries(.train, trainPrice(index), trainingUnits(of: index, counts)))
    }
    basket.charge(entries(.score, scorePrice, scoreUnits))
    let validation = judge.images.selecting(validationRows)
    let truth = validationRows.map { judge.observedLabels[$0] }
    var best: (split: [Int], right: Int, likelihood: Double)?
    for (index, split) in splits.enumerated() {
      let network = try model(split, pilots, counts, context: context.part(index, of: splits.count))
      let probabilities = network.probabilities(of: validation)
      let right = zip(Kernels.rowArgmax(probabilities), truth).count { $0 == $1 }
      let likelihood = truth.enumerated().reduce(0) {
        $0 + PortableMath.log(Double(max(probabilities[$1.offset, Int($1.element)], .leastNormalMagnitude)))
      }
      if best.map({ (right, likelihood) > ($0.right, $0.likelihood) }) ?? true { best = (split, right, likelihood) }
    }
    return (best!.split, best!.right)
  }

  /// A small model, trained on what `split` takes of the pilots. All start alike.
  private func model(
    _ split: [Int], _ pilots: [Pilot], _ counts: [Int], context: TaskContext
  ) throws -> Network {
    var (samples, labels): ([SampleSet], [Int32]) = ([], [])
    for (index, pilot) in pilots.enumerated() {
      let count = taken(split, index, counts)
      samples.append(pilot.images.selecting(Array(0..<count)))
      labels += pilot.labels.prefix(count)
    }
    let set = TrainingSet(SampleSet(joining: samples), labels: labels, normalisation: judge.normalisation)
    var recipe = Recipe(steps: 1, learningRate: 0.05)
    recipe.steps = settings.epochs * ((labels.count + recipe.batch - 1) / recipe.batch)
    var generator = SeededGenerator(seed: UInt64(terms.seed), purpose: "mix-search/model")
    return try MultilayerPerceptron(hidden: [64]).train(
      on: set, classes: judge.classNames.count, recipe: recipe, seed: generator.next(), context: context)
  }

  /// What is still to be spent in each source so that, with the pilots, money is split as `split` says. Where a pilot
  /// alone is more than its share, the others get less.
  private func money(for split: [Int], pilots: [Pilot], of rest: Money) -> [Money] {
    let all = pilots.reduce(rest) { $0 + $1.cost }
    let wanted = zip(split, pilots).map { steps, pilot in
      max(.zero, all.part(Int64(steps), of: Int64(settings.steps)) - pilot.cost)
    }
    let sum = wanted.reduce(Money.zero, +)
    guard sum > rest else { return wanted }
    return wanted.map { rest.part($0.millionths, of: sum.millionths) }
  }

  /// All ways to divide `steps` between `count` sources, the more even ones first.
  static func compositions(of steps: Int, into count: Int) -> [[Int]] {
    func all(_ steps: Int, _ count: Int) -> [[Int]] {
      guard count > 1 else { return [[steps]] }
      return (0...steps).reversed().flatMap { first in all(steps - first, count - 1).map { [first] + $0 } }
    }
    let found = all(steps, count)
    return found.enumerated().sorted {
      let (left, right) = ($0.element.max()!, $1.element.max()!)
      return left != right ? left < right : $0.offset < $1.offset
    }.map(\.element)
  }
}

extension SplitSearch.Settings {
  static let options = [
    OptionDescription(
      name: "validation", default: 0.1, values: .share,
      meaning: "the share of the budget for the images that splits are judged by"),
    OptionDescription(
      name: "search", default: 0.3, values: .share,
      meaning: "the share of the budget for pilot samples, which are kept, and for small models"),
    OptionDescription.wholeNumber(
      "steps", 2, in: 1...4, "splits are tried in steps of one over this: 2 tries each shift alone and every pair"),
    OptionDescription.wholeNumber(
      "epochs", 10, in: 1...100, "passes over its images that each small model is trained for"),
  ]

  /// Takes its options out of a mix's; throws a ``ConfigurationError`` for values out of range.
  init(_ options: inout StrictObject) throws {
    validation = Share(try options.number("validation", in: 1e-6...0.9) ?? 0.1)
    search = Share(try options.number("search", in: 1e-6...0.9) ?? 0.3)
    steps = try options.integer("steps", in: 1...4) ?? 2
    epochs = try options.integer("epochs", in: 1...100) ?? 10
    guard validation.millionths + search.millionths <= 1_000_000 else {
      throw options.error("search", "\"validation\" and \"search\" together pass the whole budget")
    }
  }

  var json: [String: JSONValue] {
    [
      "validation": .number(validation.value), "search": .number(search.value), "steps": .integer(Int64(steps)),
      "epochs": .integer(Int64(epochs)),
    ]
  }
}
