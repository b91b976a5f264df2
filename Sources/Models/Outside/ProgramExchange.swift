import Core
import Formats
import Numerics
import Samples

/// What a program that trains is given, and what it may write: files in one directory.
struct ProgramExchange {
  let questions: [Question]
  /// What may be answered.
  let answers: AnswerFiles

  /// - Parameter author: who answers, for messages.
  init(questions: [Question], classes: Int, author: AnswerFiles.Author) {
    self.questions = questions
    answers = AnswerFiles(
      sets: questions.map { AnswerFiles.AskedSet(name: $0.name, count: $0.samples.count) }, classes: classes,
      author: author)
  }

  private static let (training, labels) = ("training.npy", "labels.npy")

  // MARK: What it is given

  /// Everything that it finds.
  func files(training set: TrainingSet, recipe: Recipe, seed: UInt64, options: JSONValue) -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in fileNames { files[name] = array(name, set) }
    files[AnswerFiles.request] = request(training: set, recipe: recipe, seed: seed, options: options).canonical
    return files
  }

  /// The names of all arrays.
  var fileNames: [String] { [Self.training, Self.labels] + questions.indices.map(AnswerFiles.samples) }

  /// The NumPy file `name`, one of ``fileNames``. The training samples stand in the order of their identities, so that equal
  /// sets, in whatever order they were chosen, give equal files.
  func array(_ name: String, _ set: TrainingSet) -> [UInt8] {
    switch name {
    case Self.training: set.inputs.selecting(set.order).array
    case Self.labels:
      NumPyArray(shape: [set.labels.count], values: .int32(set.order.map { set.labels[$0] })).bytes
    default: questions[questions.indices.first { AnswerFiles.samples($0) == name }!].samples.array
    }
  }

  func request(training set: TrainingSet, recipe: Recipe, seed: UInt64, options: JSONValue) -> JSONValue {
    var request: [String: JSONValue] = [
      "format": 1, "classes": .integer(Int64(answers.classes)), "seed": .integer(Int64(clamping: seed)),
      "training": [
        "samples": .string(Self.training), "labels": .string(Self.labels), "count": .integer(Int64(set.labels.count)),
      ],
      "recipe": recipe.json, "sets": .array(questions.indices.map(description)),
      "weights": .string(AnswerFiles.weights), "options": options,
    ]
    request["normalisation"] = set.normalisation?.json
    return .object(request)
  }

  private func description(_ index: Int) -> JSONValue {
    [
      "name": .string(questions[index].name), "count": .integer(Int64(questions[index].samples.count)),
      "samples": .string(AnswerFiles.samples(index)), "logits": .string(AnswerFiles.logits(index)),
      "predictions": .string(AnswerFiles.predictions(index)), "embeddings": .string(AnswerFiles.embeddings(index)),
    ]
  }

  // MARK: What it wrote

  struct Answer {
    let recorded: RecordedAnswers
    let hasProbabilities: Bool
  }

  /// Throws a `DatasetError` that names the file and what is wrong with it.
  func answer(_ files: [String: [UInt8]]) throws -> Answer {
    let content = try answers.content(files)
    guard let recorded = RecordedAnswers(to: questions, logits: content.logits, embeddings: content.embeddings)
    else { throw DatasetError(answers.author.rawValue, "there is no sample that it was asked about") }
    return Answer(recorded: recorded, hasProbabilities: content.hasProbabilities)
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
