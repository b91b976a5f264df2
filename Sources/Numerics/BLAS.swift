import COpenBLAS
import Core
import Glibc

/// Calls into OpenBLAS. Everything here runs on the calling thread unless ``setThreads(_:)`` raised their number.
package enum BLAS {
  /// Left to itself, OpenBLAS starts a thread per core, and they wait for each other when other work shares the cores.
  private static let startsWithOneThread: Void = openblas_set_num_threads(1)

  /// To be called before OpenBLAS computes anything.
  static func prepare() { startsWithOneThread }

  /// What stands in place of a kernel's name where nothing is left to OpenBLAS.
  package static let portable = NumericsEngine.portable.rawValue
  /// The variable of the environment that is set to ``portable`` then.
  package static let engineVariable = "WINNOW_ENGINE"

  /// Whether this process leaves nothing to OpenBLAS.
  package static let isPortable = getenv(engineVariable).map { String(cString: $0) } == portable

  /// The kernel that OpenBLAS chose for this process, for example `Cooperlake` or `Haswell`, or ``portable``.
  package static var core: String { isPortable ? portable : String(cString: openblas_get_corename()) }

  /// What this OpenBLAS says of its version and how it was built.
  package static var configuration: String { String(cString: openblas_get_config()) }

  /// How OpenBLAS was built to run in parallel.
  package enum Parallelism: Int, Hashable, Sendable {
    case sequential, pthreads, openMP
  }

  /// How this OpenBLAS was built to run in parallel. With OpenMP it collapses when several threads call it.
  package static var parallelism: Parallelism { Parallelism(rawValue: Int(openblas_get_parallel())) ?? .sequential }

  /// How many threads OpenBLAS itself may use; 1 unless set.
  package static var threads: Int {
    prepare()
    return Int(openblas_get_num_threads())
  }

  /// Lets OpenBLAS use `count` threads (≥ 1) in this process. One is best wherever independent work fills the cores.
  package static func setThreads(_ count: Int) {
    precondition(count >= 1, "OpenBLAS needs a thread")
    prepare()
    openblas_set_num_threads(Int32(count))
  }

  /// C ← alpha · op(A) · op(B) + beta · C, row-major; op transposes where asked. Shapes that do not fit trap.
  package static func multiply(
    _ a: Matrix, transposed transposeA: Bool = false, by b: Matrix, transposedOther transposeB: Bool = false,
    into c: inout Matrix, alpha: Float = 1, beta: Float = 0
  ) {
    let (m, k) = transposeA ? (a.columns, a.rows) : (a.rows, a.columns)
    let (k2, n) = transposeB ? (b.columns, b.rows) : (b.rows, b.columns)
    precondition(
      k == k2 && c.rows == m && c.columns == n,
      "shapes do not fit: \(m)×\(k) · \(k2)×\(n) into \(c.rows)×\(c.columns)")
    guard m > 0, n > 0 else { return }
    guard !isPortable else {
      let product = a.multiplied(transposed: transposeA, by: b, transposedOther: transposeB)
      return PortableEngine.multiply(product, into: &c, alpha: alpha, beta: beta)
    }
    prepare()
    cblas_sgemm(
      CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans, Int32(m), Int32(n),
      Int32(k), alpha, a.values, Int32(max(a.columns, 1)), b.values, Int32(max(b.columns, 1)), beta, &c.values, Int32(n)
    )
  }
}
