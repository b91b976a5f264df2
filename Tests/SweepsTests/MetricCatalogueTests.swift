import Core
import Sweeps
import Testing

@Suite struct MetricCatalogueTests {
  private static func metric(
    _ name: String, isHeadline: Bool = false, origin: Metric.Origin = .measured, thing: Words? = nil
  ) -> Metric {
    Metric(
      name, Words(english: "Title of \(name)", japanese: "見出し"), Words(english: "meaning", japanese: "意味"),
      unit: .fraction, .higherIsBetter, .utility, origin: origin, isHeadline: isHeadline, thing: thing)
  }

  private let catalogue = MetricCatalogue([
    metric("b", isHeadline: true), metric("a", origin: .derived),
    metric("c.fog", thing: Words(english: "fog", japanese: "霧")),
  ])

  @Test func metricsAreFoundByNameAndKeepTheirOrder() {
    #expect(catalogue[name: "a"]?.title.english == "Title of a" && catalogue.place(of: "a") == 1)
    #expect(catalogue[name: "d"] == nil && catalogue[name: ""] == nil && catalogue.place(of: "c") == nil)
    #expect(catalogue.headline.map(\.name) == ["b"] && catalogue.derived.map(\.name) == ["a"])
  }

  @Test func metricsOfAFurtherSetAreNamedBothWays() {
    #expect(
      MeasuredName.full("accuracy", on: "set.a") == "set.a" && MeasuredName.full("nll", on: "set.a") == "set.a.nll")
    for name in ["accuracy", "nll"] {
      #expect(MeasuredName.short(MeasuredName.full(name, on: "deployment"), on: "deployment") == name)
    }
    #expect(MeasuredName.short("deployments", on: "deployment") == nil)
  }
}

@Suite struct ConfusionCountsTests {
  @Test func fewClassesAreStoredAsATable() throws {
    let counts = ConfusionCounts(rows: [[3, 1], [0, 4]])
    #expect(counts.json.canonicalText == "[[3,1],[0,4]]" && counts.entries.count == 3)
    #expect(try ConfusionCounts(json: counts.json, place: "confusion") == counts)
    #expect(try ConfusionCounts(json: [], place: "confusion") == ConfusionCounts(rows: []))
  }

  @Test func manyClassesAreStoredAsEntries() throws {
    let entries = [
      ConfusionCounts.Entry(label: 19_999, prediction: 0, count: 2),
      ConfusionCounts.Entry(label: 3, prediction: 3, count: 5),
      ConfusionCounts.Entry(label: 0, prediction: 1, count: 0),
    ]
    let counts = ConfusionCounts(classes: 20_000, entries: entries)
    #expect(counts.json.canonicalText == #"{"classes":20000,"entries":[[3,3,5],[19999,0,2]]}"#)
    #expect(try ConfusionCounts(json: counts.json, place: "confusion") == counts)
  }

  @Test(arguments: [
    "[[1,2]]", "[[1,-2],[0,0]]", #"{"classes":2}x"#, #"{"entries":[]}"#, #"{"classes":2,"entries":[[0,2,1]]}"#,
    #"{"classes":2,"entries":[[0,1]]}"#, #"{"classes":2,"entries":[[0,1,1],[0,1,2]]}"#,
  ])
  func whatIsNoTableIsRefused(text: String) {
    #expect(throws: (any Error).self) {
      try ConfusionCounts(json: try JSONValue.parse(Array(text.utf8), source: "test"), place: "confusion")
    }
  }
}
