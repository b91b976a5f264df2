import Numerics

/// A rectifier that follows no layer that runs it.
struct RectifierStage: FixedStage {
  let outputs: Int
  /// The shape of planes; nil for rows.
  let planes: PlaneShape?

  var layers: [Layer] { [.rectifier] }

  func buffer(rows: Int) -> Int { planes?.layout(rows).size ?? rows * outputs }

  func forward(_ input: [Float], rows: Int, into output: inout [Float]) {
    let count = buffer(rows: rows)
    output.replaceSubrange(..<count, with: input[..<count])
    Kernels.rectifyBackward(&output, activation: input, count: count)
  }

  func passActivation(_ gradient: inout [Float], output: [Float], rows: Int) {
    Kernels.rectifyBackward(&gradient, activation: output, count: buffer(rows: rows))
  }

  func backward(_ gradient: [Float], input: [Float], rows: Int, into inputGradient: inout [Float]) {
    let count = buffer(rows: rows)
    inputGradient.replaceSubrange(..<count, with: gradient[..<count])
  }
}
