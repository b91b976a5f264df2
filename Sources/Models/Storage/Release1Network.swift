import Core
import Numerics
import Samples

/// Reads networks as release 1 stored them: the magic `WNET`, then little-endian 32-bit words: version 1, the number of
/// widths, the widths, mean and deviation of grey pixels, then of each layer its weights (outputs × inputs, row-major) and
/// biases. All were multilayer perceptrons of images whose height nobody wrote down.
enum Release1Network {
  static let magic = Array("WNET".utf8)

  static func read(_ bytes: [UInt8]) throws -> Network {
    var reader = WordReader(bytes: bytes, offset: magic.count)
    let version = try reader.word()
    guard version == 1 else { throw NetworkFormatError.unknownVersion("\(version)") }
    let widths = try reader.widths()
    let (mean, deviation) = (try reader.float(), try reader.float())
    guard mean.isFinite, deviation.isFinite, deviation > 0 else {
      throw NetworkFormatError.damaged("nothing can be normalised by \(mean) and \(deviation)")
    }
    let pairs = Array(zip(widths, widths.dropFirst()))
    let length = reader.offset + 4 * pairs.reduce(0) { $0 + ($1.0 + 1) * $1.1 }
    guard bytes.count == length else { throw NetworkFormatError.wrongLength(expected: length, actual: bytes.count) }
    var layers: [Layer] = []
    for (inputs, outputs) in pairs {
      if !layers.isEmpty { layers.append(.rectifier) }
      let weights = Matrix(rows: outputs, columns: inputs, values: try reader.floats(inputs * outputs))
      layers.append(.linear(weights: weights, bias: try reader.floats(outputs)))
    }
    return Network(
      input: .vector(width: widths[0]), normalisation: PixelNormalisation(mean: [mean], deviation: [deviation]),
      layers: layers, family: MLPFamily().name)
  }
}

/// Reads little-endian words one after the other.
private struct WordReader {
  let bytes: [UInt8]
  var offset: Int

  mutating func word() throws -> UInt32 {
    guard offset + 4 <= bytes.count else {
      throw NetworkFormatError.wrongLength(expected: offset + 4, actual: bytes.count)
    }
    defer { offset += 4 }
    return UInt32(littleEndianBytes: bytes[offset..<offset + 4])
  }

  mutating func float() throws -> Float { Float(bitPattern: try word()) }

  mutating func floats(_ count: Int) throws -> [Float] { try (0..<count).map { _ in try float() } }

  /// Limits keep the products of hostile widths far from overflow.
  mutating func widths() throws -> [Int] {
    let count = try word()
    guard (2...64).contains(count) else { throw NetworkFormatError.damaged("it cannot have \(count) widths") }
    let widths = try (0..<count).map { _ in Int(try word()) }
    guard widths.allSatisfy({ (1...1 << 24).contains($0) }), widths[widths.count - 1] > 1 else {
      throw NetworkFormatError.damaged("no network has the widths \(widths)")
    }
    return widths
  }
}
