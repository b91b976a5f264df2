import Core
import Foundation

/// Files that a person names on the command line.
enum InputFile {
  /// The whole content. Throws a ``ConfigurationError`` that names the path when the file is missing, cannot be read or
  /// has more than `limit` bytes.
  static func bytes(of path: String, limit: Int = 8 << 30) throws -> [UInt8] {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw ConfigurationError(place: path, problem: "there is no such file")
    }
    guard !isDirectory.boolValue else { throw ConfigurationError(place: path, problem: "this is a directory") }
    let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int ?? 0
    guard size <= limit else {
      throw ConfigurationError(place: path, problem: "the file has \(size) bytes; at most \(limit) are read")
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ConfigurationError(place: path, problem: "the file cannot be read; check its permissions")
    }
    return Array(data)
  }
}
