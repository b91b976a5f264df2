import Core
import Reporting
import Testing

@Suite("Columns of a terminal")
struct TextWidthTests {
  @Test(
    "Latin takes one, Japanese and emoji two, marks none",
    arguments: [
      ("abc", 3), ("−1.3 %", 6), ("\u{A0}", 1), ("精度", 4), ("ｶﾅ", 2), ("（95%）", 7), ("e\u{301}", 1), ("か\u{3099}", 2),
      ("👩‍🔬", 2), ("", 0), ("…†×→", 4),
    ])
  func width(text: String, columns: Int) { #expect(TextWidth.of(text) == columns) }
}

@Suite("Sentences in lines")
struct TextLinesTests {
  @Test("a line that fits stays as it is, with all its spaces")
  func short() {
    #expect(TextLines.wrapped("a  b\n\n  c\n", width: 10) == "a  b\n\n  c\n")
  }

  @Test("breaks at spaces and indents what continues a line by two more")
  func words() {
    #expect(TextLines.wrapped("one two three four", width: 10) == "one two\n  three\n  four")
    #expect(TextLines.wrapped("  one two three", width: 10) == "  one two\n  three")
    #expect(TextLines.wrapped("    one two three", width: 16) == "    one two\n    three")
  }

  @Test("never parts what a no-break space holds together")
  func noBreak() {
    #expect(TextLines.wrapped("about 12\u{A0}% more", width: 9) == "about\n  12\u{A0}%\n  more")
  }

  @Test("a word that is longer than a line is broken, after a sign if there is one; nothing is lost")
  func longWord() {
    #expect(TextLines.wrapped("at /srv/winnow/report.html", width: 14) == "at\n  /srv/winnow/\n  report.html")
    #expect(TextLines.wrapped("abcdefghij", width: 4) == "abcd\n efg\n hij")
  }

  @Test("Japanese breaks between characters, but no line begins with a closing mark")
  func japanese() {
    #expect(TextLines.wrapped("試行が終わりました。", width: 12) == "試行が終わり\n  ました。")
    #expect(TextLines.wrapped("終わりました。", width: 12) == "終わりまし\n  た。")
    #expect(TextLines.wrapped("（終わり）ました", width: 8).split(separator: "\n").allSatisfy { !$0.hasSuffix("（") })
  }

  @Test("no line of any text is too long at any width, and no character but spaces is lost")
  func anyText() {
    let alphabet = Array("ab,/( )精度、。%=-\u{A0}é👩‍🔬   ")
    var generator = SeededGenerator(seed: 3, purpose: "lines")
    for _ in 0..<300 {
      let text = String(
        (0..<generator.integer(below: 60)).map { _ in alphabet[generator.integer(below: alphabet.count)] })
      for width in [2, 3, 5, 8, 20, 39] {
        let wrapped = TextLines.wrapped(text, width: width)
        let lines = wrapped.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.allSatisfy { TextWidth.of($0) <= width }, "\(width): “\(text)”")
        func bare(_ text: String) -> String { text.filter { $0 != " " && $0 != "\n" } }
        #expect(bare(wrapped) == bare(text), "\(width): “\(text)”")
      }
    }
  }
}

@Suite("Tables in plain text")
struct TextTableTests {
  private static let table = TextTable(
    names: .init(heading: "Strategy", cells: ["random", "herding"]),
    columns: [
      .init(heading: "Accuracy", isFlushRight: true, cells: ["80.1", "82.4 +2.3*"]),
      .init(heading: "In the field", isFlushRight: true, cells: ["70.0", "–"]),
    ])

  private func text(_ table: TextTable, _ width: Int) -> String {
    table.lines(width: width).map(\.text).joined(separator: "\n")
  }

  @Test("columns stand side by side where they fit; a heading takes as many lines as it needs")
  func wide() {
    #expect(
      text(Self.table, 40) == """
                              In the
        Strategy    Accuracy   field
        random          80.1    70.0
        herding   82.4 +2.3*       –
        """)
  }

  @Test("what does not fit comes below, under the names again")
  func parted() {
    #expect(
      text(Self.table, 20) == """
        Strategy    Accuracy
        random          80.1
        herding   82.4 +2.3*

                  In the
        Strategy   field
        random      70.0
        herding        –
        """)
  }

  @Test("where no column fits beside the names, each row is a list")
  func list() {
    #expect(
      text(Self.table, 18) == """
        random
          Accuracy: 80.1
          In the field:
            70.0
        herding
          Accuracy: 82.4
            +2.3*
          In the field: –
        """)
  }

  @Test("columns without headings are read together: side by side, or as a sentence")
  func sentences() {
    let table = TextTable(
      names: .init(cells: ["Accuracy", "Transfer"]),
      columns: [.init(cells: ["herding", "random"]), .init(cells: ["+2.3", "nothing is better"])])
    #expect(text(table, 40) == "Accuracy  herding  +2.3\nTransfer  random   nothing is better")
    #expect(text(table, 24) == "Accuracy: herding, +2.3\nTransfer: random,\n  nothing is better")
  }

  @Test("long names are set in several lines before they cost a column, and are never cut")
  func longNames() {
    let name = "herding(keep=0.25,metric=a-rather-long-value)"
    let table = TextTable(
      names: .init(heading: "Strategy", cells: ["random", name]),
      columns: (0..<4).map { .init(heading: "U\($0)", isFlushRight: true, cells: ["80.1 +0.0", "1.0 \($0)"]) })
    for width in [14, 20, 39, 80] {
      let lines = table.lines(width: width)
      #expect(lines.allSatisfy { TextWidth.of($0.text) <= width && !$0.text.hasSuffix(" ") })
      let own = lines.filter { $0.row == 1 }.map(\.text).joined().filter { $0 != " " }
      #expect(own.filter(\.isLetter).hasPrefix("herdingkeepmetricar"), "\(width): \(own)")
    }
    #expect(table.lines(width: 80).filter { $0.row == nil && $0.text.hasPrefix("Strategy") }.count == 1)
  }

  @Test("wide characters keep their columns aligned")
  func japanese() {
    let table = TextTable(
      names: .init(heading: "選び方", cells: ["random"]),
      columns: [.init(heading: "精度", isFlushRight: true, cells: ["80.1"])])
    #expect(text(table, 20) == "選び方  精度\nrandom  80.1")
  }
}
