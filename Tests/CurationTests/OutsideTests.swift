import Core
import Curation
import Datasets
import Economics
import Formats
import Sweeps
import Testing

@Suite("What people bring along") struct OutsideTests {
  private let pool = SyntheticPools.make(count: 200)

  private func choose(
    _ name: String, _ options: [String: JSONValue], budget: Double = 1, outside: Outside
  ) throws -> Purchase {
    let strategy = try StrategyRegistry.resolve(StrategyChoice(name: name, options: options))
    return try Curator.choose(
      strategy, terms: try SyntheticPools.terms(budget: budget), pool: pool,
      target: SyntheticPools.points(5, pool.features.matrix.columns), scores: nil, outside: outside)
  }

  private func imported(_ bytes: [UInt8], budget: Double = 1) throws -> Purchase {
    try choose("imported", ["file": "subset"], budget: budget, outside: Outside(files: ["file": bytes]))
  }

  /// An external strategy whose program is `answer`.
  private func external(
    _ options: [String: JSONValue] = [:], answer: @escaping (ProgramRun) throws -> [String: [UInt8]]
  ) throws -> Purchase {
    try choose(
      "external", options.merging(["program": "x"]) { $1 },
      outside: Outside(files: ["program": [1, 2]], run: { run, _ in try answer(run) }))
  }

  @Test("an imported subset is bought in its order as far as the money goes, and pays for no looking")
  func importedSubset() throws {
    let rows = [7, 3, 150, 42]
    let all = try imported(SubsetManifest(pool: pool, subset: rows, labels: [0, 0, 0, 0]).bytes(.csv))
    #expect(all.subset == rows && all.labels == rows.map { pool.observedLabels[$0] })
    #expect(all.ledger.total(for: .selection) == .zero && all.candidates == 0)
    let few = try imported(SubsetManifest(pool: pool, subset: rows, labels: [0, 0, 0, 0]).bytes(.npy), budget: 0.0175)
    #expect(few.subset == [7, 3])
    let error = #expect(throws: DatasetError.self) { try imported(Array("index\n3\n200\n".utf8)) }
    #expect(error?.problem == "1 of 2 samples are not in the pool retrieval-image")
  }

  @Test("a program finds what it needs, and what it chose is bought in its order") func program() throws {
    var seen: ProgramRun?
    let purchase = try external(["needs": ["labels", "target", "images"], "options": ["depth": 3]]) { run in
      seen = run
      return ["subset.json": Array(#"{"indices": [4, 0, 2], "gains": [3, 2, 1]}"#.utf8)]
    }
    let run = try #require(seen)
    #expect(run.program == [1, 2] && run.seconds == 600)
    #expect(
      run.files.keys.sorted() == ["features.npy", "images.npy", "labels.npy", "request.json", "target.npy"])
    let request = try JSONValue.parse(run.files["request.json"]!, source: "request")
    #expect(request["options"]?["depth"]?.int == 3 && request["candidates"]?.int == purchase.candidates)
    let labels = try NumPyArray(reading: run.files["labels.npy"]!, name: "labels").values.integers
    #expect(purchase.labels.map(Int.init) == [4, 0, 2].map { labels![$0] })
    #expect(purchase.subset.count == 3 && purchase.ledger.total <= purchase.ledger.budget)
  }

  @Test("models of the program's own are charged") func ownModels() throws {
    func trained(_ options: [String: JSONValue]) throws -> Ledger {
      try external(options) { _ in ["subset.json": Array(#"{"indices": [0]}"#.utf8)] }.ledger
    }
    #expect(try trained([:]).entries.allSatisfy { $0.item != .train })
    let ledger = try trained(["epochs": 5, "passes": 2])
    let candidates = try #require(ledger.entries.first { $0.item == .train }).quantity / 5
    #expect(ledger.entries.first { $0.item == .score }?.quantity == 3 * candidates)
  }

  @Test(arguments: [
    (#"{"indices": [0, 0]}"#, "chose a candidate twice"), (#"{"indices": [-1]}"#, "chose candidate -1"),
    (#"{"indices": [0.5]}"#, "no list of whole numbers"), (#"{"indices": []}"#, "nothing to buy"),
    (#"{"indices": [0], "gains": []}"#, "not one number for each index"), ("[", "not valid JSON"),
  ]) func aWrongAnswerIsSaid(answer: String, problem: String) {
    let error = #expect(throws: (any Error).self) { try external { _ in ["subset.json": Array(answer.utf8)] } }
    #expect(error.map { "\($0)" }?.contains(problem) == true, "\(String(describing: error))")
  }

  @Test func moreThanTheBudgetBuysIsRefused() {
    let error = #expect(throws: CurationError.self) {
      try external { _ in
        ["subset.npy": NumPyArray(shape: [190], values: .int64((0..<190).map { $0 })).bytes]
      }
    }
    #expect(error?.description.contains("but the budget buys") == true)
  }

  @Test func aProgramThatSaysNothingAndAWorkerThatRunsNoneAreNamed() {
    let silent = #expect(throws: CurationError.self) { try external { _ in [:] } }
    #expect(silent?.description.contains("without writing") == true)
    let refused = #expect(throws: CurationError.self) {
      try choose("external", ["program": "x"], outside: Outside(files: ["program": []]))
    }
    #expect(refused?.description.contains("--allow-programs") == true)
  }
}
