import Files
import Foundation
package import Wire

/// Who may connect, and what they may do: lines of `KEY NAME ROLE` with `#` comments, in a file that is read again whenever
/// it changes.
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
  private var listed: [PublicKey: Principal] = [:]
  private let always: [PublicKey: Principal]
  /// Grows whenever the list was read again.
  package private(set) var version = 0

  /// - Parameters:
  ///   - path: the file; nil for none.
  ///   - always: keys that are accepted whatever the file says.
  ///   - log: takes one line for people each time the file was read or could not be.
  /// - Throws: when the file cannot be read now, or has a line that is neither key nor comment.
  package init(path: String?, always: [PublicKey: Principal] = [:], log: @escaping (String) -> Void) throws {
    self.path = path
    self.always = always
    self.log = log
    guard let path else { return }
    take(try Self.parse(try KeyFile.read(path, what: "the authorised keys"), path: path))
    stamp = Self.stamp(of: path)
  }

  /// Who has `key`, by the list as it was read last; nil when it is not on the list.
  package func principal(of key: PublicKey) -> Principal? { always[key] ?? listed[key] }

  /// Everybody who may connect, each key once.
  package var all: [Principal] { Array(listed.merging(always) { _, always in always }.values) }

  /// Adds a line to the file, which is made (0600) when it does not exist.
  package static func append(_ key: PublicKey, name: String, role: Role = .worker, to path: String) throws {
    let before = FileReading.exists(path) ? try KeyFile.read(path, what: "the authorised keys") : ""
    guard try parse(before, path: path)[key] == nil else { return }
    let text = (before.last?.isNewline ?? true ? before : before + "\n") + "\(key) \(name) \(role.rawValue)\n"
    do {
      try FileWriting.replace(path, Array(text.utf8), mode: 0o600)
    } catch let error as FileError {
      throw TransportError(error.description)
    }
  }

  /// A line of the list.
  struct Line: Equatable {
    let name: String
    /// Nil where the line names none, as in lists that were made before keys had roles.
    let role: Role?
  }

  /// The keys in `text`. A line starts with a key of 40 characters, or with `#`, or is empty.
  static func parse(_ text: String, path: String) throws -> [PublicKey: Line] {
    var keys: [PublicKey: Line] = [:]
    var isBehindSecret = false
    for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      func wrong(_ problem: String) -> TransportError { TransportError("\(path), line \(number + 1): \(problem)") }
      let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
      // Keys may begin with # themselves, so a line is a comment only when it is not a key.
      guard let first = words.first else { continue }
      if let key = PublicKey(first) {
        guard !isBehindSecret else { throw wrong("this is a secret key; put the line of the .pub file here instead") }
        keys[key] = try read(words, number: number + 1, wrong)
      } else if first.hasPrefix("#") {
        isBehindSecret = line.hasPrefix(KeyFile.secretMark)
      } else {
        throw wrong("a line is a public key of 40 characters, a name and a role, or starts with #")
      }
    }
    return keys
  }

  private static func read(_ words: [String], number: Int, _ wrong: (String) -> TransportError) throws -> Line {
    let name = words.count > 1 ? words[1] : "line-\(number)"
    guard KeyFile.isName(name) else { throw wrong("\"\(name.prefix(64))\" cannot name a key") }
    guard words.count > 2 else { return Line(name: name, role: nil) }
    guard words.count == 3, let role = Role(rawValue: words[2]) else {
      throw wrong(
        "\"\(words[2...].joined(separator: " ").prefix(64))\" is no role; a role is "
          + Role.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return Line(name: name, role: role)
  }

  /// Reads the file again when it has changed since.
  package func reloadIfChanged() {
    guard let path, let now = Self.stamp(of: path), now != stamp else { return }
    stamp = now
    do {
      take(try Self.parse(try KeyFile.read(path, what: "the authorised keys"), path: path))
      log("read \(path) again: \(listed.count) authorised keys")
    } catch {
      // A half-edited file must neither lock everybody out nor let anybody in.
      log("\(error); the keys read before stay authorised")
    }
  }

  /// A key without a role may do what most keys are for, and no more.
  private func take(_ lines: [PublicKey: Line]) {
    listed = Dictionary(
      uniqueKeysWithValues: lines.map { key, line in
        (key, Principal(key: key.description, name: line.name, role: line.role ?? .worker))
      })
    version += 1
    let bare = lines.filter { $0.value.role == nil && always[$0.key] == nil }.map(\.value.name).sorted()
    guard !bare.isEmpty else { return }
    log(
      "keys without a role may only work, until a role (\(Role.allCases.map(\.rawValue).joined(separator: ", "))) stands "
        + "behind their names: \(bare.prefix(20).joined(separator: ", "))\(bare.count > 20 ? " …" : "")")
  }

  private static func stamp(of path: String) -> Stamp? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return Stamp(
      modified: Int(status.st_mtim.tv_sec), nanoseconds: Int(status.st_mtim.tv_nsec), size: Int(status.st_size),
      file: UInt64(status.st_ino))
  }
}
