package import Core
package import Samples

/// Networks that somebody's program trains, in any language and on whatever it likes.
package struct ProgramFamily: ModelFamily {
  package init() {}

  package let name = "program"
  package let version = 1
  package let summary = Words(
    english: "what a program of your own trains, in any language, over files",
    japanese: "利用者のプログラムが学習するモデル（言語は問わない。ファイルで受け渡し）")
  package let optionNames = ["program", "seconds", "options", "labels"]
  package let learnsFurther = false
  package let trainsAgain = false

  package func meaning(ofOption name: String) -> Words {
    switch name {
    case "program":
      Words(
        english: "the program: an executable, or a script that starts with #!; required",
        japanese: "プログラム：実行ファイル、または #! で始まるスクリプト。必須")
    case "seconds":
      Words(
        english: "how long it may take, 1 to 604800; 3600 unless given", japanese: "実行時間の上限（秒、1〜604800）。既定は 3600")
    case "labels":
      Words(
        english: "what the worker must have (winnow-worker --label), such as [\"gpu\"]; nothing unless given",
        japanese: "ワーカーに必要なもの（winnow-worker --label で示す）。例：[\"gpu\"]。既定はなし")
    default:
      Words(
        english: "an object that the program finds in its request; empty unless given",
        japanese: "プログラムへの要求にそのまま渡すオブジェクト。既定は空")
    }
  }

  package func takes(_ shape: SampleShape) -> Bool { true }

  package func model(options: [String: JSONValue], place: String) throws -> any Model {
    var object = try StrictObject(.object(options), place: place)
    guard let program = try object.string("program"), !program.isEmpty else {
      throw object.error("program", "the path of a program is needed")
    }
    let seconds = try object.integer("seconds", in: 1...604_800) ?? 3_600
    let own = object.value("options") ?? [:]
    guard own.members != nil else { throw object.error("options", "an object is needed") }
    let labels = try object.list("labels", "strings", \.text)
    if let wrong = labels.first(where: { !WorkerLabel.isValid($0) }) {
      throw object.error(
        "labels", "a label is 1 to 32 letters, digits, hyphens, dots and underscores, not \(wrong.prefix(40))")
    }
    try object.finish()
    return ProgramModel(program: program, seconds: seconds, own: own, labels: labels)
  }
}

struct ProgramModel: OutsideModel {
  /// Its path, where the sweep is submitted.
  let program: String
  let seconds: Int
  /// What is passed on.
  let own: JSONValue
  /// No part of the task: they do not change what is computed.
  let labels: [String]
  private var content: [UInt8]?

  init(program: String, seconds: Int, own: JSONValue, labels: [String]) {
    (self.program, self.seconds, self.own, self.labels) = (program, seconds, own, labels)
  }

  func given(_ files: [String: [UInt8]]) -> ProgramModel {
    var given = self
    given.content = files["program"]
    return given
  }

  var files: [String: String] { ["program": program] }

  /// A task knows the program by its content, so that its path is left out.
  var options: [String: JSONValue] {
    ["program": "the content of a file", "seconds": .integer(Int64(seconds)), "options": own]
  }

  /// Nobody here knows them.
  func parameters(shape: SampleShape, classes: Int) -> Int { 0 }
  func trainingOperations(shape: SampleShape, classes: Int) -> Int { 0 }

  func train(
    on set: TrainingSet, classes: Int, recipe: Recipe, seed: UInt64, context: TaskContext
  ) throws -> Network {
    throw ConfigurationError(
      place: "model program",
      problem: "a program trains in a trial alone, where everything is known that it will be asked")
  }

  func train(
    on set: TrainingSet, classes: Int, recipe: Recipe, seed: UInt64, questions: [Question], run: ProgramRun.Runner?,
    context: TaskContext
  ) throws -> OutsideTraining {
    guard let content else {
      throw ConfigurationError(place: "model program", problem: "the program was not given")
    }
    guard let run else {
      throw ConfigurationError(
        place: "model program",
        problem:
          "this worker does not run programs that sweeps bring along; start it with --allow-programs if you trust "
          + "them")
    }
    let exchange = ProgramExchange(questions: questions, classes: classes, author: .program)
    let written = try run(
      ProgramRun(
        program: content, files: exchange.files(training: set, recipe: recipe, seed: seed, options: own),
        answers: exchange.answers.names, seconds: seconds),
      context)
    let answer = try exchange.answer(written)
    return OutsideTraining(
      network: Network(
        answers: answer.recorded, input: set.inputs.shape, normalisation: set.normalisation,
        family: ProgramFamily().name),
      weights: written[AnswerFiles.weights], hasProbabilities: answer.hasProbabilities,
      hasEmbeddings: answer.recorded.embeddings != nil)
  }
}
