import ArgumentParser
import Core
import Datasets
import Files
import Formats
import Foundation

/// `winnow dataset convert`.
struct DatasetConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert", abstract: "Write pictures in any form that is read as tars of a handy size.",
    discussion: """
      Each sample becomes its picture (.jpg, .png, …), its class (.cls) and its path (.txt) under one number. Pictures stay byte for byte as they are.

      EXAMPLES
        winnow dataset convert photos/ --output shards/
        winnow dataset convert train.parquet --output shards/ --shard-megabytes 128
        winnow dataset convert data/croissant.json --output shards/
      """)

  @Argument(
    help: ArgumentHelp(
      "A directory (ends with /), a tar, a Parquet file, a range of them, or a croissant.json.", valueName: "path"))
  var source: String
  @Option(
    name: .shortAndLong, help: ArgumentHelp("The directory for the tars; it must be new or empty.", valueName: "dir"))
  var output: String
  @Option(help: "About how large a tar becomes.") var shardMegabytes = 256

  func validate() throws {
    guard (1...2_000).contains(shardMegabytes) else { throw ValidationError("--shard-megabytes is from 1 to 2000") }
  }

  func run() throws {
    let (source, labels) = try found()
    try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
    guard try FileManager.default.contentsOfDirectory(atPath: output).isEmpty else {
      throw CommandError("\(output) is not empty; name a new directory, so that nothing is mixed up")
    }
    var shards = 0
    var conversion = SourceConversion(source, labels: labels, shardSize: shardMegabytes << 20) { number, bytes in
      let digits = String(number)
      let name = String(repeating: "0", count: max(0, 5 - digits.count)) + digits
      try OutputFile.write(bytes, to: "\(output)/\(name).tar", what: "the shard")
      shards = number + 1
    }
    let bar = ProgressBar("files")
    for (number, path) in source.paths.enumerated() {
      bar.show(done: number, of: source.paths.count, path)
      try add(path, source.format, to: &conversion)
    }
    try conversion.finish()
    bar.clear()
    for line in conversion.damaged.prefix(50) { try Terminal.print("left out: \(line)") }
    if conversion.damaged.count > 50 { try Terminal.print("left out: \(conversion.damaged.count - 50) more") }
    try Terminal.print("\(conversion.samples) samples in \(shards) tars in \(output).")
    guard conversion.samples > 0 else { throw CommandError("nothing was found in \(self.source)") }
  }

  private func add(_ path: String, _ format: SourceFormat, to conversion: inout SourceConversion) throws {
    guard case .pictures(let file) = try SurveyedDataset.content(of: path, format, fields: nil) else {
      throw CommandError("\(path): it holds arrays (\(format.rawValue)), which are read as they are")
    }
    try conversion.add(file)
  }

  /// What lies at the path, with the labels that a table beside it says.
  private func found() throws -> (ManifestSource, labels: [String: String]?) {
    let isFolder = source.hasSuffix("/") && FileReading.isDirectory(source)
    guard source.hasSuffix(".json") || isFolder else {
      return (try ManifestSource(json: .string(source), place: "the source"), nil)
    }
    let here = ManifestFile.directory(of: "-")
    guard source.hasSuffix(".json") else {
      let found = try FoundSource(source, in: here, member: nil, labelField: [])
      return (try ManifestSource(json: found.json, place: "the source"), nil)
    }
    let description = try CroissantDescription(of: source)
    let directory = FileWriting.parent(of: source)
    let format: SourceFormat = description.layout.isParquet ? .parquet : .tar
    let paths = description.layout.paths.map { "\(directory)/\($0)" }
    return (ManifestSource(paths: paths, format: format), try description.tableLabels(in: directory))
  }
}
