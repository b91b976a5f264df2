package import Core
import Glibc

/// A file whose bytes are read where they lie: they take none of a process's own memory, and the system keeps of them what
/// there is room for.
///
/// The file may lose its name while it is in use, but nobody may change or shorten it.
package final class MappedFile: Sendable {
  package let path: String
  /// Bytes.
  package let size: Int
  /// nil for an empty file.
  private nonisolated(unsafe) let base: UnsafeRawPointer?

  /// nil when there is no such file, or it cannot be mapped: then it has to be read.
  package init?(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    (self.path, size) = (path, Int(status.st_size))
    guard size > 0 else {
      base = nil
      return
    }
    guard let mapped = mmap(nil, size, PROT_READ, MAP_SHARED, descriptor, 0), mapped != MAP_FAILED else { return nil }
    base = UnsafeRawPointer(mapped)
  }

  deinit { if let base { munmap(UnsafeMutableRawPointer(mutating: base), size) } }

  /// A copy of the bytes of `range`, which lies within the file; traps otherwise.
  package func bytes(_ range: Range<Int>) -> [UInt8] {
    precondition(range.lowerBound >= 0 && range.upperBound <= size, "bytes \(range) of \(size)")
    guard let base, !range.isEmpty else { return [] }
    return Array(UnsafeRawBufferPointer(start: base + range.lowerBound, count: range.count))
  }

  /// Tells the system that what has been read so far will not be needed soon: its pages no longer count as this process's.
  package func release() { if let base { madvise(UnsafeMutableRawPointer(mutating: base), size, MADV_DONTNEED) } }

  /// The digest of all bytes, which are read piece by piece.
  package var digest: Digest {
    let builder = DigestBuilder()
    for start in stride(from: 0, to: size, by: Self.pieceBytes) {
      builder.update(bytes(start..<min(start + Self.pieceBytes, size)))
    }
    release()
    return builder.finalize()
  }

  private static let pieceBytes = 1 << 20

  /// Writes `count` numbers that begin at byte `offset` to `target`, which has room for them; traps outside the file.
  func copy(_ type: MappedRows.Element, at offset: Int, count: Int, to target: UnsafeMutablePointer<Float>) {
    precondition(offset >= 0 && offset + count * type.size <= size, "\(count) numbers from byte \(offset) of \(size)")
    guard let base, count > 0 else { return }
    switch type {
    case .float32: memcpy(target, base + offset, count * type.size)
    case .float16:
      for index in 0..<count {
        let half = (base + offset).loadUnaligned(fromByteOffset: 2 * index, as: Float16.self)
        (target + index).initialize(to: Float(half))
      }
    }
  }
}

/// Rows of numbers in a file, one after the other, little-endian.
package struct MappedRows: Sendable {
  package enum Element: Sendable {
    case float16
    case float32

    /// Bytes.
    package var size: Int { self == .float16 ? 2 : 4 }
  }

  package let file: MappedFile
  package let rows: Int
  package let columns: Int
  package let element: Element
  private let offset: Int

  /// nil unless the file holds so many behind its first `offset` bytes.
  package init?(_ file: MappedFile, offset: Int, element: Element, rows: Int, columns: Int) {
    let (values, tooMany) = rows.multipliedReportingOverflow(by: columns)
    guard rows >= 0, columns >= 0, (0...file.size).contains(offset), !tooMany,
      values <= (file.size - offset) / element.size
    else {
      return nil
    }
    (self.file, self.rows, self.columns) = (file, rows, columns)
    (self.offset, self.element) = (offset, element)
  }

  /// Writes consecutive rows to `target`, which has room for them.
  func copy(_ rows: Range<Int>, to target: UnsafeMutablePointer<Float>) {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= self.rows, "rows \(rows) of \(self.rows)")
    file.copy(element, at: offset + rows.lowerBound * columns * element.size, count: rows.count * columns, to: target)
  }
}
