import Core
import Sweeps
import Testing

@Suite("Remarks and facts as values") struct RemarkTests {
  static let examples: [Remark] = [
    Remark(.allBought, numbers: ["count": 12, "share": 0.25]), Remark(.buysNothing, names: ["shift": "a b"]),
    Remark(.reference), Remark(sentence: "All candidates were looked at."), "a-code",
  ]

  @Test("a remark reads back from its JSON", arguments: examples) func roundTrip(remark: Remark) throws {
    #expect(try Remark(json: remark.json, place: "test") == remark)
    #expect(try Remark(json: JSONValue.parse(remark.json.canonical, source: "test"), place: "test") == remark)
  }

  @Test("a string is a sentence of release 1, and is written as that string again") func sentences() throws {
    let remark = try Remark(json: "Only 3 images.", place: "test")
    #expect(remark.sentence == "Only 3 images." && remark.json == "Only 3 images.")
    #expect(Remark(.reference).sentence == nil)
  }

  @Test(
    "what is no remark is refused",
    arguments: [
      "1", "{}", #"{"code": ""}"#, #"{"code": 3}"#, #"{"code": "a", "more": 1}"#, #"{"code": "a", "numbers": [1]}"#,
      #"{"code": "a", "numbers": {"n": "1"}}"#, #"{"code": "a", "names": {"n": 1}}"#,
      #"{"code": "sentence", "names": {"text": "a"}}"#,
    ]) func refused(text: String) throws
  {
    let json = try JSONValue.parse(Array(text.utf8), source: "test")
    #expect(throws: ConfigurationError.self) { try Remark(json: json, place: "test") }
  }

  static let full: PartFacts = PartFacts(
    count: 30, classCounts: [10, 20], classNames: ["T-shirt/top", "Trouser"], licence: "MIT", labelOrigin: "own",
    labelNoise: 0.125, noneOfTheClasses: 0.5, uncheckedTruth: "asked", statements: [Remark("s", numbers: ["n": 0.5])],
    notes: ["a", "b"], others: ["queries": 5, "similarity": 0.75],
    transferTasks: [.init(name: "coarse", chance: 0.25, testImages: 9)])

  @Test("facts read back from their JSON, full and empty", arguments: [full, PartFacts()])
  func readBack(facts: PartFacts) throws {
    #expect(try PartFacts(json: facts.json, place: "test") == facts)
    #expect(try PartFacts.read(values: ["part": facts.json], place: "test") == facts)
  }

  @Test("nothing is written for what is not known") func unknown() throws {
    #expect(PartFacts().json == [:])
    #expect(PartFacts(count: 3).json == ["count": 3])
    #expect(try PartFacts.read(values: [:], place: "test") == nil)
  }

  @Test(
    "a member that is wrong or unknown is refused, and named",
    arguments: [
      ("count", "-1"), ("classCounts", "[1, -1]"), ("classCounts", "[0.5]"), ("classNames", "[1]"),
      ("licence", "1"), ("labelOrigin", "{}"), ("labelNoise", "1.5"), ("noneOfTheClasses", "\"0\""),
      ("statements", "[1]"), ("notes", "1"), ("others", "{\"a\": \"b\"}"), ("others", "[]"),
      ("transferTasks", "[{\"name\": \"a\"}]"), ("colour", "1"),
    ]) func wrong(key: String, value: String) throws
  {
    let json = try JSONValue.parse(Array("{\"\(key)\": \(value)}".utf8), source: "test")
    let error = try #require(throws: ConfigurationError.self) { try PartFacts(json: json, place: "facts") }
    #expect(error.description.contains(key), "\(error)")
  }

  @Test("facts of release 1 are read: sentences are kept, and an unchecked truth leaves no noise") func release1()
    throws
  {
    let text = """
      {"count": 10, "classCounts": [4, 6], "classNames": ["a", "b"], "licence": "MIT", "labelOrigin": "By hand.",
       "labelNoise": 0, "noneOfTheClasses": 0.1, "trueLabel": "what was asked for", "simulated": true,
       "generator": "A mixture.", "camera": "rotation up to 15°", "spread": 0.85, "mix": [0.5, 0.5],
       "transferTasks": [{"name": "shift", "chance": 0.25, "testImages": 7, "labels": 4, "trainingImages": 10}]}
      """
    let values: JSONValue = ["facts": try JSONValue.parse(Array(text.utf8), source: "test")]
    let facts = try #require(try PartFacts.read(values: values, place: "test"))
    #expect(
      facts
        == PartFacts(
          count: 10, classCounts: [4, 6], classNames: ["a", "b"], licence: "MIT",
          labelOrigin: Remark(sentence: "By hand."), labelNoise: nil, noneOfTheClasses: 0.1,
          uncheckedTruth: Remark(sentence: "true label: what was asked for"),
          statements: [Remark(sentence: "A mixture.")], notes: [Remark(sentence: "rotation up to 15°")],
          others: ["spread": 0.85], transferTasks: [.init(name: "shift", chance: 0.25, testImages: 7)]))
  }
}
