import ArgumentParser
import Core
import Formats
import Numerics
import Utilities

/// `winnow analyze`: the report's statistics and metrics for anybody's numbers, without a sweep.
struct AnalyzeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyze",
    abstract: "Measure a data set's classes, tables of scores, or embeddings, without a sweep.",
    subcommands: [AnalyzeClassesCommand.self, AnalyzeScoresCommand.self, AnalyzeEmbeddingsCommand.self],
    defaultSubcommand: AnalyzeClassesCommand.self)
}

/// `winnow analyze classes`, or `winnow analyze FILE`: the analytic metrics of any data set.
struct AnalyzeClassesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classes", abstract: "Measure how a data set's classes are filled, and how that goes with accuracy.",
    discussion: """
      The file is a table with one row a class (columns such as classname, index, accuracy, Precision, Recall, \
      Class Count, most confused scores), or a manifest with one row a sample and a column label or class, such as \
      `winnow subset export` writes. What a file does not hold is left out; shares are fractions of 1.

      EXAMPLES
        winnow analyze results.csv
        winnow analyze oi1000.csv --baseline in1000.csv --json
        winnow analyze subset.csv --tail 100        below 100 samples: the tail
        winnow analyze --images I.npy --texts T.npy image–text scores, one row a pair
      """)

  @Argument(help: ArgumentHelp("A CSV with one row a class, or one row a sample.", valueName: "file.csv"))
  var file: String?
  @Option(help: ArgumentHelp("Embeddings of images, one row each, such as CLIP's.", valueName: "I.npy"))
  var images: String?
  @Option(help: ArgumentHelp("Embeddings of their texts, in the same order.", valueName: "T.npy"))
  var texts: String?
  @Option(help: ArgumentHelp("The table to correlate with, of the same classes.", valueName: "file.csv"))
  var baseline: String?
  @Option(help: "Count the classes with fewer samples than this, beside those with fewer than 500.") var tail = 500
  @Flag(help: "Print one JSON object.") var json = false

  func validate() throws {
    guard (images == nil) == (texts == nil) else { throw ValidationError("--images and --texts belong together") }
    guard file != nil || images != nil else { throw ValidationError("a file, or --images and --texts, is needed") }
    guard (1...1_000_000_000).contains(tail) else { throw ValidationError("--tail is from 1 to 1000000000") }
  }

  func run() throws {
    var values: [String: JSONValue] = [:]
    if let file {
      let analysis = try ClassAnalysis(try Self.table(file), baseline: baseline.map(Self.table))
      values = analysis.json(tailLimit: tail).members ?? [:]
    }
    if let images, let texts { values["imageText"] = try Self.imageText(images, texts) }
    if json { try Terminal.print(json: .object(values)) } else { try Terminal.print(text(.object(values))) }
  }

  /// The mean of max(100 · cosine, 0) over the pairs.
  private static func imageText(_ images: String, _ texts: String) throws -> JSONValue {
    let (left, right) = (try InputFile.matrix(of: images), try InputFile.matrix(of: texts))
    guard left.rows == right.rows, left.columns == right.columns else {
      throw CommandError(
        "\(images) has \(left.rows) rows of \(left.columns) values, \(texts) \(right.rows) of \(right.columns); "
          + "one text an image, in the same embedding, is needed")
    }
    return ImageTextScore.mean(images: left, texts: right).map { .number($0) } ?? .null
  }

  private static func table(_ path: String) throws -> ClassTable {
    try ClassTable(csv: try InputFile.bytes(of: path, limit: 1 << 30), name: path)
  }

  private func text(_ values: JSONValue) -> String {
    let score = values["imageText"].map { ["image–text score: " + Self.number($0)] } ?? []
    return ((file == nil ? [] : classes(values)) + score).joined(separator: "\n")
  }

  private func classes(_ values: JSONValue) -> [String] {
    var lines: [(String, JSONValue?)] = [
      ("rows of the file", values["rows"]), ("classes", values["classes"]), ("samples", values["samples"]),
      ("Coverage: classes with a sample", values["coverage"]),
      ("LT@500: classes with fewer than 500 samples", values["lt500"]),
    ]
    if tail != 500 { lines.append(("LT@\(tail): classes with fewer than \(tail) samples", values["lt\(tail)"])) }
    lines += [
      ("LS@5pct: share of the most frequent 5 % of classes", values["ls5pct"]), ("mean accuracy", values["top1"]),
      ("Gini coefficient of the counts", values["gini"]), ("exp(entropy) of the counts", values["expEntropy"]),
    ]
    let correlations: [(String, String)] = [
      ("R:P,CC   precision and count", "rPCC"), ("R:A,CS   accuracy and confusion skewness", "rACS"),
      ("R:INA,A  baseline accuracy and accuracy", "rINAA"), ("R:P,R    precision and recall", "rPR"),
      ("R:INAV,AV  baseline count and count", "rINAVAV"),
    ]
    let width = 54
    var text = lines.map { Self.padded($0, to: width) + Self.number($1) }
    text += correlations.map { name, key in
      Self.padded(name, to: width) + "Pearson \(Self.number(values[key]?["pearson"])), "
        + "Spearman \(Self.number(values[key]?["spearman"]))"
    }
    return text + (values["notes"]?.elements ?? []).compactMap(\.text).map { "note: \($0)" }
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }

  private static func number(_ value: JSONValue?) -> String {
    if let whole = value?.int { return String(whole) }
    guard let number = value?.double else { return "–" }
    return String((number * 1e5).rounded() / 1e5)
  }
}
