import Core
import Numerics
import Testing

/// The engine whose bits are the same on every CPU, beside LAPACK.
@Suite struct PortableEngineTests {
  private func symmetric(_ size: Int, rank: Int? = nil, seed: UInt64 = 1) -> [Double] {
    var generator = SeededGenerator(seed: seed, purpose: "symmetric \(size)")
    let rank = rank ?? size
    let factors = (0..<rank * size).map { _ in generator.uniform() - 0.5 }
    var matrix = [Double](repeating: 0, count: size * size)
    for row in 0..<size {
      for column in 0..<size {
        for term in 0..<rank {
          matrix[row * size + column] += factors[term * size + row] * factors[term * size + column]
        }
      }
    }
    return matrix
  }

  /// Largest |A v − λ v| and |vᵢ · vⱼ − δᵢⱼ|.
  private func errors(_ matrix: [Double], _ vectors: [Double], _ values: [Double]) -> (Double, Double) {
    let size = values.count
    var (residual, angle) = (0.0, 0.0)
    for index in 0..<size {
      let v = vectors[index * size..<(index + 1) * size]
      for row in 0..<size {
        let product = zip(matrix[row * size..<(row + 1) * size], v).reduce(0) { $0 + $1.0 * $1.1 }
        residual = max(residual, (product - values[index] * v[v.startIndex + row]).magnitude)
      }
      for other in 0...index {
        let w = vectors[other * size..<(other + 1) * size]
        angle = max(angle, (zip(v, w).reduce(0) { $0 + $1.0 * $1.1 } - (other == index ? 1 : 0)).magnitude)
      }
    }
    return (residual, angle)
  }

  @Test(arguments: [(1, 1), (2, 2), (3, 3), (40, 40), (40, 7), (65, 65), (120, 3)])
  func eigenvectorsAreOrthogonalAndReproduceTheMatrix(size: Int, rank: Int) throws {
    let matrix = symmetric(size, rank: rank)
    // Only the lower triangle counts.
    var a = matrix
    for row in 0..<size { for column in row + 1..<max(size, row + 1) { a[row * size + column] = .nan } }
    let values = try #require(PortableEngine.eigen(&a, size: size))
    #expect(values == values.sorted())
    let (residual, angle) = errors(matrix, a, values)
    #expect(residual < 1e-13 * Double(size) && angle < 1e-13 * Double(size))
  }

  @Test func matricesThatAreDiagonalAlreadyAreTheirOwnAnswer() throws {
    var a: [Double] = [3, 0, 0, 0, -1, 0, 0, 0, 2]
    #expect(PortableEngine.eigen(&a, size: 3) == [-1, 2, 3])
    #expect(a.map(\.magnitude) == [0, 1, 0, 0, 0, 1, 1, 0, 0])
    var zero = [Double](repeating: 0, count: 9)
    #expect(PortableEngine.eigen(&zero, size: 3) == [0, 0, 0])
    var huge = symmetric(6).map { $0 * 1e200 }
    #expect(PortableEngine.eigen(&huge, size: 6)?.allSatisfy(\.isFinite) == true)
    var none: [Double] = []
    #expect(PortableEngine.eigen(&none, size: 0) == [])
  }

  @Test func itAgreesWithLAPACK() throws {
    let size = 50
    let matrix = symmetric(size, seed: 3)
    let eigen = try SymmetricEigen(of: Matrix(rows: size, columns: size, values: matrix.map { Float($0) }))
    var a = matrix
    let values = try #require(PortableEngine.eigen(&a, size: size))
    for (own, theirs) in zip(values, eigen.values) { #expect((own - Double(theirs)).magnitude < 1e-5) }
  }

  @Test(arguments: [false, true]) func theGramMatrixIsTheSumOfProducts(wide: Bool) {
    var generator = SeededGenerator(seed: 2, purpose: "gram")
    let block = Matrix(rows: 5, columns: 4, values: (0..<20).map { _ in Float(generator.uniform() - 0.5) })
    let size = wide ? 5 : 4
    var gram = [Double](repeating: 1, count: size * size)
    PortableEngine.addGram(block, wide: wide, scale: 0.5, to: &gram)
    for row in 0..<size {
      for column in 0..<size {
        let terms = (0..<(wide ? 4 : 5)).map { term -> Double in
          let (a, b) = wide ? (row * 4 + term, column * 4 + term) : (term * 4 + row, term * 4 + column)
          return Double(block.values[a]) * Double(block.values[b])
        }
        let expected = column <= row ? 1 + 0.5 * terms.reduce(0, +) : 1
        #expect((gram[row * size + column] - expected).magnitude < 1e-15)
      }
    }
  }

  /// Made of IEEE basic operations in a fixed order: these bits are those of every processor and every build.
  @Test func theBitsAreKnown() throws {
    var a = symmetric(30, seed: 9)
    let values = try #require(PortableEngine.eigen(&a, size: 30))
    let bits = (values + a).flatMap { $0.bitPattern.littleEndianBytes }
    #expect(Digest(of: bits).description == "b015de1048f99d54a357778612ad4608c79540afd91e3302053598f134dbd41b")
  }
}
