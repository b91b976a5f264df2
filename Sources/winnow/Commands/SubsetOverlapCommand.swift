import ArgumentParser
import Core
import Datasets
import Foundation
import Results
import Sweeps

/// `winnow subset overlap`.
struct SubsetOverlapCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "overlap", abstract: "Say how much subsets have in common: Jaccard's index, from 0 to 1.",
    discussion: """
      EXAMPLES
        winnow subset overlap a.csv b.csv c.npy     files, each pair
        winnow subset overlap --shift expert        strategies of the newest sweep

      Of the strategies of a sweep the mean over its seeds is shown.
      """)

  @Argument(help: ArgumentHelp("Subset files of one form; the store's trials when left out.", valueName: "file"))
  var files: [String] = []
  @OptionGroup var store: StoreOption
  @OptionGroup var filter: TrialFilter
  @Flag(help: "Print one JSON array of pairs.") var json = false

  func validate() throws {
    if files.count == 1 { throw ValidationError("two or more files are needed to compare") }
  }

  func run() throws {
    let pairs = try files.isEmpty ? ofStore() : ofFiles()
    if json {
      try Terminal.print(json: .array(pairs.map(\.json)))
    } else {
      try Terminal.print(pairs.map(\.text).joined(separator: "\n"))
    }
  }

  /// Two subsets, or two strategies in one shift, with the mean of their overlap.
  private struct Pair {
    var shift: String?
    let left: String
    let right: String
    let jaccard: Double

    var text: String {
      let place = shift.map { "\($0)  " } ?? ""
      return "\((jaccard * 1_000).rounded() / 1_000)  \(place)\(left)  \(right)"
    }

    var json: JSONValue {
      [
        "shift": shift.map { .string($0) } ?? .null, "left": .string(left), "right": .string(right),
        "jaccard": .number(jaccard),
      ]
    }
  }

  private func ofFiles() throws -> [Pair] {
    let subsets = try files.map { try ImportedSubset(reading: try InputFile.bytes(of: $0), name: $0) }
    let ofNames = subsets.count { if case .identifiers = $0 { true } else { false } }
    guard ofNames == 0 || ofNames == subsets.count else {
      throw CommandError("some files hold names of samples and others rows of a pool, which cannot be compared")
    }
    return files.indices.flatMap { left in
      files.indices.dropFirst(left + 1).map { right in
        Pair(
          left: files[left], right: files[right],
          jaccard: SubsetOverlap.jaccard(subsets[left].names, subsets[right].names))
      }
    }
  }

  /// The strategies of each shift, the mean over everything else that they share.
  private func ofStore() throws -> [Pair] {
    let opened = try store.open()
    let subsets = StoredSubsets(opened)
    let results = try filter.results(in: StoredSweeps(opened))
    let members = try results.map { Set(try subsets.manifest(of: $0).entries.map(\.identifier)) }
    var order: [[String]] = []
    var values: [[String]: [Double]] = [:]
    for left in results.indices {
      for right in results.indices.dropFirst(left + 1) where Self.match(results[left].point, results[right].point) {
        let key = [results[left].point.shift, results[left].point.strategy.label, results[right].point.strategy.label]
        if values[key] == nil { order.append(key) }
        values[key, default: []].append(SubsetOverlap.jaccard(members[left], members[right]))
      }
    }
    guard !order.isEmpty else { throw CommandError("two strategies with a shift and a seed in common are needed") }
    return order.map { key in
      let own = values[key]!
      return Pair(shift: key[0], left: key[1], right: key[2], jaccard: own.reduce(0, +) / Double(own.count))
    }
  }

  /// Whether two points differ in the strategy alone.
  private static func match(_ left: TrialPoint, _ right: TrialPoint) -> Bool {
    left.strategy != right.strategy
      && left
        == TrialPoint(
          strategy: left.strategy, shift: right.shift, budget: right.budget, seed: right.seed, sizing: right.sizing,
          trainingLength: right.trainingLength, model: right.model, variant: right.variant)
  }
}
