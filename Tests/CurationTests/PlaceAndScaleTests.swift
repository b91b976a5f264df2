import Core
import Curation
import Numerics
import Sweeps
import Testing

/// An offset or a unit of the data changes no choice.
@Suite struct PlaceAndScaleTests {
  private static let count = 60
  private static let labels = (0..<count).map { $0 % 3 }
  /// Multiples of 1/64 below 8, so that offsets are exact in double precision, and most in single.
  private static let values: [Double] = {
    var generator = SeededGenerator(seed: 4, purpose: "place and scale")
    return (0..<count * 3).map { _ in Double(generator.integer(below: 1_024) - 512) / 64 }
  }()
  private static let target = values.prefix(30).map { $0 / 2 }

  private static func picks(
    _ name: String, _ options: [String: JSONValue] = [:], single: Bool = false, _ change: (Double) -> Double = { $0 }
  ) throws -> ArraySelection.Picks {
    func rows(_ values: [Double]) -> RealRows {
      let changed = values.map(change)
      guard single else { return RealRows(rows: values.count / 3, columns: 3, values: changed) }
      return RealRows(Matrix(rows: values.count / 3, columns: 3, values: changed.map { Float($0) }))
    }
    let arrays = try ArraySelection(features: rows(values), labels: labels, target: rows(target))
    return try arrays.select(StrategyChoice(name: name, options: options), count: 12, seed: 1)
  }

  /// Strategies by distances.
  private static let distances: [(String, [String: JSONValue])] = [
    ("herding", [:]), ("herding-deepcore", [:]), ("k-center", [:]), ("k-center", ["balanced": true]),
    ("facility-location", ["similarity": "max-squared-euclidean"]), ("facility-location", ["similarity": "gaussian"]),
    ("graph-cut", ["similarity": "max-squared-euclidean"]), ("graph-cut", ["similarity": "gaussian"]),
    ("knn-shapley", [:]), ("target-herding", [:]), ("target-importance", [:]), ("margin", ["epochs": 2]),
  ]
  /// Strategies by directions, which an offset changes.
  private static let directions: [(String, [String: JSONValue])] = [
    ("facility-location", [:]), ("graph-cut", [:]), ("ssl-prototypes", [:]), ("semdedup", ["epsilon": 0.1]),
    ("target-nearest", [:]),
  ]

  @Test(arguments: distances.indices) func anOffsetChangesNoChoice(_ index: Int) throws {
    let (name, options) = Self.distances[index]
    let choice = try Self.picks(name, options)
    for offset in [1.0, -8_000, 1.7e9] { #expect(try Self.picks(name, options) { $0 + offset } == choice, "\(offset)") }
    for offset in [0.0, 1_000, -8_000] {
      #expect(try Self.picks(name, options, single: true) { $0 + offset } == choice, "\(offset) in single precision")
    }
  }

  @Test(arguments: (distances + directions).indices) func aUnitChangesNoChoice(_ index: Int) throws {
    let (name, options) = (Self.distances + Self.directions)[index]
    let choice = try Self.picks(name, options).indices
    for exponent in [-900, -100, -40, 40, 100, 900] {
      let factor = Double(sign: .plus, exponent: exponent, significand: 1)
      #expect(try Self.picks(name, options) { $0 * factor }.indices == choice, "2^\(exponent)")
      guard abs(exponent) <= 100 else { continue }
      #expect(try Self.picks(name, options, single: true) { $0 * factor }.indices == choice, "2^\(exponent)")
    }
  }

  @Test func gainsKeepTheUnitOfTheData() throws {
    for name in ["facility-location", "graph-cut"] {
      let options: [String: JSONValue] = ["similarity": "max-squared-euclidean"]
      let gains = try Self.picks(name, options).gains
      #expect(try Self.picks(name, options) { $0 * 0x1p-100 }.gains == gains?.map { $0 * 0x1p-200 })
    }
  }

  @Test func rowsOfAnyLengthHaveADirection() throws {
    // The directions of rows differ by factors that single precision cannot hold the squares of.
    let factors: [Float] = [1, 0x1p-80, 0x1p60, 0x1p-120]
    let rows = Matrix(rows: 4, columns: 2, values: factors.flatMap { [3 * $0, 4 * $0] })
    let target = Matrix(rows: 1, columns: 2, values: [3, 4])
    let similarities = try NearestTarget.similarities(of: rows, to: target)
    #expect(similarities.allSatisfy { abs($0 - 1) < 1e-6 }, "\(similarities)")
  }

  @Test func whatCannotBeComputedWithIsRefusedWithItsPlace() {
    for (value, sentence) in [(1e301, "scale them to at most"), (.infinity, "row 1, column 0"), (.nan, "hold nan")] {
      let error = #expect(throws: CurationError.self) {
        try ArraySelection(features: RealRows(rows: 2, columns: 1, values: [0, value]))
      }
      #expect(error?.description.contains(sentence) == true, "said: \(error?.description ?? "")")
    }
  }
}
