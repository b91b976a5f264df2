import Files
import Foundation
package import Wire

/// Keys on disk: `NAME.key` holds a pair and is for its owner only, `NAME.pub` holds one line for the other side.
package enum KeyFile {
  /// How a file with a secret key begins.
  static let secretMark = "# The secret key of"

  /// Makes a fresh pair called `name` in `directory`: `NAME.key` (0600) and `NAME.pub`, the directory 0700 if new. The line in
  /// `NAME.pub` is one for the list of authorised keys, with the role if one is given.
  ///
  /// - Throws: when a file of that name exists (a key is never overwritten) or cannot be written.
  @discardableResult
  package static func create(name: String, role: Role? = nil, in directory: String) throws -> KeyPair {
    guard isName(name) else {
      throw TransportError("\"\(name)\" cannot name a key: use letters, digits, dots, dashes and underscores")
    }
    let keys = KeyPair.generate()
    try makeDirectory(directory)
    try write(
      "\(secretMark) \(name). Whoever can read this file can act in its name.\n\(keys.secret.text)\n",
      to: "\(directory)/\(name).key", mode: 0o600)
    let words = [keys.publicKey.description, name] + (role.map { [$0.rawValue] } ?? [])
    try write(words.joined(separator: " ") + "\n", to: "\(directory)/\(name).pub", mode: 0o644)
    return keys
  }

  /// Reads the pair in `path`.
  ///
  /// - Throws: when the file is missing, is no key, or can be read or changed by other users.
  package static func readPair(_ path: String) throws -> KeyPair {
    let text = try read(path, what: "the secret key")
    try requirePrivate(path)
    for line in text.split(whereSeparator: \.isNewline) {
      if let secret = SecretKey(String(line).trimmingCharacters(in: .whitespaces)) { return KeyPair(secret: secret) }
    }
    throw TransportError("\(path) holds no secret key; make one with: winnow keys new NAME")
  }

  /// A public key in the file of that path where there is one, or else given as 40 characters.
  package static func readPublic(_ textOrPath: String) throws -> PublicKey {
    // A path may have 40 characters of the kind that keys are written in.
    guard FileReading.exists(textOrPath) else {
      if let key = PublicKey(textOrPath) { return key }
      throw TransportError("\(textOrPath) is neither a public key of 40 characters nor a file that holds one")
    }
    let text = try read(textOrPath, what: "the public key")
    guard !text.contains(secretMark) else {
      throw TransportError("\(textOrPath) holds a secret key; the public key is in the .pub file beside it")
    }
    for line in text.split(whereSeparator: \.isNewline) {
      let first = line.split(whereSeparator: \.isWhitespace).first
      if let key = first.flatMap({ PublicKey(String($0)) }) { return key }
    }
    throw TransportError("\(textOrPath) holds no public key of 40 characters")
  }

  /// Whether `name` may name a key: it becomes a file name and a word in log lines.
  package static func isName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 64 && name.first != "."
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
  }

  /// Makes `path` and its parents; a directory that is new is for its owner only.
  package static func makeDirectory(_ path: String) throws {
    guard !FileReading.exists(path) else { return }
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw TransportError("cannot make the directory \(path): \(String(cString: strerror(errno)))")
    }
  }

  /// Writes a new file whose mode is right from its first moment.
  package static func write(_ text: String, to path: String, mode: UInt32) throws {
    do {
      try FileWriting.create(path, Array(text.utf8), mode: mode)
    } catch let error as FileError {
      throw TransportError(
        error.code == EEXIST ? "cannot write \(path): it exists, and keys are never overwritten" : error.description)
    }
  }

  /// The text of a file of keys, without the byte order mark that editors on Windows put before it.
  static func read(_ path: String, what: String) throws -> String {
    do {
      let bytes = try FileReading.bytes(of: path, limit: 1 << 20)
      return String(decoding: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...], as: UTF8.self)
    } catch let error as FileError {
      throw TransportError("cannot read \(what) in \(path): \(error.problem)")
    }
  }

  static func requirePrivate(_ path: String) throws {
    var status = stat()
    guard stat(path, &status) == 0 else { throw TransportError("cannot look at \(path)") }
    guard status.st_mode & 0o077 == 0 else {
      throw TransportError("\(path) can be used by other users of this host; protect it with: chmod 600 \(path)")
    }
    let directory = (path as NSString).deletingLastPathComponent
    guard stat(directory.isEmpty ? "." : directory, &status) == 0 else { return }
    // Sticky directories such as /tmp let nobody replace another user's file.
    guard status.st_mode & 0o022 == 0 || status.st_mode & UInt32(S_ISVTX) != 0 else {
      throw TransportError("other users may replace the key in \(directory); protect it with: chmod 700 \(directory)")
    }
  }
}
