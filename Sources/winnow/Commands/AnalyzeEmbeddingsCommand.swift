import ArgumentParser
import Core
import Numerics
import Reporting
import Utilities

/// `winnow analyze embeddings`: distances between two sets of embeddings.
struct AnalyzeEmbeddingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "embeddings", abstract: "Measure how two sets of embeddings lie to each other.",
    discussion: """
      The first set is judged by the second: chosen images by real ones, a training set by a test set. Rows are scaled to \
      unit length. CMMD, precision, recall, density and coverage are taken on equally many random rows of each; overlap on all \
      of them. How many rows would count as copies if the sets shared nothing is told by two halves of the second set, \
      and a second threshold is set so that one row in a hundred would.

      EXAMPLES
        winnow analyze embeddings chosen.npy test.npy
        winnow analyze embeddings synthetic.npy real.npy --sample 5000 --json
      """)

  @Argument(help: ArgumentHelp("The embeddings that are judged, one row each.", valueName: "A.npy")) var first: String
  @Argument(help: ArgumentHelp("Those they are compared with.", valueName: "B.npy")) var second: String
  @Option(help: "At most so many random rows of each for the distances.") var sample = 1_000
  @Option(help: "How many neighbours the neighbourhoods reach to.") var neighbours = 5
  @Option(help: "Draws the random rows.") var seed: UInt64 = 0
  @Flag(help: "Print one JSON object.") var json = false

  func validate() throws {
    guard (10...20_000).contains(sample) else { throw ValidationError("--sample is from 10 to 20000") }
    guard (1...100).contains(neighbours) else { throw ValidationError("--neighbours is from 1 to 100") }
  }

  func run() throws {
    let comparison = try EmbeddingComparison(
      try InputFile.matrix(of: first), try InputFile.matrix(of: second), sample: sample, neighbours: neighbours,
      seed: seed)
    if json { try Terminal.print(json: comparison.json) } else { try Terminal.print(text(comparison)) }
  }

  private func text(_ found: EmbeddingComparison) -> String {
    func line(_ name: String, _ value: String) -> String {
      name + String(repeating: " ", count: max(1, 54 - name.count)) + value
    }
    let overlaps = found.overlaps.enumerated().map { place, overlap in
      line(
        "rows of A with one of B above a cosine of \(Numbers.decimal(overlap.threshold, 4))",
        "\(Numbers.percent(overlap.share)); \(Numbers.percent(overlap.expected)) without any overlap"
          + (place == 1 ? " (calibrated)" : ""))
    }
    return
      ([
        line("rows of each for the distances", Numbers.count(found.sample)),
        line("CMMD", Numbers.decimal(found.cmmd, 4)),
        line("precision", Numbers.percent(found.manifold?.precision)),
        line("recall", Numbers.percent(found.manifold?.recall)),
        line("density", Numbers.decimal(found.manifold?.density, 3)),
        line("coverage", Numbers.percent(found.manifold?.coverage)),
      ] + overlaps).joined(separator: "\n")
  }
}
