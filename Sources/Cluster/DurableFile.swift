import Core
import Foundation
import Transport

/// Files that are either old or new, whatever happens.
enum DurableFile {
  /// Writes under another name, synchronises, renames.
  static func replace(_ path: String, with text: String, mode: UInt32) throws {
    let temporary = path + ".new"
    unlink(temporary)
    try KeyFile.write(text, to: temporary, mode: mode)
    guard rename(temporary, path) == 0 else {
      throw TransportError("cannot replace \(path): \(String(cString: strerror(errno)))")
    }
  }

  static func remove(_ path: String) { unlink(path) }
}
