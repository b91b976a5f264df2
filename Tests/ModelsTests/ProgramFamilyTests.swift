import Core
import Formats
import Foundation
import Models
import Numerics
import Samples
import Testing

/// What a program that trains is given, and what becomes of its answers.
@Suite struct ProgramFamilyTests {
  private static let shape = SampleShape.vector(width: 2)
  private static let set = TrainingSet(
    .vectors(Matrix(rows: 3, columns: 2, values: [5, 6, 1, 2, 3, 4])), labels: [2, 0, 1], normalisation: nil,
    identities: [3, 1, 2].map { SampleIdentifier(high: 0, low: $0) })
  private static let questions = [
    Question("test", .vectors(Matrix(rows: 2, columns: 2, values: [1, 1, 2, 2]))),
    Question("deployment", .vectors(Matrix(rows: 2, columns: 2, values: [2, 2, 3, 3]))),
  ]

  private func train(
    _ answer: [String: [UInt8]], given: @escaping (ProgramRun) -> Void = { _ in }
  ) throws -> OutsideTraining {
    let model = try ProgramFamily().model(options: ["program": "x", "options": ["depth": 3]], place: "model")
    let outside = try #require(try model.given(["program": [1, 2]]) as? any OutsideModel)
    return try outside.train(
      on: Self.set, classes: 3, recipe: Recipe(steps: 7, learningRate: 0.5), seed: 4, questions: Self.questions,
      run: { run, _ in
        given(run)
        return answer
      }, context: .unobserved)
  }

  private func rows(_ values: [Float], _ columns: Int = 3) -> [UInt8] {
    NumPyArray(shape: [values.count / columns, columns], values: .float32(values)).bytes
  }

