/// A kernel of OpenBLAS on x86-64. The raw value is its name in `OPENBLAS_CORETYPE`, in `numerics.core` of a sweep and in
/// ``BLAS/core``.
///
/// These are the names that OpenBLAS 0.3.21 as packaged by Debian honours. It ignores every other name without a word,
/// which is why ``problem(withPin:on:)`` exists.
package enum OpenBLASCore: String, CaseIterable, Sendable {
  case prescott = "Prescott"
  case atom = "Atom"
  case core2 = "Core2"
  case penryn = "Penryn"
  case dunnington = "Dunnington"
  case nehalem = "Nehalem"
  case nano = "Nano"
  case opteron = "Opteron"
  case opteronSSE3 = "Opteron_SSE3"
  case barcelona = "Barcelona"
  case bobcat = "Bobcat"
  case sandybridge = "Sandybridge"
  case bulldozer = "Bulldozer"
  case piledriver = "Piledriver"
  case steamroller = "Steamroller"
  case excavator = "Excavator"
  case haswell = "Haswell"
  case zen = "Zen"
  case skylakeX = "SkylakeX"
  case cooperlake = "Cooperlake"

  /// What a processor must offer lest the kernel die of an illegal instruction.
  package var needs: Processor {
    switch self {
    case .prescott, .atom, .core2, .penryn, .dunnington, .nehalem, .nano, .opteron, .opteronSSE3, .barcelona, .bobcat:
      []
    case .sandybridge: .avx
    case .bulldozer: [.avx, .fma4]
    case .piledriver, .steamroller, .excavator: [.avx, .fma4, .fma]
    case .haswell, .zen: [.avx2, .fma]
    case .skylakeX: .avx512
    case .cooperlake: [.avx512, .avx512BF16]
    }
  }

  /// Single-precision multiply-adds an instruction: how fast the kernel is compared with others, roughly.
  package var lanes: Int {
    if needs.contains(.avx512) { return 16 }
    return needs.isEmpty ? 4 : 8
  }

  /// Why a sweep or an operator cannot pin the kernel `name` on `processor`, in a sentence; nil when they can.
  ///
  /// - Parameter processor: nil checks the name alone, for a sweep whose workers are not known yet.
  package static func problem(withPin name: String, on processor: Processor? = nil) -> String? {
    guard let core = OpenBLASCore(rawValue: name) else {
      let names = allCases.map(\.rawValue)
      if let meant = names.first(where: { $0.lowercased() == name.lowercased() }) {
        return "OpenBLAS has no kernel “\(name)”; write “\(meant)”."
      }
      return "OpenBLAS has no kernel “\(name)”; choose one of \(names.joined(separator: ", "))."
    }
    guard let processor, !processor.isSuperset(of: core.needs) else { return nil }
    let best = processor.bestCore.map { " Its best kernel is \($0.rawValue)." } ?? ""
    return
      "This processor cannot run OpenBLAS's kernel \(name), because it lacks instructions that the kernel uses.\(best)"
  }
}
