import Core
import Files

/// A folder of pictures as one archive, so that it can travel: a WebDataset shard whose samples are numbered in the order of
/// ``ImageFolder``, each with its picture, its class and its path.
package enum FolderArchive {
  /// The field of a sample that holds the path below the folder.
  package static let pathField = "txt"

  /// The archive of the folder at `path`. Equal folders give equal bytes.
  ///
  /// - Throws: a `FileError` when something cannot be read, or the archive has more than `limit` bytes.
  package static func bytes(of path: String, limit: Int) throws -> [UInt8] {
    var writer = TarWriter()
    var number = 0
    let root = path.hasSuffix("/") && path.count > 1 ? String(path.dropLast()) : path
    _ = try ImageFolder(root).list { entry in
      let digits = String(number)
      let key = String(repeating: "0", count: max(0, 9 - digits.count)) + digits
      number += 1
      let content = try FileReading.bytes(of: entry.location.path, limit: SampleReading.limit)
      writer.add("\(key).\(ending(of: entry.key))", content)
      switch entry.label {
      case .number(let number): writer.add("\(key).cls", Array(String(number).utf8))
      case .name(let name): writer.add("\(key).cls", Array(name.utf8))
      case nil: break
      }
      writer.add("\(key).\(pathField)", Array(entry.key.utf8))
      guard writer.count <= limit else {
        throw FileError(
          path, "the pictures in it have more than \(limit) bytes; pack them into several tars of at most that size")
      }
    }
    return writer.finished()
  }

  private static func ending(of path: String) -> String {
    path.split(separator: ".").last.map { $0.lowercased() } ?? "jpg"
  }
}
