import CZMQ

/// A CURVE public key: 32 bytes, written as 40 characters of Z85.
package struct PublicKey: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// Always 32 bytes.
  package let bytes: [UInt8]
  /// 40 characters.
  package let description: String

  /// Reads 40 characters of Z85; nil for anything else.
  package init?(_ text: String) {
    guard let bytes = Z85.decode(text) else { return nil }
    self.bytes = bytes
    description = text
  }

  /// Takes 32 raw bytes; nil for any other length.
  package init?(bytes: [UInt8]) {
    guard let text = Z85.encode(bytes) else { return nil }
    self.bytes = bytes
    description = text
  }

  package static func < (left: PublicKey, right: PublicKey) -> Bool { left.description < right.description }
}

/// The secret half of a pair. Its text goes into key files only; printing one shows nothing.
package struct SecretKey: Hashable, Sendable, CustomStringConvertible {
  let bytes: [UInt8]

  /// Reads 40 characters of Z85; nil for anything else.
  init?(_ text: String) {
    guard let bytes = Z85.decode(text) else { return nil }
    self.bytes = bytes
  }

  var text: String { Z85.encode(bytes)! }
  package var description: String { "(secret)" }
}

/// What one host proves its identity with.
package struct KeyPair: Hashable, Sendable {
  package let publicKey: PublicKey
  package let secret: SecretKey

  /// A fresh pair from the system's randomness. The text of its public key begins with a letter or a digit, so that command
  /// lines and shells take it for what it is.
  package static func generate() -> KeyPair {
    while true {
      let pair = anyPair()
      if let first = pair.publicKey.description.first, first.isASCII, first.isLetter || first.isNumber { return pair }
    }
  }

  private static func anyPair() -> KeyPair {
    var publicText = [CChar](repeating: 0, count: 41)
    var secretText = publicText
    guard zmq_curve_keypair(&publicText, &secretText) == 0 else {
      preconditionFailure("this libzmq was built without CURVE")
    }
    return KeyPair(publicKey: PublicKey(Z85.text(publicText))!, secret: SecretKey(Z85.text(secretText))!)
  }

  /// The pair that `secret` belongs to.
  init(secret: SecretKey) {
    var publicText = [CChar](repeating: 0, count: 41)
    guard zmq_curve_public(&publicText, secret.text) == 0 else {
      preconditionFailure("this libzmq was built without CURVE")
    }
    self.init(publicKey: PublicKey(Z85.text(publicText))!, secret: secret)
  }

  private init(publicKey: PublicKey, secret: SecretKey) {
    self.publicKey = publicKey
    self.secret = secret
  }
}

/// ZeroMQ's printable encoding (RFC 32): five characters for four bytes.
enum Z85 {
  /// 32 bytes from 40 characters; nil for anything else.
  static func decode(_ text: String) -> [UInt8]? {
    guard text.utf8.count == 40, !text.utf8.contains(0) else { return nil }
    var bytes = [UInt8](repeating: 0, count: 32)
    guard zmq_z85_decode(&bytes, text) != nil else { return nil }
    // Some five-character groups stand for more than 32 bits; only what encodes back is a key.
    return encode(bytes) == text ? bytes : nil
  }

  static func encode(_ bytes: [UInt8]) -> String? {
    guard bytes.count == 32 else { return nil }
    var characters = [CChar](repeating: 0, count: 41)
    zmq_z85_encode(&characters, bytes, bytes.count)
    return text(characters)
  }

  static func text(_ characters: [CChar]) -> String {
    String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
