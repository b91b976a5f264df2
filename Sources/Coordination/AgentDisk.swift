/// What an agent and its slots do with their host's disk: plain files by path, one step at a time.
///
/// ``ObjectCache``, ``ResultSpool`` and ``IncomingFile`` are made of these steps, so that a process can be made to die
/// between any two of them. Nothing is synchronised: a power cut may tear whatever was written since the host started.
package protocol AgentDisk {
  associatedtype File: AgentFile

  /// The time of day, in which the last use of files is told; seconds since 1970.
  var today: Double { get }

  /// Makes a directory, and those it lies in, unless they are there.
  func makeDirectory(_ path: String) throws
  /// The names in a directory, sorted.
  func names(in directory: String) throws -> [String]
  /// Nil when there is no such file.
  func status(of path: String) -> FileStatus?
  /// Counts as a use of the file; false when there is none.
  func use(_ path: String) -> Bool
  /// At most `count` bytes from `offset` on; fewer where the file ends. Throws a ``DiskError``.
  func read(_ path: String, from offset: Int, count: Int) throws -> [UInt8]
  /// Writes a file in one go; what was written of it is gone when that fails. Throws a ``DiskError``.
  func write(_ bytes: [UInt8], to path: String) throws
  /// Gives a file another name, in place of what had it. Throws a ``DiskError``.
  func rename(_ path: String, to other: String) throws
  /// Gives a file a second name, unless something has it. Throws a ``DiskError``.
  func link(_ path: String, to other: String) throws
  func remove(_ path: String)
  /// Opens a file for this process alone, making it when there is none; nil when another process has it open so.
  func open(_ path: String) throws -> File?
}

/// A file that grows at its end, held by one process.
package protocol AgentFile: AnyObject {
  /// The next bytes that an earlier life wrote, at most `count`; none at the end.
  func next(atMost count: Int) -> [UInt8]
  /// Throws a ``DiskError`` when the disk does not take it.
  func append(_ bytes: [UInt8]) throws
  /// Throws away what is in it.
  func clear()
}

package struct FileStatus: Hashable, Sendable {
  /// Bytes.
  package let size: Int
  /// When it was last written or used; seconds since 1970.
  package let used: Double

  package init(size: Int, used: Double) {
    self.size = size
    self.used = used
  }
}

/// Something that the disk refused, in a plain sentence.
package struct DiskError: Error, Hashable, CustomStringConvertible {
  package let description: String
  /// There is no such file; nobody need try again.
  package let isAbsence: Bool

  package init(_ description: String, isAbsence: Bool = false) {
    self.description = description
    self.isAbsence = isAbsence
  }
}
