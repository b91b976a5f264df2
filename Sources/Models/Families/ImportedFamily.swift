package import Core
package import Samples

/// Networks that were trained elsewhere, of which nothing is known but what they answered.
package struct ImportedFamily: ModelFamily {
  package init() {}

  package let name = "imported"
  package let version = 1
  package let summary = Words(
    english: "predictions that you made elsewhere, handed in with `winnow import-outcomes`",
    japanese: "別の場所で得た予測を `winnow import-outcomes` で取り込むモデル")
  package let optionNames = ["answers"]
  package let learnsFurther = false

  package func meaning(ofOption name: String) -> Words {
    Words(
      english: "the directory with one directory of predictions for each trial; required",
      japanese: "試行ごとの予測ディレクトリを収めたディレクトリ。必須")
  }

  package func takes(_ shape: SampleShape) -> Bool { true }

  package func model(options: [String: JSONValue], place: String) throws -> any Model {
    var object = try StrictObject(.object(options), place: place)
    guard let answers = try object.string("answers"), !answers.isEmpty else {
      throw object.error("answers", "the path of a directory is needed")
    }
    try object.finish()
    return ImportedModel(directory: answers)
  }
}

/// A model whose trials are handed out and answered by somebody elsewhere. Its trials wait for their answers.
struct ImportedModel: OutsideModel {
  /// Where the answers lie, where the sweep is submitted.
  let directory: String
  private var content: [UInt8]?

  init(directory: String) { self.directory = directory }

  func given(_ files: [String: [UInt8]]) -> ImportedModel {
    var given = self
    given.content = files["answers"]
    return given
  }

  var labels: [String] { [] }
  var answers: String? { directory }

  /// A task knows the answers by their content, so that the path is left out.
  var options: [String: JSONValue] { ["answers": "the content of a directory"] }

  /// Nobody here knows them.
  func parameters(shape: SampleShape, classes: Int) -> Int { 0 }
  func trainingOperations(shape: SampleShape, classes: Int) -> Int { 0 }

  func train(
    on set: TrainingSet, classes: Int, recipe: Recipe, seed: UInt64, context: TaskContext
  ) throws -> Network {
    throw ConfigurationError(
      place: "model imported", problem: "it is trained elsewhere, and answers for the samples of a trial alone")
  }

  func train(
    on set: TrainingSet, classes: Int, recipe: Recipe, seed: UInt64, questions: [Question], run: ProgramRun.Runner?,
    context: TaskContext
  ) throws -> OutsideTraining {
    guard let content else {
      throw ConfigurationError(
        place: "model imported",
        problem: "the answers of this trial were not handed in; `winnow import-outcomes` says what is missing")
    }
    let handed = try ImportedAnswers(archive: content)
    let exchange = ProgramExchange(questions: questions, classes: classes, author: .elsewhere)
    try handed.require(exchange.asked(training: set, recipe: recipe, seed: seed))
    let answer = try exchange.answer(handed.files)
    return OutsideTraining(
      network: Network(
        answers: answer.recorded, input: set.inputs.shape, normalisation: set.normalisation,
        family: ImportedFamily().name),
      weights: handed.files[AnswerFiles.weights], hasProbabilities: answer.hasProbabilities,
      hasEmbeddings: answer.recorded.embeddings != nil)
  }
}
