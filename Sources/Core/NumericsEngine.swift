/// What computes large products and decompositions. Everything else is computed by kernels of our own, whose bits are the same
/// on every CPU, whatever the engine.
package enum NumericsEngine: String, CaseIterable, Sendable {
  /// OpenBLAS: fast, and each of its kernels has other last bits.
  case blas
  /// Our own code: slower, and the bits are the same on every CPU. Stands where the name of a kernel of OpenBLAS may stand.
  case portable
}
