import ArgumentParser
import Datasets
import Files
import Foundation
import Reporting
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
        winnow subset export --format croissant --strategy herding --seed 0 \\
          --shift expert --output herding

      FORMATS
        csv        uid, pool, row, source, label, class; in the order of choice
        npy        the rows of the pool, in the order of choice
        datacomp   a NumPy array of u8,u8, as DataComp reads it
        webdataset a tar of the samples as they were trained on (PNG or npy), with
                   .cls and .json: licence, label origin, synthetic
        croissant  a directory: croissant.json (1.1, with RAI), samples.csv and
                   samples.tar
      """)

  @OptionGroup var store: StoreOption
  @OptionGroup var filter: TrialFilter
  @Option(help: "csv, npy, datacomp, webdataset or croissant.") var format = Format.csv
  @Option(help: ArgumentHelp("A file when one trial matches, otherwise a directory.", valueName: "path"))
  var output: String

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case csv, npy, datacomp, webdataset, croissant

    /// The form without samples that it is; nil for those with samples.
    fileprivate var listing: SubsetManifest.Format? { SubsetManifest.Format(rawValue: rawValue) }

    /// What a file's name ends with; empty for a directory.
    fileprivate var ending: String {
      switch self {
      case .csv: ".csv"
      case .npy, .datacomp: ".npy"
      case .webdataset: ".tar"
      case .croissant: ""
      }
    }
  }

  func run() throws {
    let opened = try store.open()
    let sweeps = StoredSweeps(opened)
    let results = try filter.results(in: sweeps)
    let request = try sweeps.sweep(filter.sweep).table.sweep
    let subsets = StoredSubsets(opened)
    if results.count == 1, format == .croissant || !FileReading.isDirectory(output) {
      try write(results[0], of: request, subsets, to: output)
      return
    }
    try Self.makeDirectory(output)
    for result in results {
      try write(result, of: request, subsets, to: "\(output)/\(result.point.fileName(withModel: true))\(format.ending)")
    }
    Terminal.note("\(results.count) subsets are in \(output).")
  }

  private func write(
    _ result: TrialResult, of request: Sweep, _ subsets: StoredSubsets, to path: String
  ) throws {
    if let listing = format.listing {
      try OutputFile.write(try subsets.manifest(of: result).bytes(listing), to: path, what: "the subset")
      return
    }
    let guided = try ResultsGuide.winnow.tables(request)
    let export = try subsets.export(of: result, origins: guided.origins) {
      RemarkText.english($0, words: guided.words)
    }
    guard format == .croissant else {
      try OutputFile.write(export.shard, to: path, what: "the subset")
      return
    }
    try Self.makeDirectory(path)
    let name = "\(request.name): \(result.point.label)"
    for file in CroissantExport(export, name: name, point: result.point.label).files {
      try OutputFile.write(file.content, to: "\(path)/\(file.name)", what: "the subset")
    }
  }

  private static func makeDirectory(_ path: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw CommandError("the directory \(path) cannot be made: \(error.localizedDescription)")
    }
  }
}
