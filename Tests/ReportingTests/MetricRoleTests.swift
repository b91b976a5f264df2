import Core
import Foundation
import Reporting
import Results
import Sweeps
import TestSupport
import Testing

/// Reports ask the catalogue for what a metric is, never for its name.
@Suite("Metrics as reports know them") struct MetricRoleTests {
  private static func metric(
    _ name: String, role: Metric.Role? = nil, criterion: Metric.Criterion? = nil, origin: Metric.Origin = .measured,
    thing: Words? = nil, group: Metric.Group = .robustness
  ) -> Metric {
    Metric(
      name, Words(english: name, japanese: "\(name)の値"), Words(english: "what \(name) is", japanese: "\(name)のこと"),
      unit: .fraction, .higherIsBetter, group, origin: origin, isHeadline: criterion != nil, criterion: criterion,
      role: role, thing: thing)
  }

  /// Other names than the shipped utilities have, and seven severities.
  private static let catalogue: MetricCatalogue = {
    let dust = Words(english: "dust", japanese: "ほこり")
    return MetricCatalogue(
      [
        metric("hits", criterion: .base, group: .utility), metric("hardiness", role: .robustness),
        metric("hardiness.relative", role: .relativeCorruptionError, origin: .derived),
        metric("dusty", role: .corruption, thing: dust), metric("wrong", role: .labelNoise, group: .data),
      ] + (1...7).map { metric("dusty-\($0)", role: .severity($0, of: "dusty"), thing: dust) })
  }()

  private var input: ReportInput {
    let levels = Dictionary(uniqueKeysWithValues: (1...7).map { ("dusty-\($0)", [1 - Double($0) / 10]) })
    func row(_ name: String, _ hits: Double, dusty: Double, wrong: Double) -> Measured.Row {
      Measured.Row(
        name,
        levels.merging(["hits": [hits], "hardiness": [dusty], "dusty": [dusty], "wrong": [wrong]]) { $1 })
    }
    return Measured(rows: [
      row("random", 0.8, dusty: 0.5, wrong: 0.1), row("margin", 0.9, dusty: 0.75, wrong: 0.05),
    ]).input.with(metrics: Self.catalogue)
  }

  @Test("corruptions are those of the catalogue, at every severity that it has") func severities() throws {
    let page = try PageChecks.page(input, inAll: true)
    let kinds = try #require(page.tables.first { $0.caption.contains("under 1 ") })
    #expect(kinds.rows.first?.header == "dust" && kinds.row("mCE") == ["1.000", "0.500"])
    let table = try #require(page.tables.first { $0.columns.first == "Severity" })
    #expect(table.rows.map(\.header) == (1...7).map(String.init) && table.row("7") == ["30.0", "30.0"])
  }

  @Test("what was collected shows its wrong labels, and an unknown share of them is not shown") func labelNoise() throws
  {
    let page = try PageChecks.page(input)
    #expect(page.table("wrong")?.row("margin")?.first == "5.0")
    let unchecked = input.with(poolFacts: ["expert": PartFacts(uncheckedTruth: Remark(sentence: "nobody looked"))])
    #expect((try PageChecks.page(unchecked).table("wrong")?.rows ?? []).isEmpty)
  }

  @Test("no metric's name stands in Reporting") func names() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/Reporting")
    let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
      .compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
    let names = Set(MetricCatalogue.builtIn.metrics.map(\.name))
    // Keys and headings of the table of classes, whose columns these are.
    let columns = ["ClassTable.swift": ["accuracy", "precision"]]
    for file in files {
      let literals = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").flatMap { line in
        line.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
          .filter { $0.offset % 2 == 1 }.map { String($0.element) }
      }
      let found = literals.filter { literal in
        names.contains(literal)
          || names.contains { $0.contains(".") && literal.count > 4 && literal.hasSuffix(".") && $0.hasPrefix(literal) }
      }.filter { columns[file.lastPathComponent]?.contains($0) != true }
      #expect(found.isEmpty, "\(file.lastPathComponent): \(found)")
    }
  }
}
