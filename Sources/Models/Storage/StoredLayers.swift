import Core
import Formats
import Numerics

/// Layers in stored networks: a description of each in the texts, and its numbers as tensors by PyTorch's names where PyTorch
/// has such a layer.
extension Layer {
  /// All but the numbers.
  var description: JSONValue {
    switch self {
    case .linear: "linear"
    case .rectifier: "rectifier"
    case .neighbours(let vote):
      [
        "neighbours": .integer(Int64(vote.count)), "metric": .string(vote.metric.rawValue),
        "weighted": .bool(vote.weighted), "classes": .integer(Int64(vote.classes)),
      ]
    case .recorded: "recorded-answers"
    case .convolution(let parameters):
      ["convolution": .integer(Int64(parameters.kernel)), "step": .integer(Int64(parameters.step))]
    case .batchNormalisation: "batch-normalisation"
    case .maximumPooling: "maximum-pooling"
    case .averagePooling: "average-pooling"
    case .flattening: "flattening"
    case .residual(let body, let shortcut):
      ["residual": .array(body.map(\.description)), "shortcut": .array(shortcut.map(\.description))]
    }
  }

  /// The numbers, by their whole names.
  func tensors(named prefix: String) -> [(String, SafeTensors.Tensor)] {
    switch self {
    case .linear(let weights, let bias):
      return [
        ("\(prefix).weight", SafeTensors.Tensor(shape: [weights.rows, weights.columns], floats: weights.values)),
        ("\(prefix).bias", SafeTensors.Tensor(shape: [bias.count], floats: bias)),
      ]
    case .neighbours(let vote):
      return [
        ("\(prefix).rows", SafeTensors.Tensor(shape: [vote.rows.rows, vote.rows.columns], floats: vote.rows.values)),
        ("\(prefix).labels", SafeTensors.Tensor(shape: [vote.labels.count], integers: vote.labels)),
      ]
    case .recorded(let answers): return answers.tensors(named: prefix)
    case .convolution(let own):
      let shape = [own.outputs, own.inputs, own.kernel, own.kernel]
      return [("\(prefix).weight", SafeTensors.Tensor(shape: shape, floats: own.weights))]
        + (own.bias.map { [("\(prefix).bias", SafeTensors.Tensor(shape: [$0.count], floats: $0))] } ?? [])
    case .batchNormalisation(let own):
      return [
        ("weight", own.weight), ("bias", own.bias), ("running_mean", own.mean), ("running_var", own.variance),
      ].map { ("\(prefix).\($0)", SafeTensors.Tensor(shape: [$1.count], floats: $1)) }
    case .residual(let body, let shortcut):
      let names = TensorNames.prefixes(of: body.map(\.description)).map { "\(prefix).\($0)" }
      let shortcutNames = TensorNames.shortcut(shortcut.count, of: prefix)
      return zip(body + shortcut, names + shortcutNames).flatMap { $0.tensors(named: $1) }
    case .rectifier, .maximumPooling, .averagePooling, .flattening: return []
    }
  }

  /// Reads what ``description`` and ``tensors(named:)`` make. Throws a ``NetworkFormatError`` or a ``ConfigurationError``.
  ///
  /// - Parameter take: the tensor of a whole name, which then is used.
  init(_ description: JSONValue, named prefix: String, take: (String) -> SafeTensors.Tensor?) throws {
    switch description {
    case "linear":
      guard let weights = take("\(prefix).weight"), let bias = take("\(prefix).bias"), weights.shape.count == 2,
        bias.shape.count == 1, let values = weights.floats, let biasValues = bias.floats
      else { throw NetworkFormatError.damaged("a fully connected layer has no weights") }
      self = .linear(
        weights: Matrix(rows: weights.shape[0], columns: weights.shape[1], values: values), bias: biasValues)
    case "rectifier": self = .rectifier
    case "recorded-answers": self = .recorded(try RecordedAnswers(named: prefix, take: take))
    case "batch-normalisation":
      self = .batchNormalisation(try BatchNormalisation(named: prefix, take: take))
    case "maximum-pooling": self = .maximumPooling
    case "average-pooling": self = .averagePooling
    case "flattening": self = .flattening
    case .object(let members) where members["neighbours"] != nil:
      self = .neighbours(try NeighbourVote(description, named: prefix, take: take))
    case .object(let members) where members["convolution"] != nil:
      self = .convolution(try ConvolutionParameters(description, named: prefix, take: take))
    case .object(let members) where members["residual"] != nil:
      self = try .residual(description, named: prefix, take: take)
    default:
      throw NetworkFormatError.damaged("a layer of the kind \(description.canonicalText.prefix(40)) is not known")
    }
  }

