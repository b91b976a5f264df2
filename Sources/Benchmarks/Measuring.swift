import Foundation
import Numerics

/// What benchmarks of computations share.
enum Measuring {
  /// Operations per second of one product of two 1536 × 1536 matrices by OpenBLAS.
  static func multiplicationRate() -> Double {
    let size = 1_536
    let matrix = Matrix(rows: size, columns: size, values: [Float](repeating: 0.5, count: size * size))
    var product = Matrix(rows: size, columns: size)
    BLAS.multiply(matrix, by: matrix, into: &product)
    let seconds = processorSeconds { for _ in 0..<3 { BLAS.multiply(matrix, by: matrix, into: &product) } }
    return 3 * 2 * Double(size * size * size) / seconds
  }

  /// Bytes per second of reading 256 MB in order, which no cache holds.
  static func readingRate() -> Double {
    let seconds = processorSeconds { for _ in 0..<3 { unwanted += Kernels.squaredNorm(large) } }
    return 3 * 4 * Double(large.count) / seconds
  }

  private static let large = [Float](repeating: 0.5, count: 64 << 20)
  /// Keeps what nobody asks for from being left out.
  nonisolated(unsafe) private static var unwanted: Float = 0

  /// Processor time of this thread, which a busy neighbour does not lengthen.
  static func processorSeconds(_ body: () -> Void) -> Double {
    func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
    let start = now()
    body()
    return now() - start
  }

  static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}
