import Files
import Formats
import Numerics

/// Files that a person names on the command line.
enum InputFile {
  /// The whole content of a file, a pipe, or standard input for `-`. Throws a `FileError` that names the path when it is
  /// missing, cannot be read or has more than `limit` bytes.
  static func bytes(of path: String, limit: Int = 8 << 30) throws -> [UInt8] {
    try FileReading.bytes(of: path == "-" ? "/dev/stdin" : path, limit: limit)
  }

  /// The array of numbers in a file, one row a sample, in single precision: see ``ArrayFile/matrix(_:name:)``.
  static func matrix(of path: String) throws -> Matrix { try ArrayFile.matrix(try bytes(of: path), name: path) }

  /// The same in the precision of the file: see ``ArrayFile/rows(_:name:)``.
  static func rows(of path: String) throws -> RealRows { try ArrayFile.rows(try bytes(of: path), name: path) }
}
