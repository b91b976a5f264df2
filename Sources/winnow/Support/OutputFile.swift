import Files

/// Files that a person asked to be written.
enum OutputFile {
  /// Writes `bytes` so that a reader never sees half of a file, and standard output for `-`. A link is followed; a device or
  /// pipe is written to, never replaced. Throws with `what`, the path and the reason.
  static func write(_ bytes: [UInt8], to path: String, what: String) throws {
    do {
      try FileWriting.write(path == "-" ? "/dev/stdout" : path, bytes)
    } catch let error as FileError {
      throw CommandError("\(what) cannot be written to \(path): \(error.problem)")
    }
  }
}
