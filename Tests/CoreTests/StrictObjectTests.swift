import Core
import Testing

@Suite struct StrictObjectTests {
  private enum Colour: String, CaseIterable { case red, green, blue }

  private func object(_ json: JSONValue) throws -> StrictObject { try StrictObject(json, place: "sweep.json") }

  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "nothing was thrown"
    } catch {
      return "\(error)"
    }
  }

  @Test func everyKindOfMemberIsRead() throws {
    var object = try object([
      "text": "x", "flag": true, "count": 3, "share": 0.5, "colour": "green", "list": [1, 2], "inner": ["a": 1],
      "absent": nil,
    ])
    #expect(try object.string("text") == "x")
    #expect(try object.bool("flag") == true)
    #expect(try object.integer("count", in: 0...3) == 3)
    #expect(try object.number("share", in: 0...1) == 0.5)
    #expect(try object.choice("colour", Colour.self) == .green)
    #expect(try object.array("list") == [1, 2])
    var inner = try #require(try object.object("inner"))
    #expect(inner.place == "sweep.json.inner")
    #expect(try inner.integer("a", in: 0...9) == 1)
    try inner.finish()
    #expect(try object.string("absent") == nil)
    #expect(try object.string("other") == nil)
    try object.finish()
  }

  @Test func aKeyNobodyAskedForIsNamedWithTheNearestOne() throws {
    var object = try object(["budgts": 1])
    _ = object.value("budgets")
    _ = object.value("seeds")
    let text = message { try object.finish() }
    #expect(text == "sweep.json: unknown key: \"budgts\" is not known; did you mean \"budgets\"?")
  }

  @Test func wrongValuesAreNamedWithTheirPlaceAndWhatIsNeeded() throws {
    var object = try object(["a": "x", "b": 11, "c": 1.5, "d": "gren", "e": ["deep": 1], "f": 1])
    #expect(message { _ = try object.integer("a", in: 0...10) }.contains("sweep.json.a: a whole number from 0 to 10"))
    #expect(message { _ = try object.integer("b", in: 0...10) }.contains("not 11"))
    #expect(message { _ = try object.integer("c", in: 0...10) }.contains("not 1.5"))
    #expect(message { _ = try object.number("b", in: 0...1) }.contains("a number from 0.0 to 1.0"))
    #expect(message { _ = try object.choice("d", Colour.self) }.contains("did you mean \"green\"?"))
    #expect(message { _ = try object.string("b") }.contains("a string is needed, not 11"))
    #expect(message { _ = try object.bool("a") }.contains("true or false"))
    #expect(message { _ = try object.array("e") }.contains("a list"))
    #expect(message { _ = try object.object("f") }.contains("an object"))
    #expect(message { _ = try object.require("missing") }.contains("\"missing\" is missing"))
    #expect(message { _ = try StrictObject([1], place: "x") }.contains("x: an object"))
  }

  @Test func numbersThatAreNoIntegersOrTooLargeAreRefused() throws {
    var object = try object(["huge": 1e300, "negative": -1])
    #expect(throws: ConfigurationError.self) { try object.integer("huge", in: 0...Int.max) }
    #expect(throws: ConfigurationError.self) { try object.integer("negative", in: 0...Int.max) }
    #expect(try object.number("huge", in: 0...1e301) == 1e300)
  }
}

@Suite struct SuggestionTests {
  @Test func distancesAreLevenshteins() {
    #expect(Suggestion.distance("kitten", "sitting") == 3)
    #expect(Suggestion.distance("", "abc") == 3)
    #expect(Suggestion.distance("abc", "") == 3)
    #expect(Suggestion.distance("flaw", "lawn") == 2)
    #expect(Suggestion.distance("same", "same") == 0)
  }

  @Test func distanceIsAMetric() {
    var generator = SeededGenerator(seed: 1, purpose: "words")
    func word() -> String {
      String((0..<generator.integer(below: 7)).map { _ in Character(["a", "b", "c"][generator.integer(below: 3)]) })
    }
    for _ in 0..<300 {
      let (x, y, z) = (word(), word(), word())
      #expect(Suggestion.distance(x, y) == Suggestion.distance(y, x))
      #expect((Suggestion.distance(x, y) == 0) == (x == y))
      #expect(Suggestion.distance(x, z) <= Suggestion.distance(x, y) + Suggestion.distance(y, z))
    }
  }

  @Test func aNearNameIsSuggestedAndAFarOneGetsTheList() {
    #expect(
      Suggestion.unknown("hreding", among: ["random", "herding"])
        == "\"hreding\" is not known; did you mean \"herding\"?")
    #expect(
      Suggestion.unknown("quantum", among: ["random", "herding"]) == "\"quantum\" is not known (known: random, herding)"
    )
  }
}
