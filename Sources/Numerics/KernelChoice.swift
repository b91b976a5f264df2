import Glibc

/// The kernel of OpenBLAS that a program runs with when nobody asked for one.
///
/// OpenBLAS chooses by the processor's model number, and takes one that it does not know for a very old one: 0.3.21 on a
/// Sapphire Rapids runs Prescott's kernel, at a quarter of the speed. What it can run is known, so it is told.
package enum KernelChoice {
  private static let variable = "OPENBLAS_CORETYPE"

  /// The kernel to ask for; nil where the environment asks for one already, or where OpenBLAS's own choice is as fast.
  package static func wanted(in environment: NumericsEnvironment) -> OpenBLASCore? {
    guard environment.inheritedPin == nil, let best = environment.processor.bestCore,
      let used = OpenBLASCore(rawValue: environment.core), used.lanes < best.lanes
    else { return nil }
    return best
  }

  /// Starts this program anew, as the same process, where OpenBLAS must be told its kernel: it listens only while it is loaded.
  ///
  /// To be called first in a program, before anything is open; takes some milliseconds where it does anything. Programs that this
  /// one starts inherit the choice.
  package static func startAgainWithBestKernel() {
    guard let best = wanted(in: .current) else { return }
    setenv(variable, best.rawValue, 1)
    execv("/proc/self/exe", CommandLine.unsafeArgv)
    // It goes on as it is, with a warning.
    unsetenv(variable)
  }
}
