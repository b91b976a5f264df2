import Sweeps
import Testing

@Suite struct MetricCatalogueTests {
  @Test func everyNameIsUniqueAndFindsItsMetric() {
    let names = MetricCatalogue.metrics.map(\.name)
    #expect(Set(names).count == names.count)
    for metric in MetricCatalogue.metrics { #expect(MetricCatalogue.metric(metric.name) == metric) }
  }

  @Test func headlineMetricsHaveAGoodSide() {
    #expect(
      MetricCatalogue.headline.map(\.name) == [
        "accuracy", "accuracy.worst-class", "representation.knn20", "transfer", "robustness", "deployment",
      ])
    #expect(MetricCatalogue.headline.allSatisfy { $0.direction == .higherIsBetter })
  }

  @Test func meaningsReadAsPartOfASentence() {
    for metric in MetricCatalogue.metrics {
      #expect(!metric.title.isEmpty && metric.title.count <= 24, "\(metric.name)")
      #expect(metric.meaning.count > 10 && !metric.meaning.hasSuffix("."), "\(metric.name)")
    }
  }

  @Test func corruptionsAreDescribedByPattern() throws {
    let fog = try #require(MetricCatalogue.metric("robustness.fog"))
    #expect(fog.group == .robustness && fog.unit == .fraction && fog.title == "Under fog")
    let noise = try #require(MetricCatalogue.metric("robustness.shot-noise.3"))
    #expect(noise.meaning == "top-1 accuracy under shot noise of severity 3 of 5")
  }

  @Test func downstreamTasksFromFilesAreDescribedByPattern() throws {
    let faces = try #require(MetricCatalogue.metric("transfer.faces"))
    #expect(faces.title == "faces" && faces.group == .utility && faces.unit == .fraction)
  }

  @Test func metricsOfSeveralTrialsAreNamed() {
    #expect(
      MetricCatalogue.derived.map(\.name) == [
        "robustness.mce", "correlation.baseline-accuracy", "correlation.baseline-accuracy.spearman",
        "correlation.baseline-count", "correlation.baseline-count.spearman",
      ])
  }

  @Test func anOrganisationsSetsAreDescribedByPattern() throws {
    let set = try #require(MetricCatalogue.metric("set.sketch-2"))
    #expect(set.unit == .fraction && set.direction == .higherIsBetter && set.title == "sketch-2")
    #expect(MetricCatalogue.metric("set.sketch-2.nll")?.direction == .lowerIsBetter)
    #expect(MetricCatalogue.metric("set.sketch-2.ece")?.unit == .fraction)
  }

  @Test(arguments: [
    "", "set", "set.", "set.a.b", "set.a.ece.1", "robustness.", "transfer.", "transfer.a.b", "robustness.fog.0",
    "robustness.fog.6", "robustness.fog.03",
    "robustness.fog.1.2", "accuracies",
    "fog.1",
  ])
  func unknownNamesHaveNoMetric(name: String) { #expect(MetricCatalogue.metric(name) == nil) }
}
