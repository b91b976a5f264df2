import Numerics

/// The stored form: the magic `WNET`, then little-endian 32-bit words: version 1, the number of widths, the widths, mean and
/// deviation, then of each layer its weights (outputs × inputs, row-major) and biases.
extension Network {
  private static let magic = Array("WNET".utf8)
  private static let version: UInt32 = 1

  /// Everything that makes this network, the same bytes on every host.
  package var bytes: [UInt8] {
    let widths = architecture.widths
    var bytes = Self.magic
    bytes.reserveCapacity(4 * (5 + widths.count + architecture.parameters))
    func append(_ word: UInt32) {
      for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: word >> shift)) }
    }
    append(Self.version)
    append(UInt32(widths.count))
    for width in widths { append(UInt32(width)) }
    for value in [normalisation.mean, normalisation.deviation] { append(value.bitPattern) }
    for layer in layers {
      for value in layer.weights.values { append(value.bitPattern) }
      for value in layer.bias { append(value.bitPattern) }
    }
    return bytes
  }

  /// Reads what ``bytes`` wrote. Throws ``NetworkFormatError`` for anything else.
  package init(bytes: [UInt8]) throws {
    var reader = WordReader(bytes: bytes)
    guard bytes.starts(with: Self.magic) else { throw NetworkFormatError.notANetwork }
    reader.offset = Self.magic.count
    let version = try reader.word()
    guard version == Self.version else { throw NetworkFormatError.unknownVersion(version) }
    let architecture = try reader.architecture()
    let (mean, deviation) = (try reader.float(), try reader.float())
    guard mean.isFinite, deviation.isFinite, deviation > 0 else { throw NetworkFormatError.damaged("normalisation") }
    guard bytes.count - reader.offset == 4 * architecture.parameters else {
      throw NetworkFormatError.wrongLength(expected: reader.offset + 4 * architecture.parameters, actual: bytes.count)
    }
    let widths = architecture.widths
    let layers = try zip(widths, widths.dropFirst()).map { inputs, outputs in
      let weights = try (0..<inputs * outputs).map { _ in try reader.float() }
      let bias = try (0..<outputs).map { _ in try reader.float() }
      return Layer(weights: Matrix(rows: outputs, columns: inputs, values: weights), bias: bias)
    }
    self.init(
      architecture, normalisation: PixelNormalisation(mean: mean, deviation: deviation), layers: layers)
  }
}

/// Why bytes are not a network.
package enum NetworkFormatError: Error, Hashable, CustomStringConvertible {
  case notANetwork
  case unknownVersion(UInt32)
  case damaged(String)
  case wrongLength(expected: Int, actual: Int)

  package var description: String {
    switch self {
    case .notANetwork: "These bytes are not a stored network: they do not start with WNET."
    case .unknownVersion(let version): "The network is stored in format \(version); this program reads format 1."
    case .damaged(let part): "The stored network is damaged: its \(part) cannot be right. Train it again."
    case .wrongLength(let expected, let actual):
      "The stored network is damaged: \(actual) bytes instead of \(expected). Train it again."
    }
  }
}

/// Reads little-endian words one after the other.
private struct WordReader {
  let bytes: [UInt8]
  var offset = 0

  mutating func word() throws -> UInt32 {
    guard offset + 4 <= bytes.count else {
      throw NetworkFormatError.wrongLength(expected: offset + 4, actual: bytes.count)
    }
    defer { offset += 4 }
    return (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << (8 * $1) }
  }

  mutating func float() throws -> Float { Float(bitPattern: try word()) }

  /// Limits keep the products of hostile widths far from overflow.
  mutating func architecture() throws -> Architecture {
    let count = try word()
    guard (2...64).contains(count) else { throw NetworkFormatError.damaged("number of layers") }
    let widths = try (0..<count).map { _ in Int(try word()) }
    guard widths.allSatisfy({ (1...1 << 24).contains($0) }), widths[widths.count - 1] > 1 else {
      throw NetworkFormatError.damaged("list of widths")
    }
    return Architecture(
      inputs: widths[0], hidden: Array(widths[1..<widths.count - 1]), classes: widths[widths.count - 1])
  }
}
