import Core
import Curation
import Datasets
import Economics
import Numerics
import Samples
import Sweeps
import TestSupport

/// Small pools with a known truth: each class is a cloud of points, and its images show a bright block in a place of
/// its own.
enum SyntheticPools {
  /// - Parameter noise: the share of observed labels that are wrong.
  static func make(
    shift: String = "retrieval-image", count: Int, classes: Int = 4, width: Int = 8, noise: Double = 0, seed: UInt64 = 1
  ) -> Pool {
    var generator = SeededGenerator(seed: seed, purpose: "synthetic pool")
    let truth = (0..<count).map { _ in Int32(generator.integer(below: classes)) }
    let observed = truth.map { label in
      guard generator.uniform() < noise else { return label }
      return (label + 1 + Int32(generator.integer(below: classes - 1))) % Int32(classes)
    }
    let pixels = truth.flatMap { image(of: $0, &generator) }
    let features = truth.flatMap { label in
      (0..<width).map { Float(generator.normal() + ($0 % classes == Int(label) ? 3 : 0)) }
    }
    return Pool(
      shift: shift, images: SampleSet(count: count, height: 6, width: 6, pixels: pixels),
      classNames: (0..<classes).map { "class \($0)" }, observedLabels: observed, trueLabels: truth,
      sourceIDs: (0..<UInt32(count)).map { $0 }, features: Matrix(rows: count, columns: width, values: features),
      labelOrigin: "simulated", licence: "none")
  }

  /// A matrix of normal deviates.
  static func points(_ rows: Int, _ columns: Int, seed: UInt64 = 7) -> Matrix {
    var generator = SeededGenerator(seed: seed, purpose: "points")
    return Matrix(rows: rows, columns: columns, values: (0..<rows * columns).map { _ in Float(generator.normal()) })
  }

  /// Illustrative prices at which small budgets buy something from small pools: photographs are cheap.
  static let prices = {
    var prices = PriceList.illustrative
    prices.state(.photograph, Price(0.0005))
    return prices
  }()

  /// The terms that suit these pools, at ``prices`` unless given.
  static func terms(
    shift: String = "retrieval-image", budget: Double, prices: PriceList = prices, sizing: Sizing = .equalCost,
    seed: Int = 0, rivals: [StrategyChoice] = []
  ) throws -> Terms {
    try Terms(
      shift: shift, supply: supply(of: shift), budget: Money(budget), prices: prices, crowdVotes: 3, sizing: sizing,
      seed: seed, rivals: rivals, further: [.photograph])
  }

  /// Who supplies the shifts of these pools.
  static func supply(of shift: String) throws -> Supply {
    switch shift {
    case "expert": Supply(obtain: [.acquire], label: .labelExpert)
    case "crowdsourced": Supply(obtain: [.acquire], label: .labelCrowd)
    case "retrieval-image", "retrieval-text": Supply(obtain: [.acquire, .retrieve], label: nil)
    case "field": Supply(obtain: [.photograph], label: .labelExpert)
    case "synthetic-image", "synthetic-text": Supply(obtain: [.generate], label: nil)
    default: throw ConfigurationError(place: "shift", problem: "nobody supplies \(shift)")
    }
  }

  private static func image(of label: Int32, _ generator: inout SeededGenerator) -> [UInt8] {
    (0..<36).map { pixel in
      let bright = pixel / 8 == Int(label) ? 150 : 20
      return UInt8(bright + generator.integer(below: 80))
    }
  }
}

extension TaskContext {
  /// That of work whose result nobody wants any more.
  static let unwanted = TaskContext(report: { _ in }, isWanted: { false })
}
