import Core
package import Samples

/// Reads the binary files of CIFAR-10 and CIFAR-100 (https://www.cs.toronto.edu/~kriz/cifar.html): for each picture its label, or
/// its coarse and its fine label, and 32 × 32 values of red, of green and of blue.
package enum CIFARBinary {
  package enum Variant: Int, CaseIterable, Hashable, Sendable {
    case ten = 10
    case hundred = 100

    /// Bytes before the pixels.
    var labelBytes: Int { self == .ten ? 1 : 2 }
  }

  package struct Content: Hashable, Sendable {
    package let images: ImageSet
    /// From 0 to 9, or the fine labels from 0 to 99.
    package let labels: [Int32]
    /// From 0 to 19; nil for CIFAR-10.
    package let coarseLabels: [Int32]?
  }

  private static let side = 32

  /// Throws a ``DatasetError`` that names `name` for a file that does not hold whole pictures, and for a label out of range.
  package static func read(_ file: [UInt8], _ variant: Variant, name: String) throws -> Content {
    let bytes = try Gzip.unpacked(file, name: name, limit: IDXFile.sizeLimit)
    let plane = side * side
    let record = variant.labelBytes + 3 * plane
    guard !bytes.isEmpty, bytes.count.isMultiple(of: record) else {
      throw DatasetError(
        name,
        "\(bytes.count) bytes are not a whole number of pictures of CIFAR-\(variant.rawValue), \(record) bytes each")
    }
    let count = bytes.count / record
    var pixels = [UInt8](repeating: 0, count: count * 3 * plane)
    var (labels, coarse): ([Int32], [Int32]) = ([], [])
    for index in 0..<count {
      let start = index * record
      if variant == .hundred { coarse.append(try label(bytes[start], below: 20, index, name)) }
      labels.append(try label(bytes[start + variant.labelBytes - 1], below: variant.rawValue, index, name))
      let source = start + variant.labelBytes
      for place in 0..<plane {
        for channel in 0..<3 { pixels[(index * plane + place) * 3 + channel] = bytes[source + channel * plane + place] }
      }
    }
    return Content(
      images: ImageSet(count: count, height: side, width: side, channels: 3, pixels: pixels), labels: labels,
      coarseLabels: variant == .hundred ? coarse : nil)
  }

  private static func label(_ byte: UInt8, below limit: Int, _ index: Int, _ name: String) throws -> Int32 {
    guard Int(byte) < limit else {
      throw DatasetError(name, "picture \(index) has the label \(byte), but the labels are 0 to \(limit - 1)")
    }
    return Int32(byte)
  }
}
