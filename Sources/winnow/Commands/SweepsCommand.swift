import ArgumentParser
import Cluster
import Core
import Wire

/// `winnow sweeps`: what a coordinator works on.
struct SweepsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweeps", abstract: "List the sweeps of a cluster: state, progress, priority.",
    discussion: """
      EXAMPLES
        winnow sweeps              all of them
        winnow pause june          let one rest
        winnow resume june         go on with it
        winnow priority june 30    give it three times the usual share
        winnow cancel june         stop it; its results stay
        winnow forget june         do not list it any more

      Sweeps that have something to do share the cluster in proportion to their priorities, whatever their sizes: a small \
      one does not wait for the end of a large one.
      """)

  @OptionGroup var connection: ConnectionOptions
  @Flag(help: "Print one JSON object.") var json = false

  func run() throws {
    let sweeps = try connection.client().status(workers: false).sweeps
    if json { return try Terminal.print(json: ["sweeps": .array(sweeps.map(\.json))]) }
    for sweep in sweeps {
      let counts = sweep.counts
      let failed = counts.stuck > 0 ? ", \(counts.stuck) failed" : ""
      try Terminal.say(
        "\(sweep.id.short)  \(sweep.name)  \(sweep.word)  \(counts.done)/\(counts.total) tasks done\(failed)  "
          + "priority \(sweep.priority)")
    }
    if sweeps.isEmpty { try Terminal.print("No sweep was submitted since the coordinator started.") }
  }
}