  @Test func itIsGivenTheSamplesInTheOrderOfTheirIdentities() throws {
    let run = try #require(try given())
    #expect(run.program == [1, 2] && run.seconds == 3600)
    let request = try JSONValue.parse(try #require(run.files["request.json"]), source: "request")
    #expect(request["classes"] == 3 && request["seed"] == 4 && request["options"] == ["depth": 3])
    #expect(request["recipe"]?["steps"] == 7 && request["recipe"]?["learningRate"] == 0.5)
    #expect(request["training"] == ["samples": "training.npy", "labels": "labels.npy", "count": 3])
    #expect(request["sets"]?.elements?.map { $0["name"]?.text } == ["test", "deployment"])
    let training = try NumPyArray(reading: try #require(run.files["training.npy"]), name: "training")
    #expect(training.shape == [3, 2] && training.values == .float32([1, 2, 3, 4, 5, 6]))
    #expect(try NumPyArray(reading: try #require(run.files["labels.npy"]), name: "labels").values == .int32([0, 1, 2]))
    let asked = try #require(request["sets"]?.elements?[1])
    #expect(run.answers.contains(try #require(asked["logits"]?.text)))
    #expect(
      try NumPyArray(reading: try #require(run.files[asked["samples"]?.text ?? ""]), name: "set").values
        == .float32([2, 2, 3, 3]))
  }

  private func given() throws -> ProgramRun? {
    var found: ProgramRun?
    _ = try? train([:]) { found = $0 }
    return found
  }

  @Test func answersAreLookedUpBySample() throws {
    let trained = try train([
      "logits-0.npy": rows([1, 2, 3, 4, 5, 6]), "logits-1.npy": rows([-4, -5, -6, 7, 9, 8]),
      "embeddings-0.npy": rows([1, 0], 1), "embeddings-1.npy": rows([5, 2], 1), "weights.bin": [9],
    ])
    #expect(trained.hasProbabilities && trained.hasEmbeddings && trained.weights == [9])
    let network = trained.network
    #expect(network.classes == 3 && network.family == "program")
    let samples = SampleSet.vectors(Matrix(rows: 3, columns: 2, values: [3, 3, 2, 2, 1, 1]))
    // The sample (2, 2) was asked about twice: the first answer counts.
    #expect(network.logits(of: samples).values == [7, 9, 8, 4, 5, 6, 1, 2, 3])
    #expect(network.predictions(of: samples) == [1, 2, 2])
    #expect(network.hidden(of: samples).values == [2, 0, 1])
    #expect(try Network(bytes: network.bytes) == network)
    #expect(throws: Never.self) { try network.requireAnswers(for: samples, name: "x") }
    #expect(throws: DatasetError.self) {
      try network.requireAnswers(for: .vectors(Matrix(rows: 1, columns: 2, values: [8, 8])), name: "x")
    }
  }

  @Test func classesCountAsOneVoteOfNeighboursDoes() throws {
    let predictions = NumPyArray(shape: [2], values: .int64([2, 0])).bytes
    let trained = try train(["predictions-0.npy": predictions, "logits-1.npy": rows([0, 0, 0, 0, 0, 1])])
    #expect(!trained.hasProbabilities && !trained.hasEmbeddings && trained.weights == nil)
    let probabilities = trained.network.probabilities(of: Self.questions[0].samples).values
    for (found, expected) in zip(probabilities, [1 / 6, 1 / 6, 4 / 6, 4 / 6, 1 / 6, 1 / 6] as [Float]) {
      #expect(abs(found - expected) < 1e-6)
    }
    // Without embeddings the logits stand for them.
    #expect(trained.network.hidden(of: Self.questions[1].samples).columns == 3)
  }

  @Test(
    "what is wrong with an answer is said",
    arguments: [
      ([], "without writing logits-0.npy or predictions-0.npy, its answer for the set test"),
      (["logits-0.npy"], "logits-1.npy"), (["narrow"], "its shape is [3, 2], but [2, 3] is needed"),
      (["endless"], "no finite number"), (["text"], "this is not a NumPy array"), (["class"], "names the class 3"),
      (["logits-0.npy", "logits-1.npy", "embeddings-0.npy"], "no embeddings-1.npy"),
      (["logits-0.npy", "logits-1.npy", "embeddings-1.npy"], "no embeddings-0.npy"),
    ] as [([String], String)]) func wrongAnswers(files: [String], words: String) throws
  {
    let contents: [String: (String, [UInt8])] = [
      "narrow": ("logits-0.npy", rows([1, 2, 3, 4, 5, 6], 2)),
      "endless": ("logits-0.npy", rows([1, 2, 3, 4, 5, .infinity])), "text": ("logits-0.npy", Array("1 2 3".utf8)),
      "class": ("predictions-0.npy", NumPyArray(shape: [2], values: .int32([0, 3])).bytes),
    ]
    let answer = files.map { contents[$0] ?? ($0, rows([1, 2, 3, 4, 5, 6])) }
    let error = #expect(throws: DatasetError.self) {
      try train(Dictionary(uniqueKeysWithValues: answer.map { ($0.0, $0.1) }))
    }
    #expect(error.map { "\($0)".contains(words) } == true, "\(String(describing: error))")
  }

  @Test func optionsAreChecked() throws {
    for options: [String: JSONValue] in [
      [:], ["program": 3], ["program": "x", "seconds": 0], ["program": "x", "options": 1],
      ["program": "x", "labels": ["a b"]], ["program": "x", "labels": [1]],
    ] {
      #expect(throws: ConfigurationError.self) { try ProgramFamily().model(options: options, place: "model") }
    }
    let model = try ProgramFamily().model(options: ["program": "./a.py"], place: "model")
    #expect(model.files == ["program": "./a.py"] && model.options["program"] == "the content of a file")
    #expect(throws: ConfigurationError.self) {
      try model.train(
        on: Self.set, classes: 3, recipe: Recipe(steps: 1, learningRate: 1), seed: 0, context: .unobserved)
    }
  }

  @Test func damagedAnswersAreRefused() throws {
    let network = try train(["logits-0.npy": rows([1, 2, 3, 4, 5, 6]), "logits-1.npy": rows([4, 5, 6, 7, 9, 8])])
      .network
    let stored = try SafeTensors(reading: network.bytes, name: "network")
    var tensors = stored.tensors
    tensors["0.logits"] = SafeTensors.Tensor(shape: [2, 3], floats: [1, 2, 3, 4, 5, 6])
    #expect(throws: NetworkFormatError.self) {
      try Network(bytes: SafeTensors(metadata: stored.metadata, tensors: tensors).bytes)
    }
  }
}
