import Core
import Testing

@Suite struct JSONReadingTests {
  private func parse(_ text: String) throws -> JSONValue { try JSONValue.parse(Array(text.utf8), source: "test") }

  @Test(arguments: [
    ("\"\\u00e9\\u65e5\\ud83c\\udf88\"", "é日🎈"), ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\u{8}\u{c}\n\r\t"),
    ("\"plain\"", "plain"), ("\"\"", ""), ("\"\\u0000\"", "\0"),
  ])
  func escapesAreRead(text: String, meaning: String) throws {
    #expect(try parse(text) == .string(meaning))
  }

  @Test(arguments: [
    "", " ", "{", "[", "\"", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "[1", "[1,", "{a:1}",
    "'a'", "01", "-", "+1", "1.", ".5", "1e", "1e+", "0x1", "tru", "nul", "True", "NaN", "Infinity", "1e999", "1 2",
    "{\"a\":1 \"b\":2}", "[1 2]", "{\"a\" 1}", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\\ud83c\"",
    "\"\\ud83c\\u0041\"",
    "\"\\udf88\"", "\"a\nb\"", "\"\\", "// x\n1",
  ])
  func whatIsNotJSONIsRefused(text: String) {
    #expect(throws: ConfigurationError.self) { try parse(text) }
  }

  @Test func bytesThatAreNotUTF8AreRefused() {
    let damaged: [[UInt8]] = [
      [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xC0, 0x80, 0x22],
    ]
    for bytes in damaged {
      #expect(throws: ConfigurationError.self) { try JSONValue.parse(bytes, source: "test") }
    }
  }

  @Test func theErrorSaysWhereAndWhat() {
    let error = #expect(throws: ConfigurationError.self) { try parse("{\n  \"a\": 1,\n  \"b\" 2\n}") }
    #expect(
      error?.description
        == "test: this is not valid JSON: Invalid value around line 3, column 7.")
  }

  @Test func deepNestingIsRefusedAndNeverExhaustsTheStack() throws {
    _ = try parse(String(repeating: "[", count: 200) + String(repeating: "]", count: 200))
    for opening in ["[", "{\"a\":"] {
      #expect(throws: ConfigurationError.self) { try parse(String(repeating: opening, count: 1_000_000)) }
    }
  }

  @Test func damagedTextNeverTraps() {
    var generator = SeededGenerator(seed: 4, purpose: "json damage")
    let original = Array(#"{"a": [1, -2.5e3, true, null, "x\u00e9\n\ud83c\udf88"], "b": {"c": {}, "d": [[]]}}"#.utf8)
    for _ in 0..<20_000 {
      var bytes = original
      for _ in 0...generator.integer(below: 3) {
        bytes[generator.integer(below: bytes.count)] = UInt8(truncatingIfNeeded: generator.next())
      }
      bytes.removeLast(generator.integer(below: 8))
      _ = try? JSONValue.parse(bytes, source: "test")
    }
  }
}
