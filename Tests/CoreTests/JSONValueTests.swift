import Core
import Foundation
import Testing

@Suite struct JSONValueTests {
  private func parse(_ text: String) throws -> JSONValue { try JSONValue.parse(Array(text.utf8), source: "test") }

  /// Any value, up to a few levels deep.
  private func random(_ generator: inout SeededGenerator, depth: Int = 3) -> JSONValue {
    switch generator.integer(below: depth > 0 ? 8 : 6) {
    case 0: return .null
    case 1: return .bool(generator.uniform() < 0.5)
    case 2: return .integer(Int64(truncatingIfNeeded: generator.next()) >> Int64(generator.integer(below: 64)))
    case 3: return .number(randomNumber(&generator))
    case 4, 5: return .string(randomText(&generator))
    case 6: return .array((0..<generator.integer(below: 4)).map { _ in random(&generator, depth: depth - 1) })
    default:
      let pairs = (0..<generator.integer(below: 5)).map { _ in
        (randomText(&generator), random(&generator, depth: depth - 1))
      }
      return .object(Dictionary(pairs) { first, _ in first })
    }
  }

  private func randomNumber(_ generator: inout SeededGenerator) -> Double {
    while true {
      let number = generator.uniform() < 0.5 ? Double(bitPattern: generator.next()) : generator.normal() * 1000
      if number.isFinite { return number }
    }
  }

  private func randomText(_ generator: inout SeededGenerator) -> String {
    let alphabet: [Character] = [
      "a", "b", "Z", "\"", "\\", "/", "\n", "\r", "\t", "\u{1}", "\u{7f}", "é", "日", "🎈", " ",
    ]
    return String((0..<generator.integer(below: 6)).map { _ in alphabet[generator.integer(below: alphabet.count)] })
  }

  @Test func whatIsWrittenReadsBackToTheSameBytes() throws {
    var generator = SeededGenerator(seed: 1, purpose: "json")
    for _ in 0..<2000 {
      let value = random(&generator)
      let read = try JSONValue.parse(value.canonical, source: "test")
      #expect(read.canonical == value.canonical, "\(value.canonicalText)")
      #expect(try parse(value.prettyText).canonical == value.canonical)
    }
  }

  @Test func everyDoubleReadsBackToItsBits() throws {
    var generator = SeededGenerator(seed: 2, purpose: "json")
    let edges = [
      0.1, 1 / 3, .leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude, 0x1p53, 0x1p53 - 1,
      0x1p53 + 2, 1e21, 1e22, -0.5,
    ]
    for number in edges + (0..<3000).map({ _ in randomNumber(&generator) }) {
      let read = try #require(
        try JSONValue.parse(JSONValue.array([.number(number)]).canonical, source: "test").elements?[0])
      #expect(read.double?.bitPattern == number.bitPattern, "\(number)")
    }
  }

  @Test func keysAreSortedByTheirBytesAndNothingIsPadded() throws {
    let value: JSONValue = [
      "b": 1, "a": [true, nil, 2.5], "": "x", "é": 0, "B": -3, "ab": [:] as JSONValue, "empty": [],
    ]
    #expect(value.canonicalText == #"{"":"x","B":-3,"a":[true,null,2.5],"ab":{},"b":1,"empty":[],"é":0}"#)
    #expect(try parse(#" { "y" : 1 , "x" : [ ] } "#).canonicalText == #"{"x":[],"y":1}"#)
  }

  @Test func equalNumbersHaveOneSpelling() throws {
    for text in ["[1]", "[1.0]", "[1e0]", "[10e-1]"] { #expect(try parse(text).canonicalText == "[1]") }
    #expect(JSONValue.number(1).canonicalText == "1")
    #expect(JSONValue.number(-0.0).canonicalText == "0")
    #expect(JSONValue.number(.nan).canonicalText == "null")
    #expect(JSONValue.number(-.infinity).canonicalText == "null")
    #expect(try parse("[9007199254740993]").canonicalText == "[9007199254740993]")
    #expect(try parse("[\(Int64.min),\(Int64.max)]").canonicalText == "[\(Int64.min),\(Int64.max)]")
  }

  @Test func controlCharactersAreEscaped() {
    #expect(JSONValue.string("a\"\\\n\r\t\u{1}\u{1f}/é").canonicalText == #""a\"\\\n\r\t\u0001\u001f/é""#)
  }

  @Test(arguments: ["", "{", "{\"a\":}", "[1,]x", "nul", "{'a': 1}", "[1] 2", "\u{0}"]) func whatIsNotJSONIsSaidSo(
    text: String
  ) {
    do {
      _ = try JSONValue.parse(Array(text.utf8), source: "sweep.json")
      Issue.record("\(text) was read")
    } catch {
      #expect("\(error)".hasPrefix("sweep.json: "), "\(error)")
    }
  }

  @Test func randomBytesAreReadOrRefusedAndNeverTrap() {
    var generator = SeededGenerator(seed: 3, purpose: "json noise")
    for _ in 0..<1000 {
      var bytes = random(&generator).canonical
      for _ in 0...generator.integer(below: 3) where !bytes.isEmpty {
        bytes[generator.integer(below: bytes.count)] = UInt8(truncatingIfNeeded: generator.next())
      }
      if let value = try? JSONValue.parse(bytes, source: "noise") {
        #expect((try? JSONValue.parse(value.canonical, source: "noise"))?.canonical == value.canonical)
      }
    }
  }

  @Test func accessorsAnswerForTheirKindOnly() {
    let value: JSONValue = ["i": 3, "d": 2.5, "s": "x", "a": [1], "whole": 4.0]
    #expect(value["i"]?.int == 3 && value["i"]?.double == 3)
    #expect(value["d"]?.int == nil && value["d"]?.double == 2.5)
    #expect(value["whole"]?.int == 4)
    #expect(value["s"]?.text == "x" && value["s"]?.int == nil)
    #expect(value["a"]?.elements == [1] && value["a"]?.members == nil)
    #expect(value["absent"] == nil && value["i"]?["x"] == nil)
  }
}
