import Core
import Numerics
import Testing

@Suite struct CoverageKernelsTests {
  @Test(arguments: [1, 7, 8, 9, 64, 131]) func gainsAreTheDefinitionInTheStatedOrderOfSums(_ columns: Int) {
    var generator = SeededGenerator(seed: UInt64(columns), purpose: "coverage")
    let values = (0..<3 * columns).map { _ in Float(generator.normal()) }
    let similarities = Matrix(rows: 3, columns: columns, values: values)
    var covered = (0..<columns).map { _ in Float(generator.normal()) }
    for row in 0..<3 {
      var sums = [Double](repeating: 0, count: 8)
      for column in 0..<columns { sums[column % 8] += Double(max(similarities[row, column] - covered[column], 0)) }
      while sums.count > 1 { sums = (0..<sums.count / 2).map { sums[$0] + sums[$0 + sums.count / 2] } }
      #expect(CoverageKernels.gain(of: row, similarities, covered: covered) == sums[0])
    }
    let expected = zip(covered, similarities.row(1)).map { max($0, $1) }
    CoverageKernels.cover(with: 1, similarities, covered: &covered)
    #expect(covered == expected)
    #expect(CoverageKernels.gain(of: 1, similarities, covered: covered) == 0)
  }
}
