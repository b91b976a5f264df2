import Numerics

/// What every program that computes does before anything else.
package enum ProgramStart {
  /// Sees to it that OpenBLAS runs a kernel that is worth the processor, where nobody chose one; the program may start anew for
  /// that.
  package static func chooseKernel() { KernelChoice.startAgainWithBestKernel() }
}
