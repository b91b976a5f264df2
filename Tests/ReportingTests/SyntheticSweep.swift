import Core
import Economics
import Reporting
import Results
import Sweeps
import TestSupport

/// Made-up results with the shape and the size of real ones: shifts matter most, strategies a little, seeds a bit.
struct SyntheticSweep: Sendable {
  /// Ten strategies on six pools at one budget, with three seeds, as it is planned: with the prices of its pools.
  var sweep: Sweep = {
    var sweep = Sweep(
      strategies: [
        "random", "class-balanced", "oracle-clean", "herding", "k-center", "margin", "el2n", "confident-filter",
        "target-nearest", "target-herding",
      ].map { StrategyChoice(name: $0) },
      shifts: FashionPlusPlus.shifts.filter { shiftAccuracy[$0] != nil }, budgets: [Money(50)], seeds: [0, 1, 2])
    sweep.prices = sweep.prices.adding([
      "retrieval-image": [.retrieve: Price(0.004)], "synthetic-image": [.generate: Price(0.0125)],
    ])
    return sweep
  }()
  /// Points left out.
  var isMissing: @Sendable (TrialPoint) -> Bool = { _ in false }
  var weights: [String: Double]?
  /// How much seeds differ, in accuracy.
  var noise = 0.006

  static let shiftAccuracy = [
    "expert": 0.838, "crowdsourced": 0.742, "retrieval-image": 0.806, "retrieval-text": 0.781,
    "synthetic-image": 0.768, "synthetic-text": 0.724,
  ]
  static let strategyGain = [
    "class-balanced": 0.006, "oracle-clean": 0.024, "herding": 0.004, "k-center": -0.021, "margin": -0.004,
    "el2n": -0.034, "confident-filter": 0.013, "target-nearest": 0.009, "target-herding": 0.012,
  ]
  static let labelNoise = [
    "expert": 0.0, "crowdsourced": 0.165, "retrieval-image": 0.14, "retrieval-text": 0.21, "synthetic-image": 0.05,
    "synthetic-text": 0.08,
  ]
  static let kinds = [
    "gaussian-noise", "shot-noise", "impulse-noise", "defocus-blur", "glass-blur", "motion-blur", "zoom-blur", "snow",
    "frost", "fog", "brightness", "contrast", "elastic", "pixelate", "jpeg",
  ]
  static let classNames = [
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
  ]

  var points: [TrialPoint] {
    sweep.sizing.flatMap { sizing in
      sweep.trainingLength.flatMap { length in
        sweep.budgets.flatMap { budget in
          sweep.strategies.flatMap { strategy in
            sweep.shifts.flatMap { shift in
              sweep.seeds.map {
                TrialPoint(
                  strategy: strategy, shift: shift, budget: budget, seed: $0, sizing: sizing, trainingLength: length)
              }
            }
          }
        }
      }
    }
  }

  var results: [TrialResult] { points.filter { !isMissing($0) }.map(result) }

  var input: ReportInput { input(results: results) }

  func input(
    results: [TrialResult], failures: [ReportInput.Failure] = [],
    incidents: ReportInput.Incidents = ReportInput.Incidents()
  ) -> ReportInput {
    ReportInput(
      sweep: sweep, metrics: .builtIn, strategies: .builtIn, results: results, expectedTrials: points.count,
      failures: failures, incidents: incidents,
      poolFacts: Self.poolFacts, reference: FashionPlusPlus.reference, pools: FashionPlusPlus.pools, words: Self.words,
      provenance: [
        .storeFormat(1), .program(version: "0.1.0"), .kernels(["Cooperlake"]),
      ], weights: weights, pictures: pictures,
      objects: Dictionary(
        results.map { ($0.task, ["subset": Digest(of: "subset \($0.task)")]) }, uniquingKeysWith: { first, _ in first })
    )
  }

  /// Two dozen made-up images for each strategy in two shifts.
  var pictures: [PictureGrid] {
    sweep.shifts.prefix(2).flatMap { shift in
      sweep.strategies.map { strategy in
        var chance = SeededGenerator(seed: 3, purpose: "\(strategy.label)/\(shift)")
        let pictures = (0..<24).map { index in
          let label = Int(chance.uniform() * 10)
          return Picture(
            width: 28, height: 28,
            pixels: (0..<784).map { UInt8(($0 % 28 * (label + 1) + $0 / 28 * index) % 256) },
            label: Self.classNames[label], isWrong: shift == "expert" ? false : chance.uniform() < 0.2)
        }
        return PictureGrid(strategy: strategy, shift: shift, pictures: pictures)
      }
    }
  }

