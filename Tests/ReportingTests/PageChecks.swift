import Foundation
import Reporting
import Results
import Sweeps
import Testing

/// What must hold on every page, whatever it reports.
enum PageChecks {
  /// The page of `input` in English; with `inAll` languages, each of them is checked.
  @discardableResult static func page(
    _ input: ReportInput, inAll: Bool = false, _ location: SourceLocation = #_sourceLocation
  ) throws -> ParsedElement {
    let pages = try (inAll ? Language.allCases : [.english]).map {
      try ParsedElement.page(HTMLReport.render(input, language: $0))
    }
    for page in pages {
      numbers(page, location)
      links(page, location)
      tables(page, location)
    }
    // The languages differ in words, never in what is shown.
    for page in pages.dropFirst() {
      for name in ["table", "tr", "td", "svg", "path", "circle", "section", "a"] {
        #expect(page.all(name).count == pages[0].all(name).count, "\(name)", sourceLocation: location)
      }
    }
    return pages[0]
  }

  /// The elements of a page in their order: what users write must not change them.
  static func structure(_ page: ParsedElement) -> [String] { page.all.map(\.name) }

  /// As many letters, in the place of everything that means something in a page.
  static func harmless(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map {
          "<>&'\"/]".unicodeScalars.contains($0) || $0.value < 32 || $0.value == 0xFFFE ? "A" : $0
        }))
  }

  private static let coordinates: Set<String> = [
    "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "viewBox", "d",
  ]

  /// Every coordinate is a finite number of a size that a screen can have, and no text is what a program prints for none.
  private static func numbers(_ page: ParsedElement, _ location: SourceLocation) {
    for element in page.all where element.name != "image" && element.name != "html" {
      for (name, value) in element.attributes where coordinates.contains(name) {
        let words = value.map { "MLaZ%, ".contains($0) ? " " : $0 }.split(separator: " ")
        let numbers = words.map { Double(String($0)) ?? .nan }
        #expect(
          !words.isEmpty && numbers.allSatisfy { abs($0) < 100_000 }, "\(element.name) \(name)=\(value)",
          sourceLocation: location)
      }
    }
    let words = page.prose { $0.name == "style" }.flatMap { $0.lowercased().split { !$0.isLetter } }
    for word in words where ["nan", "inf", "infinity", "nil"].contains(word) {
      Issue.record("the page says “\(word)”", sourceLocation: location)
    }
  }

  private static func links(_ page: ParsedElement, _ location: SourceLocation) {
    let identifiers = page.all.compactMap { $0.attributes["id"] }
    #expect(Set(identifiers).count == identifiers.count, sourceLocation: location)
    for link in page.all("a").compactMap({ $0.attributes["href"] }) {
      #expect(identifiers.contains(String(link.dropFirst())), "nothing is called \(link)", sourceLocation: location)
    }
  }

  private static func tables(_ page: ParsedElement, _ location: SourceLocation) {
    for table in page.tables {
      #expect(
        table.rows.allSatisfy { $0.cells.count == table.columns.count - 1 && !$0.header.isEmpty }, "\(table.caption)",
        sourceLocation: location)
    }
  }
}

extension ReportInput {
  /// The same input with some parts replaced.
  func with(
    results: [TrialResult]? = nil, expected: Int? = nil, failures: [Failure]? = nil, pictures: [PictureGrid]? = nil,
    sweep: Sweep? = nil, metrics: MetricCatalogue? = nil, strategies: StrategyCatalogue? = nil,
    poolFacts: [String: PartFacts]? = nil
  ) -> ReportInput {
    ReportInput(
      sweep: sweep ?? self.sweep, metrics: metrics ?? self.metrics, strategies: strategies ?? self.strategies,
      results: results ?? self.results,
      expectedTrials: expected ?? expectedTrials, failures: failures ?? self.failures,
      poolFacts: poolFacts ?? self.poolFacts, words: words, provenance: provenance, weights: weights,
      pictures: pictures ?? self.pictures, objects: objects)
  }
}

extension TrialResult {
  /// The same trial with other values.
  func with(_ change: (inout TrialValues) -> Void) -> TrialResult {
    var values = values
    change(&values)
    return TrialResult(point: point, task: task, outcome: outcome, values: values, measures: measures, origin: origin)
  }
}
