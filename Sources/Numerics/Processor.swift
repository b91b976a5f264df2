import CKernels

/// What an x86-64 processor can do, as far as it decides which kernels run; empty on other architectures.
package struct Processor: OptionSet, Hashable, Sendable {
  package let rawValue: UInt32

  package init(rawValue: UInt32) { self.rawValue = rawValue }

  package static let avx = Processor(rawValue: UInt32(WINNOW_AVX))
  package static let fma4 = Processor(rawValue: UInt32(WINNOW_FMA4))
  package static let fma = Processor(rawValue: UInt32(WINNOW_FMA))
  package static let avx2 = Processor(rawValue: UInt32(WINNOW_AVX2))
  /// F, CD, BW, DQ and VL together.
  package static let avx512 = Processor(rawValue: UInt32(WINNOW_AVX512))
  package static let avx512BF16 = Processor(rawValue: UInt32(WINNOW_AVX512_BF16))
  /// Made by AMD.
  package static let amd = Processor(rawValue: UInt32(WINNOW_AMD))

  /// The processor of this host.
  package static let current = Processor(rawValue: winnow_processor_features())

  /// The kernel that OpenBLAS should choose for this processor; nil on other architectures than x86-64.
  package var bestCore: OpenBLASCore? {
    #if arch(x86_64)
      if isSuperset(of: [.avx512, .avx512BF16]) { return .cooperlake }
      if contains(.avx512) { return .skylakeX }
      if isSuperset(of: [.avx2, .fma]) { return contains(.amd) ? .zen : .haswell }
      return contains(.avx) ? .sandybridge : .nehalem
    #else
      return nil
    #endif
  }
}
