import Numerics
import Testing

@Suite struct NumericsEnvironmentTests {
  private let zen5: Processor = [.avx, .fma, .avx2, .avx512, .avx512BF16, .amd]

  private func environment(
    core: String, pin: String? = nil, parallelism: BLAS.Parallelism = .pthreads, processor: Processor
  ) -> NumericsEnvironment {
    NumericsEnvironment(core: core, inheritedPin: pin, parallelism: parallelism, processor: processor)
  }

  @Test func anInheritedPinThatHalvesTheSpeedIsNamed() throws {
    let warnings = environment(core: "Haswell", pin: "Haswell", processor: zen5).warnings()
    #expect(warnings.count == 1)
    let warning = try #require(warnings.first)
    #expect(warning.contains("OPENBLAS_CORETYPE=Haswell"))
    #expect(warning.contains("Cooperlake"))
    #expect(warning.contains("2 times"))
  }

  @Test func aPinAsFastAsTheBestIsNoWarning() {
    #expect(environment(core: "SkylakeX", pin: "SkylakeX", processor: zen5).warnings() == [])
    #expect(environment(core: "Haswell", pin: "Haswell", processor: [.avx, .fma, .avx2, .amd]).warnings() == [])
    #expect(environment(core: "Cooperlake", processor: zen5).warnings() == [])
  }

  /// OpenBLAS 0.3.21 on a Sapphire Rapids, which it does not know.
  @Test func aSlowKernelThatOpenBLASChoseItselfIsReplacedOrNamed() throws {
    let sapphireRapids: Processor = [.avx, .fma, .avx2, .avx512, .avx512BF16]
    let environment = environment(core: "Prescott", processor: sapphireRapids)
    #expect(KernelChoice.wanted(in: environment) == .cooperlake)
    let warning = try #require(environment.warnings().first)
    #expect(warning.contains("runs the kernel Prescott") && warning.contains("4 times"))
    #expect(warning.contains("OPENBLAS_CORETYPE=Cooperlake"))
  }

  @Test func nobodysChoiceIsOverruled() {
    #expect(KernelChoice.wanted(in: environment(core: "Prescott", pin: "Prescott", processor: zen5)) == nil)
    #expect(KernelChoice.wanted(in: environment(core: "SkylakeX", processor: zen5)) == nil)
    #expect(KernelChoice.wanted(in: environment(core: "ARMV8", processor: [])) == nil)
    // An OpenBLAS that was built without the kernel: asked for once, and not again.
    let ignored = environment(core: "Haswell", pin: "Cooperlake", processor: zen5)
    #expect(KernelChoice.wanted(in: ignored) == nil && ignored.warnings().count == 1)
  }

  @Test func aSlowKernelThatTheSweepWantsIsNoWarning() {
    #expect(environment(core: "Haswell", pin: "Haswell", processor: zen5).warnings(sweepCore: "Haswell") == [])
  }

  @Test func aKernelOtherThanTheSweepWantsIsAWarning() {
    let warnings = environment(core: "Cooperlake", processor: zen5).warnings(sweepCore: "Haswell")
    #expect(warnings.count == 1)
    #expect(warnings[0].contains("asks for OpenBLAS's kernel Haswell, but Cooperlake"))
  }

  @Test func aPinThatOpenBLASIgnoresIsAWarning() {
    let warnings = environment(core: "Cooperlake", pin: "Sapphire", processor: zen5).warnings()
    #expect(warnings.count == 1)
    #expect(warnings[0].contains("names no kernel"))
  }

  @Test func openMPIsAWarning() {
    let warnings = environment(core: "Zen", parallelism: .openMP, processor: [.avx, .avx2, .fma, .amd]).warnings()
    #expect(warnings.count == 1)
    #expect(warnings[0].contains("libopenblas0-pthread"))
  }

  @Test func aProcessorWithoutFusedMultiplyAddIsAWarning() throws {
    let warnings = environment(core: "Sandybridge", processor: .avx).warnings()
    #expect(warnings.count == 1)
    #expect(warnings[0].contains("no fused multiply-add"))
  }

  @Test func namesAreCheckedAndCorrected() throws {
    #expect(OpenBLASCore.problem(withPin: "Haswell") == nil)
    #expect(try #require(OpenBLASCore.problem(withPin: "haswell")).contains("write “Haswell”"))
    #expect(try #require(OpenBLASCore.problem(withPin: "Fast")).contains("choose one of Prescott, "))
  }

  @Test func aKernelBeyondTheProcessorIsAProblem() throws {
    let problem = try #require(OpenBLASCore.problem(withPin: "SkylakeX", on: [.avx, .avx2, .fma]))
    #expect(problem.contains("Its best kernel is Haswell."))
    #expect(OpenBLASCore.problem(withPin: "SkylakeX", on: zen5) == nil)
  }

  @Test func everyProcessorCanRunItsBestCore() {
    for bits in UInt32(0)..<128 {
      let processor = Processor(rawValue: bits)
      guard let best = processor.bestCore else { return }
      #expect(processor.isSuperset(of: best.needs))
    }
  }

  @Test func thisProcessHasAKernel() {
    let environment = NumericsEnvironment.current
    #expect(!environment.core.isEmpty)
    #if arch(x86_64)
      // OpenBLAS never picks a kernel that the processor cannot run.
      let core = OpenBLASCore(rawValue: environment.core)
      #expect(core.map { environment.processor.isSuperset(of: $0.needs) } != false)
    #endif
  }
}
