import Numerics

/// The sum of a body and a shortcut, with or without a rectifier behind it.
struct ResidualStage: Stage {
  private let input: PlaneShape
  private let output: PlaneShape
  private let rectifies: Bool
  private var body: Way
  private var shortcut: Way
  /// Of input and output.
  private var masks: (rows: Int, input: [Float], output: [Float]) = (0, [], [])

  /// - Parameter shortcut: empty for the identity.
  init(body: [any Stage], shortcut: [any Stage], input: PlaneShape, output: PlaneShape, rectifies: Bool) {
    (self.input, self.output, self.rectifies) = (input, output, rectifies)
    (self.body, self.shortcut) = (Way(body), Way(shortcut))
  }

  var isCostly: Bool { true }
  var outputs: Int { output.size }
  var layers: [Layer] {
    [.residual(body: body.layers, shortcut: shortcut.layers)] + (rectifies ? [.rectifier] : [])
  }
  func buffer(rows: Int) -> Int { output.layout(rows).size }

  mutating func startTraining(weightDecay: Float) {
    body.startTraining(weightDecay: weightDecay)
    shortcut.startTraining(weightDecay: weightDecay)
  }

  mutating func forward(_ input: [Float], rows: Int, into output: inout [Float]) {
    let layout = self.output.layout(rows)
    if masks.rows != rows { masks = (rows, self.input.layout(rows).mask, layout.mask) }
    body.forward(input, rows: rows)
    shortcut.forward(input, rows: rows)
    Self.add(
      body.result(of: input), shortcut.result(of: input), layout, mask: masks.output, rectifies: rectifies,
      into: &output)
  }

  func passActivation(_ gradient: inout [Float], output: [Float], rows: Int) {
    if rectifies { Kernels.rectifyBackward(&gradient, activation: output, count: buffer(rows: rows)) }
  }

  mutating func backward(_ gradient: [Float], input: [Float], rows: Int, into inputGradient: inout [Float]) {
    let layout = self.input.layout(rows)
    body.backward(gradient, input: input, rows: rows, gradientSize: layout.size)
    shortcut.backward(gradient, input: input, rows: rows, gradientSize: layout.size)
    Self.add(
      body.inputGradient, shortcut.isEmpty ? gradient : shortcut.inputGradient, layout, mask: masks.input,
      rectifies: false, into: &inputGradient)
  }

  mutating func descend(_ gradient: [Float], input: [Float], rows: Int, _ step: DescentStep) {
    body.descend(input: input, rows: rows, step)
    shortcut.descend(input: input, rows: rows, step)
  }

  private static func add(
    _ a: [Float], _ b: [Float], _ layout: PlaneLayout, mask: [Float], rectifies: Bool, into out: inout [Float]
  ) {
    let (one, zero) = ([Float](repeating: 1, count: layout.channels), [Float](repeating: 0, count: layout.channels))
    PlaneKernels.combine(
      a, b, layout, mask: mask, first: one, second: one, third: zero, rectifies: rectifies, into: &out)
  }
}

/// Stages one after the other with their own buffers.
private struct Way: Sendable {
  private var stages: [any Stage]
  /// The outputs of each stage, and their gradients.
  private var activations: [[Float]] = []
  private var gradients: [[Float]] = []
  private(set) var inputGradient: [Float] = []
  private var rows = 0

  init(_ stages: [any Stage]) { self.stages = stages }

  var isEmpty: Bool { stages.isEmpty }
  var layers: [Layer] { stages.flatMap(\.layers) }

  func result(of input: [Float]) -> [Float] { activations.last ?? input }

  mutating func startTraining(weightDecay: Float) {
    for index in stages.indices { stages[index].startTraining(weightDecay: weightDecay) }
  }

  mutating func forward(_ input: [Float], rows: Int) {
    if rows > self.rows {
      activations = stages.map { [Float](repeating: 0, count: $0.buffer(rows: rows)) }
      self.rows = rows
    }
    for index in stages.indices {
      stages[index].forward(index > 0 ? activations[index - 1] : input, rows: rows, into: &activations[index])
    }
  }

  /// Leaves the gradient of the input in ``inputGradient``.
  mutating func backward(_ gradient: [Float], input: [Float], rows: Int, gradientSize: Int) {
    guard let last = stages.indices.last else { return }
    if gradients.isEmpty || gradients[0].count < activations[0].count {
      gradients = activations
      inputGradient = [Float](repeating: 0, count: gradientSize)
    }
    let size = stages[last].buffer(rows: rows)
    gradients[last].replaceSubrange(..<size, with: gradient[..<size])
    for index in stages.indices.reversed() {
      stages[index].passActivation(&gradients[index], output: activations[index], rows: rows)
      if index > 0 {
        stages[index].backward(
          gradients[index], input: activations[index - 1], rows: rows, into: &gradients[index - 1])
      } else {
        stages[0].backward(gradients[0], input: input, rows: rows, into: &inputGradient)
      }
    }
  }

  mutating func descend(input: [Float], rows: Int, _ step: DescentStep) {
    for index in stages.indices where stages[index].learns {
      stages[index].descend(gradients[index], input: index > 0 ? activations[index - 1] : input, rows: rows, step)
    }
  }
}
