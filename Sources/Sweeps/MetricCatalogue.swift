/// The metrics of a sweep: all that its trials can be measured by on its data set, in the order in which reports show them.
///
/// It is made of the table of utilities and the description of a data set; nothing knows a metric that is not in it.
package struct MetricCatalogue: Hashable, Sendable {
  package let metrics: [Metric]
  private let places: [String: Int]

  /// Takes metrics of different names; a name that comes twice traps, because two utilities would overwrite each other.
  package init(_ metrics: [Metric]) {
    self.metrics = metrics
    places = Dictionary(uniqueKeysWithValues: metrics.enumerated().map { ($1.name, $0) })
  }

  /// The metric called `name`; nil when nothing can measure it.
  package subscript(name name: String) -> Metric? { places[name].map { metrics[$0] } }

  /// Where a metric stands among the others; nil for one that is not in the catalogue.
  package func place(of name: String) -> Int? { places[name] }

  /// The metric that answers `question`; nil when nothing does.
  package func metric(for question: Metric.Criterion) -> Metric? { metrics.first { $0.criterion == question } }

  /// The first metric that has that role; nil when none has.
  package func metric(for role: Metric.Role) -> Metric? { metrics.first { $0.role == role } }

  /// The metrics whose winner a report names on its first page.
  package var headline: [Metric] { metrics.filter(\.isHeadline) }

  /// The metrics that no trial measures, because they need another trial as well: reports work them out.
  package var derived: [Metric] { metrics.filter { $0.origin == .derived } }
}
