import ArgumentParser
import Core
import Datasets

/// `winnow dataset`: data sets of one's own files.
struct DatasetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dataset", abstract: "Describe your own images or vectors, and look at what is in them.",
    discussion: """
      EXAMPLES
        winnow dataset create --pool ours=photos/ --test test/ --output mine.json
        winnow dataset inspect mine.json    classes, images, sizes, damage
        winnow dataset check mine.json      exit status 0 only when all is well
        winnow dataset convert photos/ --output shards/
        winnow dataset takedown mine.json ids.txt
      """,
    subcommands: [
      DatasetCreateCommand.self, DatasetInspectCommand.self, DatasetCheckCommand.self, DatasetConvertCommand.self,
      DatasetTakedownCommand.self,
    ])
}

/// `winnow dataset inspect`.
struct DatasetInspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Show what the sources of a manifest hold, before anything is trained on it.",
    discussion: """
      EXAMPLES
        winnow dataset inspect mine.json
        winnow dataset inspect mine.json --json    for a script
        winnow dataset inspect mine.json --quick   exact duplicates alone
      """)

  @Argument(help: ArgumentHelp("The manifest.", valueName: "mine.json")) var manifest: String
  @Flag(help: "Do not look for samples that are nearly the same, which takes about as long again.") var quick = false
  @Flag(help: "Print one JSON object.") var json = false

  func run() throws {
    let (manifest, directory) = try ManifestFile.read(manifest)
    let found: (near: [String: DatasetInspection.NearFindings], surveys: [String: SourceSurvey]) =
      quick ? ([:], [:]) : try NearDuplicateSearch(manifest, in: directory).findings()
    let inspection = try SurveyedDataset.inspection(
      of: manifest, in: directory, known: found.surveys, near: found.near)
    if json {
      try Terminal.print(json: inspection.json)
    } else {
      try Terminal.print(InspectionText(inspection).lines.joined(separator: "\n"))
    }
  }
}

/// `winnow dataset check`.
struct DatasetCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Read every file of a manifest and find what keeps it from being used.",
    discussion: "Exit status 0 only when all is well, 1 when something has to be changed.")

  @Argument(help: ArgumentHelp("The manifest.", valueName: "mine.json")) var manifest: String

  func run() throws {
    let (manifest, directory) = try ManifestFile.read(manifest)
    let inspection = try SurveyedDataset.inspection(of: manifest, in: directory)
    for warning in inspection.warnings { try Terminal.print("note: \(warning)") }
    for problem in inspection.problems { try Terminal.print("problem: \(problem)") }
    guard inspection.problems.isEmpty else {
      throw CommandError("\(inspection.problems.count) problems; change the manifest or the files, and check again")
    }
    let samples = inspection.sources.reduce(0) { $0 + $1.survey.samples }
    try Terminal.print("All is well: \(samples) samples in \(inspection.sources.count) sources can be read.")
  }
}
