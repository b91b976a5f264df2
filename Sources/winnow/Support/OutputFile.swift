import Foundation

/// Files that a person asked to be written.
enum OutputFile {
  /// Writes `bytes` so that a reader never sees half of a file. A link is followed; a device or pipe is written to, never
  /// replaced. Throws with `what`, the path and the reason.
  static func write(_ bytes: Data, to path: String, what: String) throws {
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    let type = (try? FileManager.default.attributesOfItem(atPath: target.path))?[.type] as? FileAttributeType
    do {
      guard let type, type != .typeRegular, type != .typeDirectory else {
        return try bytes.write(to: target, options: .atomic)
      }
      let file = try FileHandle(forWritingTo: target)
      try file.write(contentsOf: bytes)
      try file.close()
    } catch {
      let reason = type == .typeDirectory ? "this is a directory" : error.localizedDescription
      throw CommandError("\(what) cannot be written to \(path): \(reason)")
    }
  }
}
