import Core
import Formats
import Numerics
import Samples

/// What a program that trains is given, and what it may write: files in one directory.
struct ProgramExchange {
  let questions: [Question]
  let classes: Int

  static let weights = "weights.bin"

  private func samples(_ index: Int) -> String { "set-\(index).npy" }
  private func logits(_ index: Int) -> String { "logits-\(index).npy" }
  private func predictions(_ index: Int) -> String { "predictions-\(index).npy" }
  private func embeddings(_ index: Int) -> String { "embeddings-\(index).npy" }

  /// The names of everything that it may write.
  var answers: [String] {
    questions.indices.flatMap { [logits($0), predictions($0), embeddings($0)] } + [Self.weights]
  }

  // MARK: What it is given

  /// Everything that it finds. The training samples stand in the order of their identities, so that equal sets, in whatever
  /// order they were chosen, give equal files.
  func files(training set: TrainingSet, recipe: Recipe, seed: UInt64, options: JSONValue) -> [String: [UInt8]] {
    var files = [
      "training.npy": set.inputs.selecting(set.order).array,
      "labels.npy": NumPyArray(shape: [set.labels.count], values: .int32(set.order.map { set.labels[$0] })).bytes,
    ]
    for (index, question) in questions.enumerated() { files[samples(index)] = question.samples.array }
    var request: [String: JSONValue] = [
      "format": 1, "classes": .integer(Int64(classes)), "seed": .integer(Int64(clamping: seed)),
      "training": [
        "samples": "training.npy", "labels": "labels.npy", "count": .integer(Int64(set.labels.count)),
      ],
      "recipe": recipe.json, "sets": .array(questions.indices.map(description)),
      "weights": .string(Self.weights), "options": options,
    ]
    request["normalisation"] = set.normalisation?.json
    files["request.json"] = JSONValue.object(request).canonical
    return files
  }

  private func description(_ index: Int) -> JSONValue {
    [
      "name": .string(questions[index].name), "count": .integer(Int64(questions[index].samples.count)),
      "samples": .string(samples(index)), "logits": .string(logits(index)),
      "predictions": .string(predictions(index)), "embeddings": .string(embeddings(index)),
    ]
  }

  // MARK: What it wrote

  struct Answer {
    let recorded: RecordedAnswers
    let hasProbabilities: Bool
  }

  /// Throws a `DatasetError` that names the file and what is wrong with it.
  func answer(_ files: [String: [UInt8]]) throws -> Answer {
    var (logits, embeddings): ([Float], [Float]) = ([], [])
    var hasProbabilities = true
    var width: Int?
    for (index, question) in questions.enumerated() {
      let count = question.samples.count
      if let bytes = files[self.logits(index)] {
        logits += try rows(bytes, self.logits(index), count: count, width: classes).values
      } else if let bytes = files[predictions(index)] {
        logits += try votes(bytes, predictions(index), count: count)
        hasProbabilities = false
      } else {
        throw DatasetError(
          "the program",
          "it ended without writing \(self.logits(index)) or \(predictions(index)), its answer for the set "
            + question.name)
      }
      guard let bytes = files[self.embeddings(index)] else {
        guard width == nil else { throw missing(self.embeddings(index)) }
        continue
      }
      guard index == 0 || width != nil else { throw missing(self.embeddings(0)) }
      let found = try rows(bytes, self.embeddings(index), count: count, width: width)
      width = found.columns
      embeddings += found.values
    }
    let total = questions.reduce(0) { $0 + $1.samples.count }
    guard
      let recorded = RecordedAnswers(
        to: questions, logits: Matrix(rows: total, columns: classes, values: logits),
        embeddings: width.map { Matrix(rows: total, columns: $0, values: embeddings) })
    else { throw DatasetError("the program", "there is no sample that it was asked about") }
    return Answer(recorded: recorded, hasProbabilities: hasProbabilities)
  }

  private func missing(_ name: String) -> DatasetError {
    DatasetError("the program", "it wrote embeddings of some sets, but no \(name); all sets need them, or none")
  }

