internal import SwiftProtobuf

/// One message as it travels: a header of 8 bytes, then the message's body in protobuf.
///
/// Header, fixed for all versions: the four letters `WNNW`, the protocol version and the message type, both 16 bits
/// with the high byte first. So any version can tell that a peer speaks another one.
package enum Frame {
  /// The version that this build speaks.
  package static let version: UInt16 = 3
  private static let magic = Array("WNNW".utf8)
  private static let headerBytes = 8

  /// The bytes of `message`. Traps when the message passes a limit: senders keep to ``Limits``.
  package static func encode(_ message: Message) -> [UInt8] { encode(message, version: version) }

  /// Whether ``encode(_:)`` takes `message`.
  package static func fits(_ message: Message) -> Bool { encodeIfFits(message) != nil }

  /// The bytes of `message`; nil when it passes the limit of a frame.
  package static func encodeIfFits(_ message: Message) -> [UInt8]? {
    let (type, bytes) = bytes(of: message, version: version)
    return bytes.count <= type.frameLimit ? bytes : nil
  }

  /// As if a build of another version had sent it; for tests and for no other use.
  package static func encode(_ message: Message, version: UInt16) -> [UInt8] {
    let (type, bytes) = bytes(of: message, version: version)
    precondition(
      bytes.count <= type.frameLimit, "a \(type) of \(bytes.count) bytes passes the limit of \(type.frameLimit)")
    return bytes
  }

  private static func bytes(of message: Message, version: UInt16) -> (MessageType, [UInt8]) {
    let (type, body) = message.body
    var bytes = magic
    bytes += [UInt8(version >> 8), UInt8(version & 255), UInt8(type.rawValue >> 8), UInt8(type.rawValue & 255)]
    do {
      bytes += try body.serializedBytes() as [UInt8]
    } catch {
      preconditionFailure("a \(type) cannot be written: \(error)")
    }
    return (type, bytes)
  }

  /// Reads a frame. Whatever the bytes are, the answer is a message or a problem, never a trap.
  package static func decode(_ bytes: [UInt8]) throws(FrameProblem) -> Message {
    guard bytes.count >= headerBytes, bytes.starts(with: magic) else { throw .notWinnow }
    let version = UInt16(bytes[4]) << 8 | UInt16(bytes[5])
    let number = UInt16(bytes[6]) << 8 | UInt16(bytes[7])
    guard version == Self.version else { throw .otherVersion(version, reject: reject(number, bytes)) }
    guard let type = MessageType(rawValue: number) else { throw .unknownType(number) }
    guard bytes.count <= type.frameLimit else { throw .tooLong(bytes.count, limit: type.frameLimit) }
    return try Message(type, Array(bytes[headerBytes...]))
  }

  private static func reject(_ number: UInt16, _ bytes: [UInt8]) -> Reject? {
    guard number == MessageType.reject.rawValue, bytes.count <= Limits.controlFrame,
      case .coordinator(.reject(let reject)) = try? Message(.reject, Array(bytes[headerBytes...]))
    else { return nil }
    return reject
  }
}

/// Why bytes are not a message. It costs the frame, nothing else.
package enum FrameProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// Someone who does not speak this protocol at all.
  case notWinnow
  /// A peer of another protocol version, and what it says if it refuses us.
  case otherVersion(UInt16, reject: Reject?)
  case unknownType(UInt16)
  case tooLong(Int, limit: Int)
  case malformed(String)

  package var description: String {
    switch self {
    case .notWinnow: "the bytes are not Winnow's"
    case .otherVersion(let version, let reject):
      "the peer speaks protocol version \(version), this build speaks \(Frame.version)"
        + (reject.map { "; it says: \($0.reason)" } ?? "")
    case .unknownType(let number): "message type \(number) is not known"
    case .tooLong(let count, let limit): "a frame of \(count) bytes passes the limit of \(limit)"
    case .malformed(let reason): reason
    }
  }
}
