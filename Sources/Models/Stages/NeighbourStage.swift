import Numerics

/// The vote of the nearest rows. It learns nothing by descent.
struct NeighbourStage: Stage {
  private let vote: NeighbourVote
  private let search: ExactNeighbours

  init(_ vote: NeighbourVote) {
    self.vote = vote
    search = ExactNeighbours(among: vote.rows, metric: vote.metric)
  }

  var outputs: Int { vote.classes }
  var layers: [Layer] { [.neighbours(vote)] }

  func forward(_ input: [Float], rows: Int, into output: inout [Float]) {
    let width = vote.rows.columns
    let queries = Matrix(rows: rows, columns: width, values: Array(input[..<(rows * width)]))
    let found = search.nearest(to: queries, count: vote.count)
    let count = rows > 0 ? found.indices.count / rows : 0
    for row in 0..<rows {
      let range = row * count..<(row + 1) * count
      output.replaceSubrange(
        row * outputs..<(row + 1) * outputs,
        with: vote.logits(indices: found.indices[range], distances: found.distances[range]))
    }
  }

  mutating func startTraining(weightDecay: Float) {}
  func passActivation(_ gradient: inout [Float], output: [Float], rows: Int) {}

  func backward(_ gradient: [Float], input: [Float], rows: Int, into inputGradient: inout [Float]) {
    preconditionFailure("a vote of neighbours has no gradient")
  }

  mutating func descend(_ gradient: [Float], input: [Float], rows: Int, _ step: DescentStep) {}
}
