import ArgumentParser
import Datasets
import Files
import Foundation
import Results
import Sweeps

/// `winnow subset export`.
struct SubsetExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write the subsets that finished trials chose, one file a trial.",
    discussion: """
      EXAMPLES
        winnow subset export --strategy herding --shift expert --seed 0 \\
          --output herding.csv
        winnow subset export --output subsets       every trial, into a directory
        winnow subset export --format datacomp --output subsets

      The format datacomp is a NumPy array of u8,u8, as DataComp reads it.
      """)

  @OptionGroup var store: StoreOption
  @OptionGroup var filter: TrialFilter
  @Option(help: "csv, npy (rows of the pool in the order of choice) or datacomp (names of samples, u8,u8, sorted).")
  var format = SubsetManifest.Format.csv
  @Option(help: ArgumentHelp("A file when one trial matches, otherwise a directory.", valueName: "path"))
  var output: String

  func run() throws {
    let opened = try store.open()
    let results = try filter.results(in: StoredSweeps(opened))
    let subsets = StoredSubsets(opened)
    if results.count == 1, !FileReading.isDirectory(output) {
      try write(try subsets.manifest(of: results[0]), to: output)
      return
    }
    do {
      try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
    } catch {
      throw CommandError("the directory \(output) cannot be made: \(error.localizedDescription)")
    }
    for result in results {
      try write(try subsets.manifest(of: result), to: "\(output)/\(Self.fileName(of: result.point, format))")
    }
    Terminal.note("\(results.count) subsets are in \(output).")
  }

  private func write(_ manifest: SubsetManifest, to path: String) throws {
    try OutputFile.write(manifest.bytes(format), to: path, what: "the subset")
  }

  /// `herding-expert-50.00-seed-0.csv`; what a file system could take amiss becomes `_`.
  private static func fileName(of point: TrialPoint, _ format: SubsetManifest.Format) -> String {
    var parts = [point.strategy.label, point.shift, point.budget.description, "seed-\(point.seed)"]
    if point.sizing != .equalCost { parts.append(point.sizing.rawValue) }
    if point.trainingLength != .equalSteps { parts.append(point.trainingLength.rawValue) }
    let name = parts.joined(separator: "-").map { $0.isLetter || $0.isNumber || "-._=".contains($0) ? $0 : "_" }
    return String(name) + (format == .csv ? ".csv" : ".npy")
  }
}

extension SubsetManifest.Format: ExpressibleByArgument {}
