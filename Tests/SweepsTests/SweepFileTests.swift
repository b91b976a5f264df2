import Core
import Economics
import Sweeps
import Testing

@Suite("The sweep file, key by key") struct SweepFileTests {
  private static func read(_ text: String) throws -> Sweep {
    try Sweep(json: JSONValue.parse(Array(text.utf8), source: "sweep.json"), place: "sweep.json")
  }

  @Test("nothing is the built-in sweep, with or without keys that are null") func nothing() throws {
    #expect(try Self.read("{}") == .builtIn)
    #expect(try Self.read(#"{"name": null, "seeds": null, "training": null, "models": null}"#) == .builtIn)
  }

  /// A key, a value that is right and the part of the sweep that it sets.
  struct Key: CustomTestStringConvertible, Sendable {
    let text: String
    let change: @Sendable (inout Sweep) -> Void
    var testDescription: String { text }

    init(_ text: String, _ change: @escaping @Sendable (inout Sweep) -> Void) {
      (self.text, self.change) = (text, change)
    }
  }

  static let keys: [Key] = [
    Key(#""name": "mine""#) { $0.name = "mine" },
    Key(#""dataset": {"kind": "idx", "seed": 3}"#) { $0.dataset = DatasetChoice(kind: "idx", options: ["seed": 3]) },
    Key(#""dataset": {"builtIn": "old"}"#) { $0.dataset = DatasetChoice(kind: "old") },
    Key(#""strategies": ["random", {"name": "k", "keep": 0.5}]"#) {
      $0.strategies = [NamedChoice(name: "random"), NamedChoice(name: "k", options: ["keep": 0.5])]
    },
    Key(#""strategies": ["random", {"name": "k", "keep": 0.5, "label": "half"}]"#) {
      $0.strategies = [
        NamedChoice(name: "random"), NamedChoice(name: "k", options: ["keep": 0.5], title: "half"),
      ]
    },
    Key(#""shifts": ["b", "a"]"#) { $0.shifts = ["b", "a"] },
    Key(#""budgets": [20, 0.000001, 1e9]"#) { $0.budgets = [Money(20), Money(millionths: 1), Money(1e9)] },
    Key(#""seeds": 2"#) { $0.seeds = [0, 1] },
    Key(#""seeds": [7, 2147483647, 0]"#) { $0.seeds = [7, 2_147_483_647, 0] },
    Key(#""prices": {"currency": "EUR"}"#) { $0.prices.currency = "EUR" },
    Key(#""sizing": "equal-items""#) { $0.sizing = [.equalItems] },
    Key(#""sizing": ["equal-items", "equal-cost"]"#) { $0.sizing = [.equalItems, .equalCost] },
    Key(#""trainingLength": "equal-epochs""#) { $0.trainingLength = [.equalEpochs] },
    Key(#""trainingLength": [300, "3000-steps", "7-epochs", "equal-steps"]"#) {
      $0.trainingLength = [.steps(300), .steps(3000), .epochs(7), .equalSteps]
    },
    Key(#""models": ["linear", {"name": "mlp", "hidden": [8]}]"#) {
      $0.models = [NamedChoice(name: "linear"), NamedChoice(name: "mlp", options: ["hidden": [8]])]
    },
    Key(#""training": {"steps": 1}"#) { $0.training.steps = 1 },
    Key(#""training": {"epochs": 3}"#) { $0.training.epochs = 3 },
    Key(#""training": {"batch": 65536}"#) { $0.training.batch = 65_536 },
    Key(#""training": {"learningRate": 1000}"#) { $0.training.learningRate = 1_000 },
    Key(#""training": {"momentum": 0}"#) { $0.training.momentum = 0 },
    Key(#""training": {"weightDecay": 10}"#) { $0.training.weightDecay = 10 },
    Key(#""training": {"warmupSteps": 0}"#) { $0.training.warmupSteps = 0 },
    Key(#""training": {"labelSmoothing": 0.99}"#) { $0.training.labelSmoothing = 0.99 },
    Key(#""training": {"hidden": [64], "steps": 5}"#) {
      $0.models = [NamedChoice(name: "mlp", options: ["hidden": [64]])]
      $0.training.steps = 5
    },
    Key(#""evaluation": {"transfer": "fine-tune"}"#) { $0.evaluation.transfer = .fineTune },
    Key(#""evaluation": {"absentClasses": "absent-as-published"}"#) {
      $0.evaluation.absentClasses = .absentAsPublished
    },
    Key(#""evaluation": {"memoryPerClass": 100000}"#) { $0.evaluation.memoryPerClass = 100_000 },
    Key(#""numerics": {"core": "Haswell"}"#) { $0.numericsCore = "Haswell" }, Key(#""numerics": {}"#) { _ in },
  ]

  @Test("a key sets its part and nothing else", arguments: keys) func sets(key: Key) throws {
    var expected = Sweep.builtIn
    key.change(&expected)
    #expect(try Self.read("{\(key.text)}") == expected)
  }

  /// What is wrong, the place that is named, and a word of the problem.
  static let mistakes: [(text: String, place: String, word: String)] = [
    ("[]", "sweep.json", "object"), (#"{"seed": 1}"#, "sweep.json", "did you mean \"seeds\""),
    (#"{"name": 1}"#, "sweep.json.name", "string"), (#"{"name": ""}"#, "sweep.json.name", "1 to 200"),
    (#"{"name": "a\nb"}"#, "sweep.json.name", "line ends"),
    (#"{"dataset": "mine"}"#, "sweep.json.dataset", "manifest"),
    (#"{"dataset": {"kind": 1}}"#, "sweep.json.dataset.kind", "name"),
    (#"{"dataset": {"kind": "a", "builtIn": "a"}}"#, "sweep.json.dataset.kind", "one kind"),
    (#"{"strategies": "random"}"#, "sweep.json.strategies", "list"),
    (#"{"strategies": []}"#, "sweep.json.strategies", "empty"),
    (#"{"strategies": ["a", 1]}"#, "sweep.json.strategies[1]", "a strategy is a name"),
    (#"{"strategies": [{"keep": 1}]}"#, "sweep.json.strategies[0]", "a strategy is a name"),
    (#"{"strategies": ["a", "b", "a"]}"#, "sweep.json.strategies", "a is listed twice"),
    (
      #"{"strategies": [{"name": "a", "k": 1}, {"k": 1, "name": "a"}]}"#, "sweep.json.strategies",
      "a(k=1) is listed twice"
    ),
    (#"{"shifts": "a"}"#, "sweep.json.shifts", "list"), (#"{"shifts": []}"#, "sweep.json.shifts", "empty"),
    (#"{"shifts": [1]}"#, "sweep.json.shifts", "no name"),
    (#"{"shifts": ["a", "a"]}"#, "sweep.json.shifts", "a is listed twice"),
    (#"{"budgets": 50}"#, "sweep.json.budgets", "list"), (#"{"budgets": []}"#, "sweep.json.budgets", "empty"),
    (#"{"budgets": [0]}"#, "sweep.json.budgets", "not 0"), (#"{"budgets": [-5]}"#, "sweep.json.budgets", "not -5"),
    (#"{"budgets": [1e-7]}"#, "sweep.json.budgets", "at least 0.000001"),
    (#"{"budgets": ["5"]}"#, "sweep.json.budgets", "amount"),
    (#"{"budgets": [1000000000.1]}"#, "sweep.json.budgets", "at most 1e9"),
    (#"{"budgets": [1e300]}"#, "sweep.json.budgets", "at most"),
    (#"{"budgets": [5, 5.0000001]}"#, "sweep.json.budgets", "5.00 is listed twice"),
    (#"{"seeds": 0}"#, "sweep.json.seeds", "from 1 to 10000"), (#"{"seeds": 10001}"#, "sweep.json.seeds", "not 10001"),
    (#"{"seeds": 1.5}"#, "sweep.json.seeds", "count such as 5"), (#"{"seeds": []}"#, "sweep.json.seeds", "empty"),
    (#"{"seeds": [-1]}"#, "sweep.json.seeds", "not -1"),
    (#"{"seeds": [2147483648]}"#, "sweep.json.seeds", "2147483647"),
    (#"{"seeds": [1, 1]}"#, "sweep.json.seeds", "1 is listed twice"),
    (#"{"seeds": ["1"]}"#, "sweep.json.seeds", "whole number"),
    (#"{"prices": {"label.exprt": 1}}"#, "sweep.json.prices", "did you mean \"label.expert\""),
    (#"{"prices": {"shifts": {"a": {"score": -1}}}}"#, "sweep.json.prices.shifts.a.score", "from 0"),
    (#"{"sizing": "equal-costs"}"#, "sweep.json.sizing", "did you mean \"equal-cost\""),
    (#"{"sizing": 1}"#, "sweep.json.sizing", "1"),
    (#"{"sizing": []}"#, "sweep.json.sizing", "empty"),
    (#"{"sizing": ["equal-cost", "equal-cost"]}"#, "sweep.json.sizing", "twice"),
    (#"{"trainingLength": [0]}"#, "sweep.json.trainingLength", "0 is not known; equal-steps, equal-epochs"),
    (#"{"trainingLength": "07-steps"}"#, "sweep.json.trainingLength", "not known"),
    (#"{"trainingLength": "10000001-steps"}"#, "sweep.json.trainingLength", "not known"),
    (#"{"trainingLength": "100001-epochs"}"#, "sweep.json.trainingLength", "not known"),
    (#"{"trainingLength": "5-passes"}"#, "sweep.json.trainingLength", "not known"),
    (#"{"trainingLength": {}}"#, "sweep.json.trainingLength", "not known"),
    (#"{"trainingLength": []}"#, "sweep.json.trainingLength", "empty"),
    (#"{"trainingLength": [7, "7-steps"]}"#, "sweep.json.trainingLength", "7-steps is listed twice"),
    (
      #"{"trainingLength": ["equal-steps", 9], "training": {"steps": 9}}"#, "sweep.json.trainingLength",
      "9-steps is listed twice"
    ),
    (#"{"models": "mlp"}"#, "sweep.json.models", "list"), (#"{"models": []}"#, "sweep.json.models", "empty"),
    (#"{"models": [[]]}"#, "sweep.json.models[0]", "a model is a name"),
    (#"{"models": ["a", "a"]}"#, "sweep.json.models", "a is listed twice"),
    (#"{"training": []}"#, "sweep.json.training", "object"),
    (#"{"training": {"step": 1}}"#, "sweep.json.training", "did you mean \"steps\""),
    (#"{"training": {"steps": 0}}"#, "sweep.json.training.steps", "from 1 to 10000000"),
    (#"{"training": {"epochs": 100001}}"#, "sweep.json.training.epochs", "not 100001"),
    (#"{"training": {"batch": 65537}}"#, "sweep.json.training.batch", "65536"),
    (#"{"training": {"learningRate": 0}}"#, "sweep.json.training.learningRate", "not 0"),
    (#"{"training": {"momentum": 1}}"#, "sweep.json.training.momentum", "0.9999"),
    (#"{"training": {"weightDecay": -1}}"#, "sweep.json.training.weightDecay", "not -1"),
    (#"{"training": {"warmupSteps": -1}}"#, "sweep.json.training.warmupSteps", "not -1"),
    (#"{"training": {"labelSmoothing": 1}}"#, "sweep.json.training.labelSmoothing", "0.99"),
    (#"{"models": ["linear"], "training": {"hidden": [8]}}"#, "sweep.json.training.hidden", "with the model"),
    (#"{"evaluation": {"transfer": "frozen"}}"#, "sweep.json.evaluation.transfer", "freeze"),
    (#"{"evaluation": {"absentClasses": true}}"#, "sweep.json.evaluation.absentClasses", "string"),
    (#"{"evaluation": {"memoryPerClass": 0}}"#, "sweep.json.evaluation.memoryPerClass", "from 1"),
    (#"{"evaluation": {"memory": 1}}"#, "sweep.json.evaluation", "not known"),
    (#"{"numerics": "Haswell"}"#, "sweep.json.numerics", "object"),
    (#"{"numerics": {"core": 1}}"#, "sweep.json.numerics.core", "string"),
    (#"{"numerics": {"kernel": "Zen"}}"#, "sweep.json.numerics", "not known"),
  ]

  @Test("a mistake is refused, with its place and what would be right", arguments: mistakes)
  func refuses(text: String, place: String, word: String) throws {
    let error = try #require(throws: ConfigurationError.self) { try Self.read(text) }
    #expect(error.place == place && error.problem.contains(word), "\(error)")
  }

  @Test("every key refuses a value of the wrong type, and names itself") func wrongTypes() throws {
    let keys = try #require(Sweep.builtIn.json.members).keys.sorted() + ["shifts"]
    for key in keys {
      let error = try #require(throws: ConfigurationError.self) { try Self.read("{\"\(key)\": false}") }
      #expect(error.place == "sweep.json.\(key)", "\(error)")
    }
  }

  @Test("a name has at most 200 letters, however many marks they bear") func longNames() throws {
    let name = String(repeating: "ö", count: 200)
    #expect(try Self.read("{\"name\": \"\(name)\"}").name == name)
    #expect(throws: ConfigurationError.self) { try Self.read("{\"name\": \"\(name)x\"}") }
    let marked = "o" + String(repeating: "\u{308}", count: 200)
    #expect(marked.count == 1)
    #expect(throws: ConfigurationError.self) { try Self.read("{\"name\": \"\(marked)\"}") }
  }

  @Test("any sweep reads back from its canonical form, and is named by it") func roundTrip() throws {
    var generator = RandomSweep(seed: 1)
    for _ in 0..<300 {
      let sweep = generator.sweep()
      let bytes = sweep.json.canonical
      let read = try Sweep(json: JSONValue.parse(bytes, source: "sweep"), place: "sweep")
      #expect(read == sweep, "\(sweep.json.canonicalText)")
      #expect(read.json.canonical == bytes && read.id == Digest(of: bytes))
    }
  }

  @Test("the built-in sweep keeps its name: results of years hang on it") func identity() {
    let text = Sweep.builtIn.json.canonicalText
    #expect(
      text.hasPrefix(
        #"{"budgets":[10,25,50],"dataset":{"corruptionImages":250,"kind":"fashion++"},"evaluation":{"absentClasses":"#))
    #expect(text.contains(#""prices":{"currency":"USD"},"seeds":[0,1,2,3,4],"sizing":["equal-cost"],"#))
    #expect(!text.contains("shifts"))
  }

  @Test("a label is what tables call a strategy, and no task depends on it") func labels() throws {
    let sweep = try Self.read(#"{"strategies": ["random", {"name": "k", "keep": 0.5, "label": "half"}]}"#)
    let choice = sweep.strategies[1]
    #expect(choice.label == "half" && choice.description == "k(keep=0.5)" && choice.options == ["keep": 0.5])
    #expect(choice == NamedChoice(name: "k", options: ["keep": 0.5]) && choice.json["label"] == nil)
    #expect(try Sweep(json: sweep.json, place: "again").strategies.map(\.label) == ["random", "half"])
    let long = String(repeating: "x", count: 41)
    for text in [
      #"[{"name": "k", "label": ""}]"#, #"[{"name": "k", "label": 3}]"#, #"[{"name": "k", "label": "\#(long)"}]"#,
      #"[{"name": "k", "label": "a"}, {"name": "k", "label": "b"}]"#, #"["a", {"name": "k", "label": "a"}]"#,
    ] {
      #expect(throws: ConfigurationError.self, "\(text)") { try Self.read(#"{"strategies": \#(text)}"#) }
    }
  }
}
