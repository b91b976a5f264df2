import Foundation

/// What stands in a directory.
package struct DirectoryListing: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case file
    /// The identity tells whether two names lead to one directory.
    case directory(Identity)
    /// A pipe, a device, a socket.
    case special
    /// A link that leads nowhere, or something that cannot be looked at.
    case unreadable
  }

  /// The device and the number of a file or directory.
  package struct Identity: Hashable, Sendable {
    let device: UInt64
    let number: UInt64
  }

  package struct Entry: Hashable, Sendable {
    package let name: String
    /// Of what a link leads to.
    package let kind: Kind
  }

  /// In the order of the UTF-8 bytes of their names, which no language setting changes.
  package let entries: [Entry]

  /// Throws a ``FileError`` when `path` is no directory or cannot be read.
  package init(_ path: String) throws {
    guard case .directory = Self.kind(of: path) else { throw FileError(path, "there is no such directory") }
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: path)
    } catch {
      throw FileError(path, "cannot be read", code: EACCES)
    }
    entries = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map {
      Entry(name: $0, kind: Self.kind(of: "\(path)/\($0)"))
    }
  }

  /// What `path` leads to.
  package static func kind(of path: String) -> Kind {
    var status = stat()
    guard stat(path, &status) == 0 else { return .unreadable }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .directory(Identity(device: UInt64(status.st_dev), number: UInt64(status.st_ino)))
    default: return .special
    }
  }
}
