import CZlib
import CZstd
import Core

/// How a stream is compressed.
enum Packing: Hashable, Sendable {
  case gzip, zstandard

  /// Told from the first four bytes.
  init?(_ start: [UInt8]) {
    if Gzip.isCompressed(start) {
      self = .gzip
    } else if start.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
      self = .zstandard
    } else {
      return nil
    }
  }
}

/// A stream decompressed piece by piece, in memory that does not grow with it.
final class PackedStream: ByteStream {
  private static let pieceSize = 1 << 18

  private let source: any ByteStream
  private let packing: Packing
  private let name: String
  private let decoder: OpaquePointer
  private var input: [UInt8] = []
  private var taken = 0
  private var output = [UInt8](repeating: 0, count: pieceSize)
  /// What of `output` was not given out.
  private var ready = 0..<0
  /// Inside a member or frame, where the source may not end.
  private var isInside = false
  private var isAtEnd = false
  private(set) var position = 0

  /// Throws a ``DatasetError`` when memory is short.
  init(_ source: any ByteStream, _ packing: Packing, name: String) throws {
    let decoder = packing == .gzip ? winnow_inflater_open() : winnow_zstd_open()
    guard let decoder else { throw DatasetError(name, "there was not enough memory to decompress it") }
    (self.source, self.packing, self.name, self.decoder) = (source, packing, name, decoder)
  }

  deinit {
    switch packing {
    case .gzip: winnow_inflater_close(decoder)
    case .zstandard: winnow_zstd_close(decoder)
    }
  }

  func read(_ count: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count, try hasMore() {
      let piece = ready.prefix(count - bytes.count)
      bytes += output[piece.startIndex..<piece.endIndex]
      ready = piece.endIndex..<ready.upperBound
    }
    position += bytes.count
    return bytes
  }

  func skip(_ count: Int) throws -> Int {
    var skipped = 0
    while skipped < count, try hasMore() {
      let step = min(count - skipped, ready.count)
      ready = (ready.lowerBound + step)..<ready.upperBound
      skipped += step
    }
    position += skipped
    return skipped
  }

  /// Whether something is ready to be given out; decompresses the next piece where nothing is.
  private func hasMore() throws -> Bool {
    while ready.isEmpty, !isAtEnd {
      if taken == input.count {
        input = try source.read(Self.pieceSize)
        taken = 0
      }
      guard !input.isEmpty || isInside else {
        isAtEnd = true
        break
      }
      try step()
    }
    return !ready.isEmpty
  }

  private func step() throws {
    var (consumed, written) = (0, 0)
    let status =
      switch packing {
      case .gzip:
        winnow_inflater_step(decoder, input, taken, input.count, &output, output.count, &consumed, &written)
      case .zstandard:
        winnow_zstd_step(decoder, input, taken, input.count, &output, output.count, &consumed, &written)
      }
    guard status >= 0 else { throw DatasetError(name, "the compressed data are damaged; get the file again") }
    if consumed == 0, written == 0, status == 1 {
      throw DatasetError(name, "the compressed data are cut short; get the file again")
    }
    isInside = status == 1
    taken += consumed
    ready = 0..<written
  }
}
