import Core
import Reporting
import Results
import Sweeps
import Testing

@Suite("Failures and provenance in two languages") struct FailureWordsTests {
  private static let digest = Digest(of: "an object")
  private static let causes: [FailureCause] =
    [
      .exception(lastWords: "no such directory"), .signalled(9), .signalled(11),
      .outOfMemory(megabytes: 9_000, limit: 4_000), .exited(status: 3),
      .notStarted(lastWords: "not allowed"), .silent(seconds: 90), .handedBack,
      .missingInput(digest, lastWords: "nobody has it"), .notKept(lastWords: "the disk is full"),
      .tooLarge(bytes: 70_000, objects: 12), .malformedResult(lastWords: "a name twice"), .told("killed three times"),
    ]
    + FailureCause.Excess.allCases.map { .cannotTravel($0, count: 9_000, limit: 512) }

  private func row(_ cause: FailureCause, _ language: Language) throws -> ParsedElement {
    let input = SyntheticSweep().input(results: [], failures: [.init(label: "a trial", cause: cause)])
    let page = try ParsedElement.page(HTMLReport.render(input, language: language))
    let section = try #require(page.element(id: "missing"))
    return try #require(section.all("td").first)
  }

  @Test("a page says of every cause what a terminal says", arguments: causes) func english(_ cause: FailureCause) throws
  {
    // A page groups the digits of numbers.
    #expect(try row(cause, .english).text.filter { $0 != "," } == cause.description.filter { $0 != "," })
  }

  @Test("a Japanese page says every cause in Japanese, and quotes what others said", arguments: causes)
  func japanese(_ cause: FailureCause) throws {
    let cell = try row(cause, .japanese)
    let quoted = cell.all("q").map(\.text)
    for words in ["no such directory", "not allowed", "nobody has it", "the disk is full", "a name twice"]
    where cause.description.contains(words) { #expect(quoted == [words]) }
    let own = cell.prose { ["q", "code"].contains($0.name) }.joined()
    #expect(!own.replacing("MB", with: "").contains { $0.isASCII && $0.isLetter }, "\(own)")
    switch cause {
    case .exception, .notStarted, .told: #expect(own.isEmpty)
    default: #expect(own.unicodeScalars.contains { (0x3040...0x30FF).contains($0.value) }, "\(own)")
    }
  }

  @Test("facts of the store are named in the page's language, with their values") func provenance() throws {
    var synthetic = SyntheticSweep()
    synthetic.sweep.strategies = [StrategyChoice(name: "random")]
    let input = synthetic.input
    func names(_ language: Language) throws -> [String] {
      let page = try ParsedElement.page(HTMLReport.render(input, language: language))
      return try #require(page.element(id: "provenance")).all("th").map(\.text)
    }
    #expect(try names(.english).contains("Store format") && names(.english).contains("BLAS kernels used"))
    #expect(try names(.japanese).contains("ストアの形式") && names(.japanese).contains("使用したBLASカーネル"))
  }
}
