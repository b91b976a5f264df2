package import Core

/// Writes a WebDataset shard of pictures: each sample is its picture, its class and its path, under one number.
package struct ShardWriter: Sendable {
  /// The field of a sample that holds its path.
  package static let pathField = "txt"
  private static let digits = 9

  private var writer = TarWriter()

  package init() {}

  /// How large the shard is so far.
  package var count: Int { writer.count }

  /// Adds the picture in `content`.
  ///
  /// - Parameters:
  ///   - number: names the sample; from 0.
  ///   - ending: of the picture's name, without the point.
  ///   - fields: what else is known of it, which becomes its JSON.
  package mutating func add(
    _ content: [UInt8], number: Int, ending: String, label: String?, path: String, fields: [String: JSONValue] = [:]
  ) {
    let text = String(number)
    let key = String(repeating: "0", count: max(0, Self.digits - text.count)) + text
    writer.add("\(key).\(ending)", content)
    if let label { writer.add("\(key).cls", Array(label.utf8)) }
    writer.add("\(key).\(Self.pathField)", Array(path.utf8))
    if !fields.isEmpty { writer.add("\(key).json", JSONValue.object(fields).canonical) }
  }

  /// Adds what a listing left out, so that it is known wherever the shard goes.
  mutating func add(_ report: ListingReport) {
    guard !report.counts.isEmpty else { return }
    writer.add(WebDatasetShard.reportMember, report.json.canonical)
  }

  /// What was written since the last time, so that a shard need not be in memory as a whole.
  mutating func take() -> [UInt8] { writer.take() }

  package consuming func finished() -> [UInt8] { writer.finished() }
}
