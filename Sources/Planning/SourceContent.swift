package import Core
import Files
import Formats
import Foundation

/// The bytes of a raw file: in memory, or where they lie, so that a large one takes no memory while it is handed in.
package struct SourceContent {
  private enum Bytes {
    case memory([UInt8])
    /// With what keeps the file, where it is one of our own.
    case file(OpenFile, WorkFile?)
  }

  /// Bytes.
  package let size: Int
  package let digest: Digest
  private let bytes: Bytes

  package init(_ content: [UInt8]) {
    (size, digest, bytes) = (content.count, Digest(of: content), .memory(content))
  }

  /// The file at `path`. Throws a `FileError` when it cannot be read or has more than `limit` bytes.
  package static func file(_ path: String, limit: Int) throws -> SourceContent {
    // Only a regular file has places; and those of /proc say that they are empty.
    guard let file = try? OpenFile(path), file.size > 0 else {
      return SourceContent(try FileReading.bytes(of: path, limit: limit))
    }
    guard file.size <= limit else {
      throw FileError(path, "the file has \(file.size) bytes; at most \(limit) are read")
    }
    return try SourceContent(file, keeping: nil)
  }

  /// The archive of the directory at `path` with those `fields` of its table of metadata, which is written where `TMPDIR` says while this exists. Throws a `FileError`.
  package static func archive(
    ofDirectory path: String, fields: Set<String> = [], limit: Int
  ) throws -> SourceContent {
    let work = try WorkFile(in: FileManager.default.temporaryDirectory.path)
    try FolderArchive.write(path, fields: fields, limit: limit) { try work.append($0) }
    return try SourceContent(try OpenFile(work.path), keeping: work)
  }

  private init(_ file: OpenFile, keeping work: WorkFile?) throws {
    let builder = DigestBuilder()
    for start in stride(from: 0, to: file.size, by: Self.pieceBytes) {
      builder.update(try Self.piece(of: file, at: start, count: min(Self.pieceBytes, file.size - start)))
    }
    (size, digest, bytes) = (file.size, builder.finalize(), .file(file, work))
  }

  private static let pieceBytes = 1 << 20

  /// The bytes of `range`, which lies within the content; traps otherwise. Throws a `FileError` when the file can no longer be
  /// read there. Whether it still holds what ``digest`` says, whoever keeps the bytes has to see.
  package func bytes(_ range: Range<Int>) throws -> [UInt8] {
    precondition(range.lowerBound >= 0 && range.upperBound <= size, "bytes \(range) of \(size)")
    switch bytes {
    case .memory(let content): return Array(content[range])
    case .file(let file, _): return try Self.piece(of: file, at: range.lowerBound, count: range.count)
    }
  }

  private static func piece(of file: OpenFile, at offset: Int, count: Int) throws -> [UInt8] {
    let piece = try file.bytes(at: offset, count: count)
    guard piece.count == count else {
      throw FileError(file.path, "the file became shorter while it was read; hand it in again")
    }
    return piece
  }
}
