import Foundation
import Testing

/// Every sentence for people stands in the catalogue, `Sources/Reporting/Words`, in both languages.
@Suite struct CatalogueTests {
  private static let layout = ["Sections", "Page", "Plots", "Tables", "Analysis"]

  /// Text of several words in layout that no reader of a report sees, or that is no sentence; each with its reason.
  private static let excepted: [(file: String, text: String, reason: String)] = [
    ("Page/Stylesheet.swift", "", "CSS"),
    ("Page/HTMLReport.swift", "<!DOCTYPE html>", "HTML"),
    ("Page/DataTable.swift", "a row of ", "precondition"),
    ("Analysis/PowerPlan.swift", "differences that never vary need no plan", "precondition"),
    ("Analysis/PowerPlan.swift", "nothing to be planned", "precondition"),
    ("Analysis/RequestDifference.swift", "\(SwiftLiterals.hole) in \(SwiftLiterals.hole)", "a path of a sweep file"),
    ("Analysis/UtilityWeights.swift", "", "errors of a command line, which are English like all others"),
    ("Analysis/GoalParsing.swift", "", "errors of a command line, which are English like all others"),
    ("Page/Script.swift", "", "JavaScript"),
    (
      "Page/Times.swift", "\(SwiftLiterals.hole) \(SwiftLiterals.hole):\(SwiftLiterals.hole) UTC",
      "an instant, the same in every language"
    ),
    ("Analysis/MeasuredChange.swift", "more than noise", "a value of JSON"),
    ("Analysis/MeasuredChange.swift", "within noise", "a value of JSON"),
    ("Analysis/MeasuredChange.swift", "too few trials to tell", "a value of JSON"),
    ("Tables/PowerTable.swift", "all shifts", "a value of JSON"),
    ("Tables/PowerTable.swift", "one shift", "a value of JSON"),
    ("Tables/TextLines.swift", "、。", "signs that begin no line"),
    ("Tables/TextLines.swift", "（「", "signs that end no line"),
    ("Plots/SourcePlot.swift", "source recommended", "names of styles"),
    ("Page/Language.swift", " and ", "what joins the names of a list, in both languages"),
    ("Page/Language.swift", "、", "what joins the names of a list, in both languages"),
    ("Page/Numbers.swift", " and ", "what joins the names of a list"),
  ]

  private func isJapanese(_ scalar: Unicode.Scalar) -> Bool {
    (0x3000...0x30FF).contains(scalar.value) || (0x4E00...0x9FFF).contains(scalar.value)
      || (0xFF00...0xFFEF).contains(scalar.value)
  }

  /// Whether people could read it as a sentence or a part of one: words apart by spaces, or any Japanese.
  private func isSentence(_ text: String) -> Bool {
    let words = text.split(whereSeparator: \.isWhitespace)
    return words.count > 1 && words.contains { $0.count { $0.isASCII && $0.isLetter } > 1 }
      || text.unicodeScalars.contains(where: isJapanese)
      // Joined to something: « of ».
      || text.hasPrefix(" ") && text.hasSuffix(" ") && text.contains(where: \.isLetter)
  }

  /// The names that the style sheet knows.
  private func styles() throws -> Set<String> {
    let sheet = try String(contentsOfFile: Checkout.root + "/Sources/Reporting/Page/Stylesheet.swift", encoding: .utf8)
    return Set(sheet.matches(of: /\.([a-z][a-z0-9-]*)/).map { String($0.1) }).union(["n", "p"])
  }

  @Test func layoutHoldsNoSentence() throws {
    let styles = try styles()
    var used: Set<Int> = []
    for folder in Self.layout {
      for file in try Checkout.files(under: "Sources/Reporting/\(folder)") {
        for literal in SwiftLiterals(file.text).literals where isSentence(literal.text) {
          // Attributes of HTML: `class: "curve leader"`, `"viewBox": "0 0 10 10"`.
          if literal.before.wholeMatch(of: /("[A-Za-z-]+"|class|style):/) != nil { continue }
          let words = literal.text.split { $0 == " " || $0 == SwiftLiterals.hole }
          if words.allSatisfy({ styles.contains(String($0)) }) { continue }
          let exception = Self.excepted.firstIndex {
            file.path.hasSuffix("/" + $0.file) && literal.text.hasPrefix($0.text)
          }
          guard let exception else {
            Issue.record("\(file.path):\(literal.line): “\(literal.text)” belongs into Sources/Reporting/Words")
            continue
          }
          used.insert(exception)
        }
      }
    }
    for (place, entry) in Self.excepted.enumerated() where !used.contains(place) {
      Issue.record("nothing in \(entry.file) needs the exception “\(entry.text)” (\(entry.reason)) any more")
    }
  }

  /// What reads the same in both languages.
  private static let symbols: Set<String> = []

  @Test func everyEntryHasBothLanguages() throws {
    var entries = 0
    for file in try Checkout.files(under: "Sources/Reporting/Words") {
      let literals = SwiftLiterals(file.text).literals
      let spoken = literals.filter { ["english:", "japanese:"].contains($0.before) }
      for place in spoken.indices where spoken[place].before == "english:" {
        let english = spoken[place]
        // Literals inside interpolations end before the one that holds them, so that the next label is the partner's.
        let next = spoken[(place + 1)...].first { $0.before == "japanese:" }
        guard let japanese = next else {
          Issue.record("\(file.path):\(english.line): “\(english.text)” is not said in Japanese")
          continue
        }
        entries += 1
        #expect(
          !english.text.unicodeScalars.contains(where: isJapanese), "\(file.path):\(english.line): “\(english.text)”")
        let hasWords = english.text.contains { $0.isASCII && $0.isLetter }
        #expect(
          !hasWords || english.text != japanese.text || Self.symbols.contains(english.text),
          "\(file.path):\(english.line): “\(english.text)” is the same in Japanese")
        #expect(
          !hasWords || japanese.text.unicodeScalars.contains(where: isJapanese) || Self.symbols.contains(english.text),
          "\(file.path):\(japanese.line): “\(japanese.text)” is not Japanese")
      }
    }
    #expect(entries > 300)
  }

  @Test func literalsAreRead() {
    let source = #"""
      let a = "one two" // "not this"
      let b = f(english: "x \(g("inner", 1)) y", japanese: #"raw \(no) "q""#)
      let c = ["class": "dot", "d": "\u{A0}\n"]
      """#
    let found = SwiftLiterals(source).literals
    #expect(
      found.map(\.text) == ["one two", "inner", "x \u{FFFC} y", #"raw \(no) "q""#, "class", "dot", "d", "\u{A0} "])
    #expect(found.map(\.line) == [1, 2, 2, 2, 3, 3, 3, 3])
    #expect(found[2].before == "english:" && found[3].before == "japanese:" && found[5].before == "\"class\":")
  }
}
