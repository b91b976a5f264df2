import ArgumentParser
import ObjectStore

/// `--store DIR`, the same everywhere.
struct StoreOption: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("The directory that keeps everything computed.", valueName: "dir"))
  var store = "winnow-store"

  /// Opens it for reading; a directory that is no store is an error that says so.
  func open() throws -> Store { try Store.openForReading(at: store) }

  /// Opens it for a change; throws when another process is writing to it.
  func openForWriting() throws -> Store { try Store.openForWriting(at: store, owner: "winnow") }
}
