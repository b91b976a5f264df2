import Core
import Curation
import Foundation
import Numerics
import Testing

@Suite struct KernelHerdingTests {
  private let points = SyntheticPools.points(90, 3, seed: 5)
  private let target = SyntheticPools.points(40, 3, seed: 6)
  private let kernel = RadialKernel(variance: 2)

  @Test func theKernelIsTheGaussianFrom0ToWhereItVanishes() {
    var generator = SeededGenerator(seed: 3, purpose: "kernel")
    for _ in 0..<2_000 {
      let square = Float(generator.uniform(in: 0..<340))
      let expected = exp(-Double(square) / 4)
      #expect(abs(Double(kernel.value(squaredDistance: square)) - expected) <= 4e-7 * expected)
    }
    #expect(kernel.value(squaredDistance: 0) == 1)
    #expect(kernel.value(squaredDistance: -1e-6) == 1)
    #expect(kernel.value(squaredDistance: 1e30) == 0)
  }

  @Test func affinitiesAreMeansOfTheKernelOverTheTarget() throws {
    let affinities = try kernel.meanAffinities(of: points, to: target)
    for row in 0..<points.rows {
      let sum = (0..<target.rows).reduce(0.0) { $0 + value(points.row(row), target.row($1)) }
      #expect(abs(affinities[row] - sum / 40) < 1e-6)
    }
  }

  @Test func picksTheArgmaxOfTheDefinitionAtEveryStep() throws {
    let affinities = try kernel.meanAffinities(of: points, to: target)
    let picks = try KernelHerding.select(90, from: points, affinities: affinities, kernel: kernel)
    #expect(Set(picks).count == 90)
    for (step, pick) in picks.enumerated() {
      func score(_ point: Int) -> Double {
        let repulsion = picks.prefix(step).reduce(0.0) { $0 + value(points.row(point), points.row($1)) }
        return affinities[point] - repulsion / Double(step + 1)
      }
      let best = Set(0..<90).subtracting(picks.prefix(step)).map(score).max()!
      #expect(score(pick) >= best - 1e-6)
    }
  }

  @Test func comesCloserToTheTargetThanTheFirstPointsDo() throws {
    let affinities = try kernel.meanAffinities(of: points, to: target)
    let picks = try KernelHerding.select(20, from: points, affinities: affinities, kernel: kernel)
    #expect(discrepancy(of: picks) < 0.5 * discrepancy(of: Array(0..<20)))
  }

  @Test func theWidthIsTheMedianDistance() {
    let line = Matrix(rows: 3, columns: 1, values: [0, 1, 3])
    // Six points, the second three far away: the median of 15 squared distances.
    let far = Matrix(rows: 3, columns: 1, values: [10, 11, 13])
    let values: [Float] = [0, 1, 3, 10, 11, 13]
    let squares = values.indices.flatMap { left in
      (0..<left).map { (values[left] - values[$0]) * (values[left] - values[$0]) }
    }
    #expect(RadialKernel(medianOf: line, and: far).variance == squares.sorted()[7])
    let same = Matrix(rows: 2, columns: 1, values: [4, 4])
    #expect(RadialKernel(medianOf: same, and: same).variance == 1)
  }

  private func value(_ left: [Float], _ right: [Float]) -> Double {
    exp(-zip(left, right).reduce(0.0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) } / 4)
  }

  /// The squared maximum mean discrepancy between some of the points and the target, up to the target's own term.
  private func discrepancy(of picks: [Int]) -> Double {
    let share = 1 / Double(picks.count)
    let own = picks.flatMap { left in picks.map { value(points.row(left), points.row($0)) } }.reduce(0, +)
    let cross = picks.flatMap { pick in (0..<40).map { value(points.row(pick), target.row($0)) } }.reduce(0, +)
    let theirs = (0..<40).flatMap { left in (0..<40).map { value(target.row(left), target.row($0)) } }.reduce(0, +)
    return own * share * share - 2 * cross * share / 40 + theirs / 1_600
  }
}
