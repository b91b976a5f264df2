import Core
import Formats
import TestSupport
import Testing

@Suite struct CommaSeparatedValuesTests {
  private func rows(_ text: String) throws -> [[String]] {
    try CommaSeparatedValues(Array(text.utf8), name: "t").records.map(\.fields)
  }

  private func problem(_ text: String) -> String? {
    #expect(throws: DatasetError.self) { try rows(text) }?.description
  }

  @Test(arguments: ["a,b\n1,2\n", "a;b\n1;2\n", "a\tb\n1\t2\n", "a,b\r\n1,2\r\n", "a,b\r1,2", "\u{FEFF}a,b\n\n1,2\n"])
  func separatorsAndLineEndsAreFound(text: String) throws {
    #expect(try rows(text) == [["a", "b"], ["1", "2"]])
  }

  @Test func theSeparatorIsTheOneThatTheFirstLineHasMostOf() throws {
    #expect(try rows("\"a,b,c\";d\n1;2\n") == [["a,b,c", "d"], ["1", "2"]])
    #expect(try rows("a\nx;y\n") == [["a"], ["x;y"]])
  }

  @Test func blanksAroundFieldsDoNotCountUnlessQuoted() throws {
    #expect(try rows("a, b ,\tc\n \"x, y\" ,\" z \", w\n") == [["a", "b", "c"], ["x, y", " z ", "w"]])
  }

  @Test func quotesInsideAreWrittenTwice() throws {
    #expect(try rows("a,b\n\"nail 3\"\" long\",\"\"\n") == [["a", "b"], ["nail 3\" long", ""]])
    #expect(try rows("a\n\"two\nlines\"\n") == [["a"], ["two\nlines"]])
  }

  @Test func aQuoteInMidFieldIsRefusedWithItsLine() {
    #expect(
      problem("name,count\ncat,1\nnail 5\" long,3\n")?.hasPrefix("t, line 3: a quote stands inside a field") == true)
    #expect(problem("name\n\"a\" b\n")?.hasPrefix("t, line 2: text follows a closing quote") == true)
    #expect(problem("name\nx\n\"never\nclosed\n") == "t, line 3: a quoted field is never closed")
  }

  @Test func decimalCommasAreReadWhereSemicolonsSeparate() throws {
    let german = try CommaSeparatedValues(Array("a;b\n".utf8), name: "t")
    #expect(german.number("0,5") == 0.5 && german.number("0.5") == 0.5 && german.number("1,2,3") == nil)
    let plain = try CommaSeparatedValues(Array("a,b\n".utf8), name: "t")
    #expect(plain.number("0,5") == nil && plain.number("nan") == nil && plain.number("inf") == nil)
  }

  @Test func whatIsWrittenReadsBack() throws {
    let fields = ["plain", "a,b", "q\"q", " blank ", "two\nlines", ""]
    #expect(try rows(CommaSeparatedValues.line(fields) + "\n") == [fields])
  }

  @Test func damageNeverTraps() {
    var mutation = Mutation("csv")
    _ = mutation.attack(Array("a;\"b\"\"\"; c\r\n\"1\n2\";3;4\n".utf8), times: 5_000) {
      _ = try CommaSeparatedValues($0, name: "t")
    }
  }
}
