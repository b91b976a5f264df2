import Glibc

/// Which numerics this process computes with: recorded with every attempt, told at start, and the source of warnings.
///
/// The kernel of OpenBLAS decides the speed and the last bits of ``SymmetricEigen`` and ``BLAS/multiply``, which fit the
/// image generator. Everything else (``Kernels``, ``LinearKernels``, products of ``Matrix``) runs on our own kernels, which
/// give the same bits on every CPU.
package struct NumericsEnvironment: Hashable, Sendable {
  /// The kernel of OpenBLAS in use, such as `Cooperlake`.
  package let core: String
  /// The value of `OPENBLAS_CORETYPE` that this process was started with; nil when unset or empty.
  package let inheritedPin: String?
  /// How OpenBLAS was built to run in parallel.
  package let parallelism: BLAS.Parallelism
  package let processor: Processor

  package init(core: String, inheritedPin: String?, parallelism: BLAS.Parallelism, processor: Processor) {
    self.core = core
    self.inheritedPin = inheritedPin
    self.parallelism = parallelism
    self.processor = processor
  }

  /// That of this process. OpenBLAS reads the variable when it is loaded; changing it later has no effect.
  package static let current = NumericsEnvironment(
    core: BLAS.core,
    inheritedPin: getenv("OPENBLAS_CORETYPE").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 },
    parallelism: BLAS.parallelism, processor: .current)

  /// The kernel that OpenBLAS should choose for this processor; nil on other architectures than x86-64.
  package var bestCore: String? { processor.bestCore?.rawValue }

  /// What an operator should know, a sentence or two each; empty when all is well.
  ///
  /// - Parameter sweepCore: The kernel that the sweep asks for. It may be slow on purpose, but it must be the one in use.
  package func warnings(sweepCore: String? = nil) -> [String] {
    [
      processorWarning, parallelismWarning, sweepCore.map(mismatchWarning) ?? slowPinWarning, unknownPinWarning,
    ].compactMap { $0 }
  }

  /// Without the instruction, each fused multiply-add of the kernels becomes a call into the C library.
  private var processorWarning: String? {
    guard processor.bestCore != nil, !processor.contains(.fma) else { return nil }
    return "This processor (or the virtual machine's model of it) has no fused multiply-add: training is correct but "
      + "many times slower. Give the virtual machine the host's processor model, or use another host."
  }

  private var parallelismWarning: String? {
    guard parallelism == .openMP else { return nil }
    return "OpenBLAS was built with OpenMP, which is very slow when several threads call it: "
      + "install libopenblas0-pthread and remove libopenblas0-openmp."
  }

  private var slowPinWarning: String? {
    guard let used = OpenBLASCore(rawValue: core), let best = processor.bestCore, used.lanes < best.lanes else {
      return nil
    }
    guard let pin = inheritedPin, pin.lowercased() == core.lowercased() else {
      return "OpenBLAS runs the kernel \(core), although this processor can run \(best.rawValue), which is up to "
        + "\(best.lanes / used.lanes) times as fast. Set OPENBLAS_CORETYPE=\(best.rawValue); where that changes nothing, "
        + "this OpenBLAS was built without that kernel: install another (Debian: libopenblas0-pthread)."
    }
    return "OPENBLAS_CORETYPE=\(pin) in the environment pins OpenBLAS to the kernel \(core); this processor can run "
      + "\(best.rawValue), which is up to \(best.lanes / used.lanes) times as fast. Training has kernels of its own and is "
      + "not affected; fitting the image generator is. Unset the variable, or keep it if the generated images must equal "
      + "those of other hosts with that kernel."
  }

  private var unknownPinWarning: String? {
    guard let pin = inheritedPin, processor.bestCore != nil,
      !OpenBLASCore.allCases.contains(where: { $0.rawValue.lowercased() == pin.lowercased() })
    else { return nil }
    return "OPENBLAS_CORETYPE=\(pin) in the environment names no kernel of OpenBLAS and is ignored; it runs \(core)."
  }

  private func mismatchWarning(sweepCore: String) -> String? {
    guard sweepCore != core else { return nil }
    return
      "The sweep asks for OpenBLAS's kernel \(sweepCore), but \(core) is in use: generated images may differ in a "
      + "few grey levels from those of other hosts."
  }
}
