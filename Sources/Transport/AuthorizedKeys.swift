import Files
import Foundation

/// Who may connect: lines of `KEY NAME` with `#` comments, in a file that is read again whenever it changes.
package final class AuthorizedKeys {
  private struct Stamp: Equatable {
    var modified: Int
    var nanoseconds: Int
    var size: Int
    var file: UInt64
  }

  private let path: String?
  private let log: (String) -> Void
  private var stamp: Stamp?
  private var listed: [PublicKey: String] = [:]
  private let always: [PublicKey: String]

  /// - Parameters:
  ///   - path: the file; nil for none.
  ///   - always: keys that are accepted whatever the file says, with their names.
  ///   - log: takes one line for people each time the file was read or could not be.
  /// - Throws: when the file cannot be read now, or has a line that is neither key nor comment.
  package init(path: String?, always: [PublicKey: String] = [:], log: @escaping (String) -> Void) throws {
    self.path = path
    self.always = always
    self.log = log
    guard let path else { return }
    listed = try Self.parse(try KeyFile.read(path, what: "the authorised keys"), path: path)
    stamp = Self.stamp(of: path)
  }

  /// The name of `key`; nil when it is not on the list.
  package func name(of key: PublicKey) -> String? {
    reloadIfChanged()
    return listed[key] ?? always[key]
  }

  /// Adds a line to the file, which is made (0600) when it does not exist.
  package static func append(_ key: PublicKey, name: String, to path: String) throws {
    let before = FileReading.exists(path) ? try KeyFile.read(path, what: "the authorised keys") : ""
    guard try parse(before, path: path)[key] == nil else { return }
    let text = (before.last?.isNewline ?? true ? before : before + "\n") + "\(key) \(name)\n"
    do {
      try FileWriting.replace(path, Array(text.utf8), mode: 0o600)
    } catch let error as FileError {
      throw TransportError(error.description)
    }
  }

  /// The keys in `text`. A line starts with a key of 40 characters, or with `#`, or is empty.
  static func parse(_ text: String, path: String) throws -> [PublicKey: String] {
    var keys: [PublicKey: String] = [:]
    for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let words = line.split(maxSplits: 1, whereSeparator: \.isWhitespace)
      // Keys may begin with # themselves, so a line is a comment only when it is not a key.
      guard let first = words.first else { continue }
      if let key = PublicKey(String(first)) {
        let name = words.count > 1 ? String(words[1]).trimmingCharacters(in: .whitespaces) : "line-\(number + 1)"
        guard KeyFile.isName(name) else {
          throw TransportError("\(path), line \(number + 1): \"\(name.prefix(64))\" cannot name a key")
        }
        keys[key] = name
      } else if !line.trimmingCharacters(in: .whitespaces).hasPrefix("#") {
        throw TransportError(
          "\(path), line \(number + 1): a line is a public key of 40 characters and a name, or starts with #")
      }
    }
    return keys
  }

  private func reloadIfChanged() {
    guard let path, let now = Self.stamp(of: path), now != stamp else { return }
    stamp = now
    do {
      listed = try Self.parse(try KeyFile.read(path, what: "the authorised keys"), path: path)
      log("read \(path) again: \(listed.count) authorised keys")
    } catch {
      // A half-edited file must neither lock everybody out nor let anybody in.
      log("\(error); the keys read before stay authorised")
    }
  }

  private static func stamp(of path: String) -> Stamp? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return Stamp(
      modified: Int(status.st_mtim.tv_sec), nanoseconds: Int(status.st_mtim.tv_nsec), size: Int(status.st_size),
      file: UInt64(status.st_ino))
  }
}
