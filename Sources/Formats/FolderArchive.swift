import Core
import Files

/// A folder of pictures as one archive, so that it can travel: a WebDataset shard whose samples are numbered in the order of
/// ``ImageFolder``, each with its picture, its class and its path, and a report of what was left out.
package enum FolderArchive {
  /// The archive of the folder at `path`. Equal folders give equal bytes.
  ///
  /// - Parameter fields: columns of the folder's table of metadata that go along, as the JSON of each picture; nil for all.
  /// - Throws: a `FileError` when something cannot be read, or the archive has more than `limit` bytes.
  package static func bytes(
    of path: String, fields: Set<String>? = [], limit: Int
  ) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try write(path, fields: fields, limit: limit) { bytes += $0 }
    return bytes
  }

  /// The same archive, piece by piece.
  ///
  /// - Throws: what ``bytes(of:fields:limit:)`` throws, and what `put` throws.
  package static func write(
    _ path: String, fields: Set<String>? = [], limit: Int, _ put: ([UInt8]) throws -> Void
  ) throws {
    var writer = ShardWriter()
    var number = 0
    let root = path.hasSuffix("/") && path.count > 1 ? String(path.dropLast()) : path
    let report = try ImageFolder(root).list { entry in
      let content = try FileReading.bytes(of: entry.location.path, limit: SampleReading.limit)
      let label = entry.label.map { label in
        switch label {
        case .number(let number): String(number)
        case .name(let name): name
        }
      }
      writer.add(
        content, number: number, ending: ending(of: entry.key), label: label, path: entry.key,
        fields: entry.fields.filter { fields?.contains($0.key) ?? true })
      number += 1
      guard writer.count <= limit else {
        throw FileError(
          path, "the pictures in it have more than \(limit) bytes; pack them into several tars of at most that size")
      }
      try put(writer.take())
    }
    writer.add(report.below(root))
    try put(writer.finished())
  }

  private static func ending(of path: String) -> String {
    path.split(separator: ".").last.map { $0.lowercased() } ?? "jpg"
  }
}