  /// Blocks are not nested.
  private static func residual(
    _ description: JSONValue, named prefix: String, take: (String) -> SafeTensors.Tensor?
  ) throws -> Layer {
    var object = try StrictObject(description, place: "layer")
    let body = try object.array("residual") ?? []
    let shortcut = try object.array("shortcut") ?? []
    try object.finish()
    guard (body + shortcut).allSatisfy({ LayerKind($0) != .residual }) else {
      throw NetworkFormatError.damaged("a residual block lies in another")
    }
    let names = TensorNames.prefixes(of: body).map { "\(prefix).\($0)" }
    return .residual(
      body: try zip(body, names).map { try Layer($0, named: $1, take: take) },
      shortcut: try zip(shortcut, TensorNames.shortcut(shortcut.count, of: prefix)).map {
        try Layer($0, named: $1, take: take)
      })
  }
}

extension NeighbourVote {
  fileprivate init(
    _ description: JSONValue, named prefix: String, take: (String) -> SafeTensors.Tensor?
  ) throws {
    var object = try StrictObject(description, place: "layer")
    let count = try object.integer("neighbours", in: 1...Int(Int32.max))
    let classes = try object.integer("classes", in: 2...Int(Int32.max))
    let metric = try object.choice("metric", ExactNeighbours.Metric.self)
    let weighted = try object.bool("weighted")
    try object.finish()
    guard let count, let classes, let metric, let weighted, let rows = take("\(prefix).rows"),
      let labels = take("\(prefix).labels"), rows.shape.count == 2, labels.shape.count == 1, let values = rows.floats,
      let integers = labels.integers,
      let vote = NeighbourVote(
        rows: Matrix(rows: rows.shape[0], columns: rows.shape[1], values: values), labels: integers, classes: classes,
        count: count, metric: metric, weighted: weighted)
    else { throw NetworkFormatError.damaged("a vote of neighbours lacks its rows, or they do not fit their labels") }
    self = vote
  }
}

extension ConvolutionParameters {
  fileprivate init(
    _ description: JSONValue, named prefix: String, take: (String) -> SafeTensors.Tensor?
  ) throws {
    var object = try StrictObject(description, place: "layer")
    let kernel = try object.integer("convolution", in: 1...3)
    let step = try object.integer("step", in: 1...2)
    try object.finish()
    guard let kernel, let step, let weights = take("\(prefix).weight"), weights.shape.count == 4,
      weights.shape[2...] == [kernel, kernel], let values = weights.floats
    else { throw NetworkFormatError.damaged("a convolution has no weights, or of another shape") }
    let bias = take("\(prefix).bias")
    guard bias == nil || bias?.floats != nil,
      let parameters = ConvolutionParameters(
        weights: values, bias: bias?.floats, inputs: weights.shape[1], outputs: weights.shape[0], kernel: kernel,
        step: step)
    else { throw NetworkFormatError.damaged("the weights and biases of a convolution do not fit each other") }
    self = parameters
  }
}

extension BatchNormalisation {
  fileprivate init(named prefix: String, take: (String) -> SafeTensors.Tensor?) throws {
    let values = ["weight", "bias", "running_mean", "running_var"].map { name -> [Float] in
      let tensor = take("\(prefix).\(name)")
      return tensor?.shape.count == 1 ? tensor?.floats ?? [] : []
    }
    guard
      let parameters = BatchNormalisation(
        weight: values[0], bias: values[1], mean: values[2], variance: values[3])
    else { throw NetworkFormatError.damaged("a batch normalisation lacks numbers, or they do not fit each other") }
    self = parameters
  }
}
