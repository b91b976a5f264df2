import Core
import Economics
import Planning
import Sweeps
import Testing

@Suite("Sweep") struct SweepTests {
  private func decode(_ text: String) throws -> Sweep { try PlanningFixture.decode(text) }

  private func problem(_ text: String) -> String {
    do {
      _ = try PlanningFixture.resolve(try decode(text))
      return "nothing was thrown"
    } catch { return "\(error)" }
  }

  @Test("an empty object is the built-in sweep") func emptyObject() throws {
    #expect(try decode("{}") == .builtIn)
    let (resolved, asked) = (try PlanningFixture.resolve(.builtIn).sweep, Sweep.builtIn)
    #expect(resolved.shifts.count == 7 && asked.budgets.count >= 3)
    #expect(resolved.points.count == asked.strategies.count * 7 * asked.budgets.count * asked.seeds.count)
  }

  @Test("what is written reads back as the same sweep") func roundTrip() throws {
    let sweep = try decode(
      """
      {"name": "a", "strategies": ["random", {"name": "herding", "keep": 0.25}], "shifts": ["crowdsourced"],
       "budgets": [10, 20.5], "seeds": [4, 7], "sizing": ["equal-cost", "equal-items"],
       "prices": {"currency": "EUR", "acquire": 0.5, "shifts": {"expert": {"label.expert": 1}}},
       "training": {"hidden": [], "steps": 9}, "numerics": {"core": "Haswell"},
       "dataset": {"crowdVotes": 3, "seed": 5, "deployment": {"images": "/a", "labels": "b", "target": "c"},
         "evaluationSets": [{"name": "sketch", "images": "i", "labels": "l", "mask": ["Bag", 1]},
           {"name": "coarse-2", "images": "i", "labels": "l", "map": {"Bag": 1, "0": 0, "Shirt": 0}},
           {"name": "digits", "images": "i", "labels": "l", "transfer": true}]},
       "evaluation": {"transfer": "fine-tune", "absentClasses": "absent-as-published"}}
      """)
    #expect(try Sweep(json: sweep.json, place: "again") == sweep)
    #expect(sweep.prices.price(.labelExpert, in: "expert") == Money(1))
    #expect(sweep.prices.price(.acquire, in: "expert") == Money(0.5))
    #expect(!sweep.prices.isIllustrative)
    let resolved = try PlanningFixture.resolve(sweep)
    #expect(try PlanningFixture.resolve(resolved.sweep).sweep == resolved.sweep)
    #expect(
      resolved.description.sets.map(\.meaning) == [
        .mask([1, 8]), .map([0, -1, -1, -1, -1, -1, 0, -1, 1, -1]), .task,
      ])
    let files = Dictionary(uniqueKeysWithValues: resolved.files.map { ($0.name, $0.path) })
    #expect(files["set.sketch.labels"] == "l" && files.count == 4 + 9)
    #expect(resolved.description.sets.map(\.metric) == ["set.sketch", "set.coarse-2", "transfer.digits"])
    #expect(sweep.models == [ModelChoice(name: "mlp", options: ["hidden": []])])
    #expect(sweep.evaluation.transfer == .fineTune && sweep.evaluation.absentClasses == .absentAsPublished)
    #expect(sweep.evaluation.memoryPerClass == 100 && Sweep.builtIn.evaluation == EvaluationSettings())
    #expect(sweep.strategies[1].label == "herding(keep=0.25)")
  }

  @Test("pools that are made from reference pictures pay what one costs, unless the sweep says it") func references()
    throws
  {
    let prices = try PlanningFixture.resolve(.wide).sweep.prices
    // 0.004 for the image and 0.036 for its label.
    #expect(prices.price(.reference, in: "retrieval-image") == Money(0.04))
    #expect(prices.price(.reference, in: "synthetic-image") == Money(0.04) && prices.isIllustrative)
    #expect(prices.price(.setup, in: "synthetic-text") == Money(1) && prices.price(.setup, in: "expert") == .zero)
    let own = try PlanningFixture.resolve(
      try decode(#"{"prices": {"label.expert": 0.1, "shifts": {"synthetic-image": {"reference": 0}}}}"#)
    ).sweep.prices
    #expect(own.price(.reference, in: "retrieval-image") == Money(0.104))
    #expect(
      own.price(.reference, in: "synthetic-image") == .zero && !own.isIllustrative(.reference, in: "synthetic-image"))
  }

  @Test(
    "a mistake is answered with its place and what would be right",
    arguments: [
      (#"{"stratgies": []}"#, "\"stratgies\" is not known; did you mean \"strategies\"?"),
      (#"{"training": {"step": 5}}"#, "sweep.json.training: unknown key"),
      (#"{"budgets": [-1]}"#, "a budget is an amount above 0"),
      (#"{"budgets": []}"#, "the list is empty"),
      (#"{"budgets": [5, 5.0]}"#, "listed twice"),
      (#"{"shifts": ["expret"]}"#, "did you mean \"expert\"?"),
      (#"{"seeds": -3}"#, "a count of seeds"),
      (#"{"seeds": [1.5]}"#, "a seed is a whole number"),
      (#"{"strategies": ["random", "random"]}"#, "random is listed twice"),
      (#"{"strategies": [{"keep": 1}]}"#, "\"name\""),
      (#"{"prices": {"acquire": -1}}"#, "sweep.json.prices.acquire: a number from 0"),
      (#"{"prices": {"shifts": {"exprt": {}}}}"#, "did you mean \"expert\"?"),
      (#"{"sizing": "equal"}"#, "equal-cost, equal-items"),
      (#"{"dataset": {"crowdVotes": 2}}"#, "odd"),
      (#"{"dataset": {"deployment": {"image": "a"}}}"#, "did you mean \"images\"?"),
      (#"{"dataset": {"deployment": {"images": "a", "labels": "b"}}}"#, "the three files"),
      (#"{"dataset": {"deployment": {"images": "a", "labels": "b", "target": "c", "seed": 1}}}"#, "either \"seed\""),
      (#"{"evaluation": {"transfer": "freez"}}"#, "did you mean \"freeze\"?"),
      (#"{"evaluation": {"memoryPerClass": 0}}"#, "sweep.json.evaluation.memoryPerClass"),
      (
        #"{"dataset": {"evaluationSets": [{"name": "a", "images": "a", "labels": "b", "transfer": true, "mask": [1]}]}}"#,
        "choose one of"
      ),
      (#"{"dataset": {"evaluationSets": [{"name": "a"}]}}"#, "evaluationSets[0]: an evaluation set needs"),
      (#"{"dataset": {"evaluationSets": [{"name": "A", "images": "a", "labels": "b"}]}}"#, "small letters"),
      (
        #"{"dataset": {"evaluationSets": [{"name": "a", "images": "a", "labels": "b", "mask": ["Sandle"]}]}}"#,
        "did you mean \"Sandal\"?"
      ),
      (
        #"{"dataset": {"evaluationSets": [{"name": "a", "images": "a", "labels": "b", "map": {"Bag": 1}}]}}"#,
        "no class means the label 0"
      ),
      (
        #"{"dataset": {"evaluationSets": [{"name": "a", "images": "a", "labels": "b"}, {"name": "a", "images": "a", "labels": "b"}]}}"#,
        "a is listed twice"
      ),
      (#"{"training": {"hidden": [0]}}"#, "widths are whole numbers"),
      (#"{"models": ["mlpp"]}"#, "did you mean \"mlp\"?"),
      (#"{"models": [{"name": "mlp", "widths": []}]}"#, "unknown key"),
      (#"{"models": [{"name": "mlp", "hidden": []}], "training": {"hidden": [8]}}"#, "give the widths with the model"),
      (#"{"dataset": {"kind": "fashion"}}"#, "did you mean \"fashion++\"?"),
      (#"[]"#, "an object { … } is needed here"),
      (#"{"#, "not valid JSON"),
    ]) func mistakes(text: String, message: String)
  {
    #expect(problem(text).contains(message), "said: \(problem(text))")
  }
}
