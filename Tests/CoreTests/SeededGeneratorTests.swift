import Core
import Testing

@Suite struct SeededGeneratorTests {
  /// From an implementation in another language, itself checked against the authors' test vector of xoshiro256**.
  @Test func knownAnswers() {
    func words(_ seed: UInt64, _ purpose: String) -> [UInt64] {
      var generator = SeededGenerator(seed: seed, purpose: purpose)
      return (0..<4).map { _ in generator.next() }
    }
    #expect(
      words(0, "") == [
        3_913_948_602_184_948_776, 8_739_713_984_891_256_917, 11_337_140_630_693_319_609, 3_072_120_063_425_891_048,
      ])
    #expect(
      words(3, "shuffle/epoch 2")
        == [
          17_727_484_420_816_306_696, 14_943_958_961_507_725_987, 16_244_240_528_086_133_148, 7_884_104_055_838_061_700,
        ])
    #expect(
      words(.max, "candidates/expert")
        == [
          9_500_854_446_399_408_261, 16_183_469_618_403_858_642, 15_603_683_108_138_828_736, 8_733_552_595_216_963_312,
        ])
    var order = SeededGenerator(seed: 7, purpose: "permutation")
    #expect(order.permutation(10) == [1, 7, 6, 4, 9, 3, 0, 5, 8, 2])
    var normal = SeededGenerator(seed: 1, purpose: "normal")
    for expected in [-2.028361662493257, 0.3555941360546546, 0.1993817497746577, 0.7375102501643164] {
      #expect(abs(normal.normal() - expected) < 1e-14)
    }
  }

  @Test func purposesAndSeedsHaveStreamsOfTheirOwn() {
    var seen: Set<UInt64> = []
    for seed in 0..<50 {
      for purpose in ["a", "b", "a/b", ""] {
        var generator = SeededGenerator(seed: UInt64(seed), purpose: purpose)
        seen.insert(generator.next())
      }
    }
    #expect(seen.count == 200)
  }

  /// Pearson's statistic of `counts` against equal chances.
  private func chiSquare(_ counts: [Int]) -> Double {
    let expected = Double(counts.reduce(0, +)) / Double(counts.count)
    return counts.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
  }

  @Test(arguments: [2, 7, 64, 100]) func integersAreUniform(bound: Int) {
    var generator = SeededGenerator(seed: 5, purpose: "uniform \(bound)")
    var counts = [Int](repeating: 0, count: bound)
    for _ in 0..<100_000 { counts[generator.integer(below: bound)] += 1 }
    // Mean bound − 1, variance 2(bound − 1): five standard deviations.
    let freedom = Double(bound - 1)
    #expect(chiSquare(counts) < freedom + 5 * (2 * freedom).squareRoot())
    #expect(counts.allSatisfy { $0 > 0 })
  }

  @Test func everyOrderIsEquallyLikely() {
    var generator = SeededGenerator(seed: 6, purpose: "orders")
    var counts: [[Int]: Int] = [:]
    for _ in 0..<24_000 { counts[generator.permutation(4), default: 0] += 1 }
    #expect(counts.count == 24)
    #expect(chiSquare(counts.map(\.value)) < 23 + 5 * (46.0).squareRoot())
  }

  private func moments(_ purpose: String, _ draw: (inout SeededGenerator) -> Double) -> (mean: Double, variance: Double)
  {
    var generator = SeededGenerator(seed: 8, purpose: purpose)
    let draws = (0..<100_000).map { _ in draw(&generator) }
    let mean = draws.reduce(0, +) / Double(draws.count)
    return (mean, draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(draws.count - 1))
  }

  @Test func distributionsHaveTheirMoments() {
    let uniform = moments("uniform") { $0.uniform(in: -1..<3) }
    #expect(abs(uniform.mean - 1) < 0.02 && abs(uniform.variance - 16.0 / 12) < 0.03)
    let normal = moments("normal") { $0.normal() }
    #expect(abs(normal.mean) < 0.02 && abs(normal.variance - 1) < 0.03)
    let exponential = moments("exponential") { $0.exponential() }
    #expect(abs(exponential.mean - 1) < 0.02 && abs(exponential.variance - 1) < 0.05)
    for shape in [0.3, 1, 4.5] {
      let gamma = moments("gamma \(shape)") { $0.gamma(shape: shape) }
      #expect(abs(gamma.mean - shape) < 0.03 * max(1, shape) && abs(gamma.variance - shape) < 0.08 * max(1, shape))
    }
    let second = moments("dirichlet") { $0.dirichlet([1, 2, 3])[1] }
    #expect(abs(second.mean - 1.0 / 3) < 0.005 && abs(second.variance - 2.0 * 4 / (36 * 7)) < 0.002)
  }

  @Test func weightsDecideAndZeroIsNeverChosen() {
    var generator = SeededGenerator(seed: 9, purpose: "weights")
    var counts = [Int](repeating: 0, count: 4)
    for _ in 0..<60_000 { counts[generator.index(weightedBy: [1, 0, 2, 3])] += 1 }
    #expect(counts[1] == 0)
    for (count, share) in zip(counts, [1, 0, 2, 3]) { #expect(abs(count - share * 10_000) < 600) }
  }

  @Test func samplesAreDistinctMembers() {
    var generator = SeededGenerator(seed: 10, purpose: "sample")
    for size in [0, 1, 5, 20, 30] {
      let sample = generator.sample(size, of: 20)
      #expect(sample.count == min(size, 20))
      #expect(Set(sample).count == sample.count && sample.allSatisfy((0..<20).contains))
    }
    #expect(generator.permutation(0).isEmpty)
  }
}
