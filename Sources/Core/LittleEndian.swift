/// Whole numbers as the formats that we read and write keep them: the lowest byte first.
extension FixedWidthInteger {
  /// Its bytes, the lowest first.
  package var littleEndianBytes: [UInt8] {
    (0..<Self.bitWidth / 8).map { UInt8(truncatingIfNeeded: self >> (8 * $0)) }
  }

  /// The number whose bytes these are, the lowest first: as many as it has, or fewer.
  package init(littleEndianBytes bytes: some Sequence<UInt8>) {
    self = bytes.reversed().reduce(0) { $0 << 8 | Self($1) }
  }
}
