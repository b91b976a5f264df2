import Numerics
import Samples

/// One step of a network on a batch: a layer, or some that run as one, with what training needs beside them.
///
/// Buffers hold one row a sample, of which the first `rows` count, or the planes of as many images; they may be longer. Nothing
/// is allocated between batches of one size.
protocol Stage: Sendable {
  /// Numbers that come out for one sample.
  var outputs: Int { get }
  /// What it runs, with the present parameters.
  var layers: [Layer] { get }
  /// Whether it has parameters.
  var learns: Bool { get }
  /// Whether a batch of large images can take it a good part of a second.
  var isCostly: Bool { get }

  /// Numbers that the buffer of its outputs must have for a batch.
  func buffer(rows: Int) -> Int

  mutating func forward(_ input: [Float], rows: Int, into output: inout [Float])

  /// Prepares for ``descend(_:input:rows:_:)``; batches are from now on those of training.
  mutating func startTraining(weightDecay: Float)

  /// Takes the gradient of the outputs, in place, through an activation that the stage ends in.
  func passActivation(_ gradient: inout [Float], output: [Float], rows: Int)

  /// From the gradient that ``passActivation(_:output:rows:)`` left to that of the inputs.
  mutating func backward(_ gradient: [Float], input: [Float], rows: Int, into inputGradient: inout [Float])

  /// From the gradient that ``passActivation(_:output:rows:)`` left to new parameters; after ``backward``, where that is asked
  /// for.
  mutating func descend(_ gradient: [Float], input: [Float], rows: Int, _ step: DescentStep)
}

extension Stage {
  var learns: Bool { true }
  var isCostly: Bool { false }
  func buffer(rows: Int) -> Int { rows * outputs }
}

/// A stage without parameters.
protocol FixedStage: Stage {}

extension FixedStage {
  var learns: Bool { false }
  mutating func startTraining(weightDecay: Float) {}
  func passActivation(_ gradient: inout [Float], output: [Float], rows: Int) {}
  mutating func descend(_ gradient: [Float], input: [Float], rows: Int, _ step: DescentStep) {}
}

extension Network {
  /// The layers as they run: a layer and the rectifier behind it in one go.
  func stages() -> [any Stage] { StageList(layers, input: input).stages }
}

/// Makes stages of layers that fit each other.
struct StageList {
  private(set) var stages: [any Stage] = []
  private var shape: SampleShape
  /// Whether values lie in planes.
  private var isPlanes: Bool

  /// - Parameter isPlanes: whether the inputs lie in planes already.
  init(_ layers: [Layer], input: SampleShape, isPlanes: Bool = false) {
    (shape, self.isPlanes) = (input, isPlanes)
    for (index, layer) in layers.enumerated() {
      let (previous, next) = (index > 0 ? layers[index - 1] : nil, index + 1 < layers.count ? layers[index + 1] : nil)
      add(layer, after: previous, rectifies: next == .rectifier)
      shape = layer.outputShape(for: shape)!
    }
  }

  private mutating func add(_ layer: Layer, after previous: Layer?, rectifies: Bool) {
    switch layer {
    case .linear(let weights, let bias):
      stages.append(LinearStage(weights: weights, bias: bias, rectifies: rectifies))
    case .rectifier:
      guard previous?.runsRectifier != true else { return }
      stages.append(RectifierStage(outputs: shape.size, planes: isPlanes ? PlaneShape(shape) : nil))
    case .neighbours(let vote): stages.append(NeighbourStage(vote))
    case .recorded: preconditionFailure("recorded answers are looked up, not computed")
    case .convolution(let parameters):
      stages.append(ConvolutionStage(parameters, input: planes(), rectifies: rectifies))
    case .batchNormalisation(let parameters):
      stages.append(BatchNormalisationStage(parameters, shape: planes(), rectifies: rectifies))
    case .maximumPooling: stages.append(PoolingStage(input: planes()))
    case .averagePooling:
      stages.append(AveragingStage(input: planes()))
      isPlanes = false
    case .flattening:
      stages.append(FlatteningStage(input: planes()))
      isPlanes = false
    case .residual(let body, let shortcut):
      _ = planes()
      stages.append(
        ResidualStage(
          body: StageList(body, input: shape, isPlanes: true).stages,
          shortcut: StageList(shortcut, input: shape, isPlanes: true).stages,
          input: PlaneShape(shape), output: PlaneShape(layer.outputShape(for: shape)!), rectifies: rectifies))
    }
  }

  /// The shape of planes, after rows of pixels were brought into them.
  private mutating func planes() -> PlaneShape {
    let planes = PlaneShape(shape)
    if !isPlanes { stages.append(PlanesStage(shape: planes)) }
    isPlanes = true
    return planes
  }
}

extension Layer {
  /// Whether its stage runs a rectifier that follows it.
  fileprivate var runsRectifier: Bool {
    switch self {
    case .linear, .convolution, .batchNormalisation, .residual: true
    case .rectifier, .neighbours, .recorded, .maximumPooling, .averagePooling, .flattening: false
    }
  }
}
