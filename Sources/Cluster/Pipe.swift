import Core
import Files
import Foundation

/// A pipe between two processes that carries framed messages: four bytes of length, low byte first, then the bytes.
struct Pipe {
  let reading: Int32
  let writing: Int32

  /// Both ends are closed in programs that are started, unless handed over by name.
  init() throws {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else {
      throw FileError("a pipe between processes", "cannot be made", code: errno)
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    reading = ends[0]
    writing = ends[1]
  }
}

/// Writes framed messages.
struct PipeWriter {
  let descriptor: Int32

  /// Waits until all is written; false when the other side is gone.
  @discardableResult func send(_ message: [UInt8]) -> Bool {
    let bytes = UInt32(message.count).littleEndianBytes + message
    var written = 0
    while written < bytes.count {
      let count = write(descriptor, written == 0 ? bytes : Array(bytes[written...]), bytes.count - written)
      if count > 0 {
        written += count
      } else if count < 0, errno != EINTR, errno != EAGAIN {
        return false
      }
    }
    return true
  }
}

/// Reads framed messages.
struct PipeReader {
  /// Longer messages are taken for a broken stream.
  static let messageLimit = 16 << 20

  let descriptor: Int32
  private var buffer: [UInt8] = []

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// Reads what there is, waiting only when nothing is; false at the end of the stream or when it is broken.
  mutating func fill() -> Bool {
    var piece = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = read(descriptor, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN { return true }
      guard count > 0 else { return false }
      buffer += piece[..<count]
      return (announced ?? 0) <= Self.messageLimit
    }
  }

  /// The next whole message that was read.
  mutating func next() -> [UInt8]? {
    guard let length = announced, length <= Self.messageLimit, buffer.count >= 4 + length else { return nil }
    let message = Array(buffer[4..<(4 + length)])
    buffer.removeFirst(4 + length)
    return message
  }

  private var announced: Int? {
    guard buffer.count >= 4 else { return nil }
    return Int(littleEndianBytes: buffer[..<4])
  }
}