  func result(_ point: TrialPoint) -> TrialResult {
    let spelled = "\(point.strategy.label)/\(point.shift)/\(point.budget)/\(point.sizing)/\(point.trainingLength)"
    var chance = SeededGenerator(seed: UInt64(point.seed), purpose: spelled)
    var common = SeededGenerator(seed: UInt64(point.seed), purpose: point.shift)
    func draw(_ size: Double) -> Double { (chance.uniform() + chance.uniform() - 1) * size }
    let money = PortableMath.log(point.budget.amount / 50) * 0.02
    let accuracy =
      (Self.shiftAccuracy[point.shift] ?? 0.7) + (Self.strategyGain[point.strategy.name] ?? 0) + money
      + (common.uniform() - 0.5) * 2 * noise + draw(noise)
    var metrics: [String: Double] = [
      "accuracy": accuracy, "accuracy.worst-class": accuracy - 0.28 + draw(4 * noise),
      "accuracy.worst-tenth": accuracy - 0.28, "accuracy.top5": 0.98 + draw(noise),
      "deployment": accuracy - 0.19 + (point.strategy.name.hasPrefix("target") ? 0.02 : 0) + draw(2 * noise),
      "representation.knn20": accuracy - 0.04 + draw(noise), "transfer": accuracy - 0.1 + draw(noise),
      "nll": 1.4 * (1 - accuracy) + 0.3,
      "brier": 1.1 * (1 - accuracy),
      "ece": 0.04 + draw(noise), "data.coverage": 10, "data.lt500": 10, "data.gini": 0.2 + draw(0.05),
      "data.near-duplicates": 0.02 + draw(noise), "correlation.precision-count": -0.2 + draw(0.2),
      "data.label-noise": max(
        0, (Self.labelNoise[point.shift] ?? 0) * (point.strategy.name == "oracle-clean" ? 0 : 1) + draw(noise)),
    ]
    var total = 0.0
    for (index, kind) in Self.kinds.enumerated() {
      let mean = accuracy - 0.02 * Double(index) - 0.05 + draw(noise)
      for severity in 1...5 { metrics["robustness.\(kind).\(severity)"] = mean + 0.03 * Double(3 - severity) }
      metrics["robustness.\(kind)"] = mean
      total += mean
    }
    metrics["robustness"] = total / Double(Self.kinds.count)
    let perClass = (0..<10).map { accuracy - (($0 == 6) ? 0.28 : 0) + Double($0) * 0.004 + draw(2 * noise) }
    let (ledger, items, candidates) = ledger(point)
    return TrialResult(
      point: point, task: TaskID(Digest(of: "task \(spelled)/\(point.seed)")),
      outcome: Digest(of: "outcome \(spelled)/\(point.seed)"),
      values: TrialValues(
        metrics: metrics, perClass: ["accuracy": perClass], ledger: ledger, items: items,
        poolSize: 10_000, candidates: candidates,
        remarks: point.strategy.name == "k-center"
          ? [Remark(.allLookedAt, numbers: ["count": 10_000, "bought": 3])] : []))
  }

  private func ledger(_ point: TrialPoint) -> (Ledger, items: Int, candidates: Int) {
    var ledger = Ledger(budget: point.budget)
    let price = { (item: PriceItem) in sweep.prices.price(item, in: point.shift) }
    let isSynthetic = point.shift.hasPrefix("synthetic")
    let obtain: PriceItem = isSynthetic ? .generate : .acquire
    let looks = !["random", "oracle-clean"].contains(point.strategy.name)
    let label: PriceItem? = point.shift == "expert" ? .labelExpert : (point.shift == "crowdsourced" ? .labelCrowd : nil)
    let retrieves = point.shift.hasPrefix("retrieval")
    let each = price(obtain) + (retrieves ? price(.retrieve) : .zero)
    let labelling = label.map(price) ?? .zero
    let look = looks ? each + price(.score) : .zero
    let buy = (looks ? .zero : each) + labelling + price(.store)
    let perItem = look.millionths * 2 + buy.millionths
    let items = min(10_000, Int(point.budget.millionths / perItem))
    let candidates = looks ? items * 2 : 0
    ledger.charge(.selection, obtain, quantity: candidates, at: price(obtain))
    if retrieves { ledger.charge(.selection, .retrieve, quantity: candidates, at: price(.retrieve)) }
    ledger.charge(.selection, .score, quantity: candidates, at: price(.score))
    if !looks {
      ledger.charge(.purchase, obtain, quantity: items, at: price(obtain))
      if retrieves { ledger.charge(.purchase, .retrieve, quantity: items, at: price(.retrieve)) }
    }
    if let label { ledger.charge(.purchase, label, quantity: items, at: price(label)) }
    ledger.charge(.purchase, .store, quantity: items, at: price(.store))
    return (ledger, items, candidates)
  }

  static let poolFacts: [String: PartFacts] = Dictionary(
    uniqueKeysWithValues: FashionPlusPlus.shifts.map { shift in
      let isGenerated = shift.hasPrefix("synthetic")
      let facts = PartFacts(
        count: 10_000, classCounts: (0..<10).map { 1000 + $0 }, classNames: classNames,
        licence: "MIT (Fashion-MNIST, Zalando SE)", labelOrigin: "test/origin",
        labelNoise: isGenerated ? nil : labelNoise[shift] ?? 0, uncheckedTruth: isGenerated ? "test/unchecked" : nil,
        statements: isGenerated ? ["test/generator"] : shift == "retrieval-text" ? ["test/channel"] : [],
        notes: [Remark("test/made", numbers: ["blend": 0.355])], others: ["queries": 12_000])
      return (shift, facts)
    })

  static let words: [Remark.Code: Words] = [
    "test/origin": Words(english: "Observed labels of the pool.", japanese: "候補プールのラベルのままです。"),
    "test/unchecked": Words(
      english: "What was asked for stands for the true label; nobody checked it.", japanese: "真のラベルは確かめていません。"),
    "test/generator": Words(
      english: "Images come from a class-conditional mixture of probabilistic PCA, fitted on the web pool.",
      japanese: "画像は確率的主成分分析の混合モデルで作りました。"),
    "test/channel": Words(english: "The alt-text of these images is simulated.", japanese: "説明文は模擬的なものです。"),
    "test/made": Words(english: "Made by hand, blended by {blend%}.", japanese: "手作りです（混合率{blend%}）。"),
  ]
}
