import Reporting
import Results
import Sweeps
import TestSupport
import Testing

@Suite("The page in two languages")
struct LanguageTests {
  private static let input: ReportInput = {
    var synthetic = SyntheticSweep()
    synthetic.sweep.strategies = ["random", "oracle-clean", "herding", "k-center"].map { StrategyChoice(name: $0) }
    synthetic.sweep.shifts = ["expert", "retrieval-text", "synthetic-text"]
    synthetic.isMissing = { $0.seed == 2 && $0.strategy.name == "herding" && $0.shift == "expert" }
    return synthetic.input(
      results: synthetic.results, failures: [.init(label: "herding on expert", cause: .told("killed three times"))])
  }()
  private static let text = HTMLReport.render(input, language: .japanese)
  private static var japanese: Result<ParsedElement, any Error> { Result { try ParsedElement.page(text) } }

  /// Names of things that are the same in every language, beside what stands in `code` and quotations.
  private static let names: Set<String> = [
    "winnow", "select", "feuer", "neurips", "usd", "blas", "softmax", "mit", "fashion", "mnist", "zalando", "haswell",
    "cooperlake", "mce", "nll", "ece", "knn", "bca", "cmmd", "lt", "ls", "pct", "cc", "cs", "ina", "inav", "av", "jpeg",
    "sha", "cpu", "cd", "se", "mlp",
  ]

  /// Everything that a reader reads or hears, but for code, quotations and what is marked as English.
  private func prose(_ element: ParsedElement) -> [String] {
    element.prose { inner in
      ["code", "pre", "style", "q"].contains(inner.name) || inner.attributes["lang"] == "en" && inner.name != "html"
    }
  }

  private func englishWords(_ text: String) -> [String] {
    text.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.filter {
      $0.count < 32 && !$0.contains(where: \.isNumber)
    }
    .map { $0.lowercased() }
    .filter { $0.count > 1 && !Self.names.contains($0) }
  }

  @Test("says its language, and the same page in English says its own")
  func attribute() throws {
    #expect(try Self.japanese.get().attributes["lang"] == "ja")
    #expect(try ParsedElement.page(Self.input).attributes["lang"] == "en")
  }

  @Test("no sentence of any section stays English")
  func translated() throws {
    let page = try Self.japanese.get()
    let names = Set(
      SyntheticSweep.classNames + FashionPlusPlus.pools.keys + Self.input.sweep.strategies.map(\.label)
        + [Self.input.sweep.name] + Self.input.objects.values.flatMap(\.keys))
    let known = Set(names.flatMap { englishWords($0) })
    for text in prose(page) {
      let words = englishWords(text).filter { !known.contains($0) }
      #expect(words.isEmpty, "\(words) in “\(text)”")
    }
  }

  @Test("every section has Japanese text of its own, and no section is only in one language")
  func sections() throws {
    let page = try Self.japanese.get()
    let english = try ParsedElement.page(Self.input)
    func shape(_ page: ParsedElement) -> [String] {
      // Inside a sentence the order of words may differ.
      page.all.filter { !["q", "code", "strong", "span"].contains($0.name) }
        .map { "\($0.name) \($0.attributes["class"] ?? "") \($0.attributes["id"] ?? "")" }
    }
    #expect(shape(page) == shape(english))
    for section in page.all("section") {
      let text = prose(section).joined()
      let kana = text.unicodeScalars.count { (0x3040...0x30FF).contains($0.value) }
      #expect(kana > 8, "\(section.attributes["id"] ?? "")")
    }
  }

  @Test("English pages hold no Japanese")
  func english() throws {
    let text = HTMLReport.render(Self.input)
    #expect(
      !text.unicodeScalars.contains { (0x3040...0x30FF).contains($0.value) || (0x4E00...0x9FFF).contains($0.value) })
  }
}
