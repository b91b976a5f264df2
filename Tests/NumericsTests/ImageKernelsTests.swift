import Core
import Numerics
import Testing

@Suite struct ImageKernelsTests {
  @Test(arguments: [(1, 1), (3, 7), (8, 16), (5, 33), (28, 28)])
  func sumsAreTheDefinitionInTheOrderOfTheShifts(rows: Int, columns: Int) {
    var generator = SeededGenerator(seed: UInt64(rows), purpose: "shifts")
    let stride = columns + 6
    let padded = (0..<(rows + 4) * stride).map { _ in Float(generator.normal()) }
    let starts = (0..<9).map { _ in generator.integer(below: 5) * stride + generator.integer(below: 7) }
    let weights = starts.map { _ in Float(generator.normal()) }
    let expected = (0..<rows * columns).map { pixel in
      zip(starts, weights).reduce(Float(0)) { sum, shift in
        sum + shift.1 * padded[shift.0 + pixel / columns * stride + pixel % columns]
      }
    }
    let found = ImageKernels.sumOfShifts(
      padded, stride: stride, starts: starts, weights: weights, rows: rows, columns: columns)
    #expect(found == expected)
  }

  @Test func levelsAreRoundedAndCutOff() {
    var generator = SeededGenerator(seed: 0, purpose: "levels")
    let halves = (0..<255).map { (Float($0) + 0.5) / 255 }
    let values = halves + [-1, 0, 1, 7, .infinity] + (0..<1_000).map { _ in Float(generator.normal()) }
    let expected = values.map { UInt8((max(0, min(1, $0)) * 255).rounded()) }
    #expect(ImageKernels.levels(of: values) == expected)
    #expect(ImageKernels.levels(of: [.nan]) == [0])
    let planes = [values, values.reversed(), values.map { 1 - $0 }]
    let pixels = ImageKernels.levels(ofPlanes: planes)
    for channel in 0..<3 {
      #expect(values.indices.map { pixels[3 * $0 + channel] } == ImageKernels.levels(of: planes[channel]))
    }
    #expect(ImageKernels.levels(ofPlanes: []).isEmpty)
  }

  @Test func nothingToAddUpIsZero() {
    #expect(
      ImageKernels.sumOfShifts([1, 2], stride: 2, starts: [], weights: [], rows: 1, columns: 2) == [0, 0])
    #expect(ImageKernels.sumOfShifts([1], stride: 0, starts: [0], weights: [1], rows: 1, columns: 0).isEmpty)
  }
}