  /// Finite numbers, one row a sample.
  ///
  /// - Parameter width: nil for any from 1 to 65,536.
  private func rows(_ bytes: [UInt8], _ name: String, count: Int, width: Int?) throws -> Matrix {
    let array = try NumPyArray(reading: bytes, name: "the program's \(name)")
    guard array.shape.count == 2, array.shape[0] == count, (1...65_536).contains(array.shape[1]),
      width.map({ $0 == array.shape[1] }) ?? true
    else {
      let wanted = "[\(count), \(width.map(String.init) ?? "any width")]"
      throw DatasetError("the program's \(name)", "its shape is \(array.shape), but \(wanted) is needed")
    }
    guard let values = array.values.floats, values.allSatisfy(\.isFinite) else {
      throw DatasetError("the program's \(name)", "it holds something that is no finite number")
    }
    return Matrix(rows: count, columns: array.shape[1], values: values)
  }

  /// What one neighbour's vote is in a vote of neighbours (``NeighbourVote``): half for the class, half for all classes evenly.
  private func votes(_ bytes: [UInt8], _ name: String, count: Int) throws -> [Float] {
    let array = try NumPyArray(reading: bytes, name: "the program's \(name)")
    guard array.shape == [count], let labels = array.values.integers else {
      throw DatasetError("the program's \(name)", "a list of \(count) whole numbers is needed")
    }
    if let wrong = labels.first(where: { !(0..<classes).contains($0) }) {
      throw DatasetError("the program's \(name)", "it names the class \(wrong); they are 0 to \(classes - 1)")
    }
    let share = 1 / Double(classes)
    let (own, others) = (Float(PortableMath.log((1 + share) / 2)), Float(PortableMath.log(share / 2)))
    var logits = [Float](repeating: others, count: count * classes)
    for (row, label) in labels.enumerated() { logits[row * classes + label] = own }
    return logits
  }
}

extension SampleSet {
  /// As a NumPy file: pixels as 8-bit integers (count, height, width and, where there are several, channels), vectors in
  /// single precision.
  fileprivate var array: [UInt8] {
    switch self {
    case .images(let images):
      let channels = images.channels > 1 ? [images.channels] : []
      return NumPyArray(
        shape: [images.count, images.height, images.width] + channels, values: .uint8(images.pixels)
      ).bytes
    case .vectors(let rows):
      return NumPyArray(shape: [rows.rows, rows.columns], values: .float32(rows.matrix.values)).bytes
    }
  }
}

extension Recipe {
  /// What a program is told of it. Numbers of single precision are written as the shortest decimals that mean them.
  fileprivate var json: JSONValue {
    func number(_ value: Float) -> JSONValue { .number(Double(value.description) ?? Double(value)) }
    var members: [String: JSONValue] = [
      "steps": .integer(Int64(steps)), "batch": .integer(Int64(batch)), "learningRate": number(learningRate),
      "momentum": number(momentum), "weightDecay": number(weightDecay),
      "warmupSteps": .integer(Int64(warmupSteps)), "labelSmoothing": number(labelSmoothing),
      "averaging": number(averaging), "augmentation": augmentation.json,
    ]
    switch optimiser {
    case .sgd: members["optimizer"] = "sgd"
    case .nesterov: members["optimizer"] = "sgd-nesterov"
    case .adamW: members["optimizer"] = "adamw"
    }
    switch schedule {
    case .cosine: members["schedule"] = "cosine"
    case .constant: members["schedule"] = "constant"
    case .steps(let shares, let factor):
      members["schedule"] = "step"
      members["milestones"] = .array(shares.map { .number($0) })
      members["factor"] = number(factor)
    }
    return .object(members)
  }
}

extension Augmentation {
  fileprivate var json: JSONValue {
    [
      "flip": .bool(flips), "crop": .integer(Int64(shift)), "reflect": .bool(reflects),
      "resizedCrop": .number(leastArea),
      "jitter": .number(jitter), "erasing": .number(erasing), "mixup": .number(mixup), "cutmix": .number(cutmix),
    ]
  }
}
