import Core
import Formats
import Foundation
import Models
import Numerics
import Samples
import Testing

/// What was answered elsewhere, and what is not taken for an answer.
@Suite struct ImportedFamilyTests {
  private static func set(_ labels: [Int32] = [2, 0, 1]) -> TrainingSet {
    TrainingSet(
      .vectors(Matrix(rows: 3, columns: 2, values: [5, 6, 1, 2, 3, 4])), labels: labels, normalisation: nil,
      identities: [3, 1, 2].map { SampleIdentifier(high: 0, low: $0) })
  }
  private static let questions = [
    Question("test", .vectors(Matrix(rows: 2, columns: 2, values: [1, 1, 2, 2]))),
    Question("deployment", .vectors(Matrix(rows: 2, columns: 2, values: [2, 2, 3, 3]))),
  ]
  private static let recipe = Recipe(steps: 7, learningRate: 0.5)

  private func handedOut() throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    try HandedOutTraining.files(
      of: Self.set(), classes: 3, recipe: Self.recipe, seed: 4, questions: Self.questions
    ) { name, digest, bytes in
      #expect(Digest(of: bytes) == digest)
      files[name] = bytes
    }
    return files
  }

  private func rows(_ values: [Float], _ columns: Int = 3) -> [UInt8] {
    NumPyArray(shape: [values.count / columns, columns], values: .float32(values)).bytes
  }

  /// The answers beside the request that was handed out.
  private func answered(_ answers: [String: [UInt8]]) throws -> ImportedAnswers {
    try ImportedAnswers(try handedOut().merging(answers) { $1 }, directory: "gpu/a")
  }

  private func train(_ archive: [UInt8]?, labels: [Int32] = [2, 0, 1], seed: UInt64 = 4) throws -> OutsideTraining {
    let model = try ImportedFamily().model(options: ["answers": "gpu"], place: "model")
    let given = try model.given(archive.map { ["answers": $0] } ?? [:])
    let outside = try #require(given as? any OutsideModel)
    return try outside.train(
      on: Self.set(labels), classes: 3, recipe: Self.recipe, seed: seed, questions: Self.questions, run: nil,
      context: .unobserved)
  }

  @Test func whatIsHandedOutIsWhatAProgramIsGiven() throws {
    let files = try handedOut()
    #expect(files.keys.sorted() == ["labels.npy", "request.json", "set-0.npy", "set-1.npy", "training.npy"])
    let request = try JSONValue.parse(try #require(files["request.json"]), source: "request")
    #expect(request["classes"] == 3 && request["seed"] == 4 && request["recipe"]?["steps"] == 7)
    #expect(request["digests"]?["set-1.npy"]?.text == Digest(of: files["set-1.npy"] ?? []).description)
    let training = try NumPyArray(reading: try #require(files["training.npy"]), name: "training")
    #expect(training.shape == [3, 2] && training.values == .float32([1, 2, 3, 4, 5, 6]))
  }

  @Test func arraysAndTablesAnswerAlike() throws {
    let arrays = try answered([
      "logits-0.npy": rows([1, 2, 3, 4, 5, 6]),
      "predictions-1.npy": NumPyArray(shape: [2], values: .uint8([1, 2])).bytes,
    ])
    let tables = try answered([
      "logits-0.csv": Array("1,2,3\r\n4.0,5e0,6\n".utf8), "predictions-1.csv": Array("1.000e+00\n2\n".utf8),
    ])
    try arrays.check(directory: "gpu/a")
    try tables.check(directory: "gpu/a")
    let trained = try [arrays, tables].map { try train($0.archive) }
    #expect(trained[0].network == trained[1].network)
    #expect(trained[0].network.family == "imported" && !trained[0].hasProbabilities && trained[0].weights == nil)
    #expect(trained[0].network.logits(of: Self.questions[0].samples).values == [1, 2, 3, 4, 5, 6])
    #expect(trained[0].network.predictions(of: Self.questions[1].samples) == [2, 2], "(2, 2) was asked about before")
    #expect(try Network(bytes: trained[0].network.bytes) == trained[0].network)
  }

  @Test func onlyAnswersTravel() throws {
    let files: [String: [UInt8]] = [
      "logits-0.npy": rows([1, 2, 3, 4, 5, 6]), "logits-1.npy": rows([1, 2, 3, 4, 5, 6]),
    ]
    let archive = try answered(files).archive
    #expect(try answered(files.merging(["train.log": [1], "model.pt": [2]]) { $1 }).archive == archive)
    #expect(archive.count < 10_000)
    #expect(try train(answered(files.merging(["weights.bin": [9]]) { $1 }).archive).weights == [9])
    for name in ["set-0.npy", "training.npy", "logits-x.npy", "logits-01.npy", "logits-1.txt", "request.json"] {
      #expect(!ImportedAnswers.answers(name), "\(name)")
    }
  }

  @Test(
    "what is wrong is said before anything is imported",
    arguments: [
      (["logits-0.npy": "narrow", "logits-1.npy": "good"], "its shape is [3, 2], but [2, 3] is needed"),
      (["logits-0.npy": "good"], "there is no logits-1.npy or predictions-1.npy, the answer for the set deployment"),
      (["logits-0.npy": "good", "logits-1.npy": "endless"], "no finite number"),
      (["logits-0.npy": "good", "predictions-1.csv": "0\n3"], "it names the class 3; they are 0 to 2"),
      (["logits-0.npy": "good", "predictions-1.csv": "0\n1\n2"], "a list of 2 whole numbers is needed"),
      (["logits-0.npy": "good", "predictions-1.csv": "class\n1"], "line 1: \"class\" is no number"),
      (["logits-0.npy": "good", "predictions-1.csv": "0.5\n1"], "one whole number a line is needed"),
      (["logits-0.npy": "good", "logits-1.csv": "1,2,3\n1,2"], "line 2: it has 2 numbers, and the first line 3"),
      (["logits-0.npy": "good", "logits-0.csv": "1,2,3"], "logits-0 is there in two forms"),
      (["logits-0.npy": "good", "logits-1.npy": "1 2 3"], "this is not a NumPy array"),
      (["logits-0.npy": "good", "logits-1.npy": "good", "request.json": "{}"], "it is no request"),
      (["logits-0.npy": "good", "logits-1.npy": "good", "request.json": "{"], "request.json"),
    ] as [([String: String], String)]) func wrongAnswers(files: [String: String], words: String) throws
  {
    let contents = [
      "good": rows([1, 2, 3, 4, 5, 6]), "narrow": rows([1, 2, 3, 4, 5, 6], 2),
      "endless": rows([1, 2, 3, 4, 5, .nan]),
    ]
    let error = #expect(throws: (any Error).self) {
      try answered(files.mapValues { contents[$0] ?? Array($0.utf8) }).check(directory: "gpu/a")
    }
    #expect(error.map { "\($0)" }?.contains(words) == true, "\(String(describing: error))")
    #expect(error.map { "\($0)" }?.contains("gpu/a") == true)
  }

  @Test func answersToAnotherRequestAreRefused() throws {
    let answers: [String: [UInt8]] = [
      "logits-0.npy": rows([1, 2, 3, 4, 5, 6]), "logits-1.npy": rows([1, 2, 3, 4, 5, 6]),
    ]
    let archive = try answered(answers).archive
    #expect(throws: Never.self) { try train(archive) }
    let seed = #expect(throws: DatasetError.self) { try train(archive, seed: 5) }
    #expect(seed.map { "\($0)" }?.contains("its seed differs") == true)
    // Another subset, of the same size.
    let subset = #expect(throws: DatasetError.self) { try train(archive, labels: [2, 0, 0]) }
    #expect(subset.map { "\($0)" }?.contains("its digests differs") == true)
    #expect(throws: (any Error).self) { try train(nil) }
    #expect(throws: DatasetError.self) { try train(Array("nothing of the kind".utf8)) }
    let without = #expect(throws: DatasetError.self) { try ImportedAnswers(answers, directory: "gpu/a") }
    #expect(without.map { "\($0)" }?.contains("--requests") == true)
  }

  @Test func optionsAreChecked() throws {
    for options: [String: JSONValue] in [[:], ["answers": 3], ["answers": ""], ["answers": "x", "seconds": 3]] {
      #expect(throws: ConfigurationError.self) { try ImportedFamily().model(options: options, place: "model") }
    }
    let model = try ImportedFamily().model(options: ["answers": "gpu"], place: "model")
    #expect(model.files.isEmpty && model.options == ["answers": "the content of a directory"])
    #expect(throws: ConfigurationError.self) {
      try model.train(on: Self.set(), classes: 3, recipe: Self.recipe, seed: 0, context: .unobserved)
    }
  }
}
