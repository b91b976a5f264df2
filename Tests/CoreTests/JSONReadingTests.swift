import Core
import Foundation
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
    "{\"a\":1 \"b\":2}", "[1,]", "{\"a\":1,}", "[,1]", "\"\u{1}\"", "[1 2]", "{\"a\" 1}", "\"\\x\"", "\"\\u12\"",
    "\"\\u12g4\"", "\"\\ud83c\"",
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
        == "test: this is not valid JSON: a colon was expected after the key at line 3, column 7")
  }

  @Test func aKeyGivenTwiceIsNamedWithItsPlace() {
    let error = #expect(throws: ConfigurationError.self) {
      try parse("{\"seeds\": 1,\n \"list\": [{\"a\": 1, \"b\": 2}],\n \"seeds\": 9}")
    }
    #expect(
      error?.description
        == "test: the key \"seeds\" is given twice, again in line 3, column 2; remove one of them")
    #expect(throws: ConfigurationError.self) { try parse(#"[{"a": {"label.expert": 1, "label\u002eexpert": 2}}]"#) }
    #expect(throws: Never.self) { try parse(#"[{"a": 1}, {"a": 2}, {"b": {"a": 3}}]"#) }
  }

  @Test func aStringIsNamedAsWhatIsWrongWithIt() {
    func problem(_ text: String) -> String? {
      #expect(throws: ConfigurationError.self) { try parse(text) }.map { String($0.description.dropFirst(30)) }
    }
    #expect(problem("\"a\nb\"") == "a control character stands in a string; write \\n or \\t at line 1, column 3")
    #expect(problem("\"a\\tb") == "the text ends too early at line 1, column 6")
    #expect(problem("\"ab") == "the text ends too early at line 1, column 4")
  }

  @Test func aByteOrderMarkAndLineEndsOfWindowsAreRead() throws {
    #expect(try parse("\u{FEFF}{\r\n\"a\": 1\r\n}\r\n") == ["a": 1])
  }

  @Test func wholeNumbersAreExactAndOthersTheNearestDouble() throws {
    #expect(try parse("9223372036854775807") == .integer(.max))
    #expect(try parse("-9223372036854775808") == .integer(.min))
    #expect(try parse("9223372036854775808") == .number(0x1p63))
    #expect(try parse("18446744073709551616000") == .number(18446744073709551616e3))
    #expect(try parse("-0") == .integer(0) && parse("-0.0") == .integer(0) && parse("1e3") == .integer(1000))
    #expect(try parse("0.1") == .number(0.1) && parse("1e-400") == .integer(0))
  }

  /// The standard library's reader of doubles is correct to the last bit, and slow.
  @Test func everyDoubleIsTheNearest() throws {
    var generator = SeededGenerator(seed: 6, purpose: "json doubles")
    var texts = [
      "9007199254740993.0", "9007199254740993.00000000001", "9007199254740992.5", "4503599627370496.5", "1e22", "1e23",
      "8.5e-27", "18446744073709551615.0", "1844674407370955161.5", "2.2250738585072014e-308", "4.9e-324", "2e-324",
      "1.7976931348623157e308", "0.1e1", "123456789012345678901234567890.5", "0.000000000000000000000000001",
      "0.0000000000000000000000000001", "100000e-5", "0e99999999999999999999", "0.0e-5",
      "-9223372036854775818", "-9223372036854775808.0", "9223372036854775807.5", "-1.5",
    ]
    for _ in 0..<20_000 {
      let double = Double(bitPattern: generator.next())
      if double.isFinite { texts.append(double.description) }
      texts.append((0.5 - generator.uniform()).description)
      let significand = generator.next() >> UInt64(generator.integer(below: 64))
      texts.append("\(significand)e\(generator.integer(below: 60) - 40)")
      // Half way between two neighbours.
      let even = (1 << 53 + generator.next() >> 12) &* 2 &+ 1
      texts.append("\(even / 10).\(even % 10)")
      texts.append("\(even).0")
    }
    for text in texts {
      let nearest = Double(text)!
      let expected = Int64(exactly: nearest).map { JSONValue.integer($0) } ?? .number(nearest)
      #expect(try parse(text) == expected, "\(text)")
    }
  }

  /// Foundation's reader is another witness: what it refuses, ours must not take.
  @Test func whatOursTakesFoundationTakesToo() {
    var generator = SeededGenerator(seed: 5, purpose: "json witness")
    let original = Array(#"{"a": [1, -2.5e3, true, null, "x\u00e9\n"], "b": {"c": {}, "d": [[]]}, "e": 10}"#.utf8)
    var taken = 0
    for _ in 0..<5_000 {
      var bytes = original
      for _ in 0...generator.integer(below: 2) {
        bytes[generator.integer(below: bytes.count)] = UInt8(32 + generator.integer(below: 95))
      }
      guard (try? JSONValue.parse(bytes, source: "test")) != nil else { continue }
      taken += 1
      let witness = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
      #expect(witness != nil, "\(String(decoding: bytes, as: UTF8.self))")
    }
    #expect((100..<4_900).contains(taken))
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
