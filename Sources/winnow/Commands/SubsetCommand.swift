import ArgumentParser

/// `winnow subset`: what strategies chose, as files for other programs.
struct SubsetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "subset", abstract: "Export what strategies chose, and compare choices.",
    discussion: """
      To train on a subset that another program chose, put {"name": "imported", "file": "subset.csv"} among the \
      strategies of a sweep.
      """,
    subcommands: [SubsetExportCommand.self, SubsetOverlapCommand.self])
}
