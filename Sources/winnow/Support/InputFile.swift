import Files

/// Files that a person names on the command line.
enum InputFile {
  /// The whole content of a file, a pipe, or standard input for `-`. Throws a `FileError` that names the path when it is
  /// missing, cannot be read or has more than `limit` bytes.
  static func bytes(of path: String, limit: Int = 8 << 30) throws -> [UInt8] {
    try FileReading.bytes(of: path == "-" ? "/dev/stdin" : path, limit: limit)
  }
}
