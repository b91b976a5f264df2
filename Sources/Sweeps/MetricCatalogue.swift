/// What people need to know of a metric in order to read its value.
package struct Metric: Hashable, Sendable {
  /// How a value is to be printed.
  package enum Unit: String, CaseIterable, Sendable {
    /// A share from 0 to 1, printed as percent.
    case fraction
    case count
    /// A number without a unit.
    case score
    /// An amount of the sweep's currency.
    case currency
  }

  /// Which values are good. A descriptive metric has no good side: it never names a winner.
  package enum Direction: String, CaseIterable, Sendable {
    case higherIsBetter
    case lowerIsBetter
    case descriptive
  }

  /// What it is about; tables are made by group.
  package enum Group: String, CaseIterable, Sendable {
    case utility
    case robustness
    case calibration
    case data
    case cost
  }

  /// The key in ``TrialValues/metrics``.
  package let name: String
  /// A few words for the head of a table.
  package let title: String
  /// One sentence without its full stop.
  package let meaning: String
  package let unit: Unit
  package let direction: Direction
  package let group: Group
  /// Whether a report names the winner of this metric on its first page.
  package let isHeadline: Bool
}

/// Every metric that Winnow knows, in the order in which reports show them.
package enum MetricCatalogue {
  /// Every metric but those of single corruptions, of downstream tasks from files and of an organisation's own evaluation
  /// sets, which ``metric(_:)`` describes by pattern.
  package static let metrics: [Metric] =
    utility + transfer + robustness + deployment + calibration + cost + data + correlations

  /// The metrics that no trial measures, because they need another trial as well: reports work them out.
  package static let derived: [Metric] = metrics.filter {
    $0.name == "robustness.mce" || $0.name.hasPrefix("correlation.baseline-")
  }

  /// The metrics whose winner a report names on its first page.
  package static let headline: [Metric] = metrics.filter(\.isHeadline)

  /// The metric called `name`, `robustness.KIND`, `robustness.KIND.SEVERITY` (1…5), `transfer.TASK`, `set.NAME`,
  /// `set.NAME.nll` and `set.NAME.ece` included; nil for any other name.
  package static func metric(_ name: String) -> Metric? {
    byName[name] ?? corruption(name) ?? task(name) ?? evaluationSet(name)
  }

  private static let byName = Dictionary(uniqueKeysWithValues: metrics.map { ($0.name, $0) })

  private static func corruption(_ name: String) -> Metric? {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard (2...3).contains(parts.count), parts[0] == "robustness", !parts[1].isEmpty else { return nil }
    let kind = parts[1].split(separator: "-").joined(separator: " ")
    guard parts.count == 3 else {
      return fraction(
        name, "Under \(kind)", "top-1 accuracy under \(kind), mean of the five severities", .higherIsBetter, .robustness
      )
    }
    guard let severity = Int(parts[2]), (1...5).contains(severity), String(severity) == parts[2] else { return nil }
    return fraction(
      name, "\(kind) \(severity)", "top-1 accuracy under \(kind) of severity \(severity) of 5", .higherIsBetter,
      .robustness)
  }
}

extension MetricCatalogue {
  private static let transfer: [Metric] =
    [
      fraction(
        "transfer", "Transfer",
        "top-1 accuracy on downstream tasks with a fresh head on the trained body, mean of the tasks", .higherIsBetter,
        .utility, headline: true)
    ]
    + [
      ("coarse", "Groups", "telling the groups upper body, legs or whole body, footwear and bag apart"),
      ("fine-tops", "Tops", "telling T-shirt, pullover, coat and shirt apart"),
      ("fine-footwear", "Footwear", "telling sandal, sneaker and ankle boot apart"),
      ("rotation", "Rotation", "telling by which quarter turn an image is rotated"),
      ("shift", "Shift", "telling in which of four directions an image is moved by 3 pixels"),
      ("corruption", "Corruption kind", "telling the fifteen corruptions apart, at severity 3"),
      ("few-shot-5", "5 shots", "telling the classes apart after 5 images of each"),
      ("few-shot-20", "20 shots", "telling the classes apart after 20 images of each"),
    ].map { name, title, task in
      fraction(
        "transfer.\(name)", title, "top-1 accuracy on a downstream task: \(task)", .higherIsBetter, .utility)
    }

  private static func task(_ name: String) -> Metric? {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0] == "transfer", !parts[1].isEmpty else { return nil }
    return fraction(
      name, String(parts[1]), "top-1 accuracy on the downstream task \(parts[1])", .higherIsBetter, .utility)
  }

  private static func evaluationSet(_ name: String) -> Metric? {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard (2...3).contains(parts.count), parts[0] == "set", !parts[1].isEmpty else { return nil }
    let set = parts[1]
    switch parts.dropFirst(2).first {
    case nil:
      return fraction(
        name, String(set.prefix(24)), "top-1 accuracy on the evaluation set \(set)", .higherIsBetter, .robustness)
    case "nll":
      return score(
        name, "\(set.prefix(18)), NLL", "negative log-likelihood of the true label on the evaluation set \(set), nats",
        .lowerIsBetter, .robustness)
    case "ece":
      return fraction(
        name, "\(set.prefix(18)), ECE", "gap between confidence and accuracy on the evaluation set \(set)",
        .lowerIsBetter, .robustness)
    default: return nil
    }
  }

  private static let deployment: [Metric] = [
    score(
      "deployment.nll", "Deployment NLL", "negative log-likelihood of the true class on the deployment set, nats",
      .lowerIsBetter, .calibration),
    fraction(
      "deployment.ece", "Deployment ECE", "gap between confidence and accuracy on the deployment set", .lowerIsBetter,
      .calibration),
    score(
      "deployment.cmmd", "Distance to the target",
      "1000 × squared maximum mean discrepancy of the chosen images to the unlabelled target sample in the fixed "
        + "representation", .descriptive, .data),
  ]

  private static let utility: [Metric] =
    [
      fraction(
        "accuracy", "Accuracy", "share of the base test images whose class is predicted", .higherIsBetter, .utility,
        headline: true),
      fraction(
        "accuracy.worst-class", "Worst class", "accuracy on the class with the lowest accuracy", .higherIsBetter,
        .utility,
        headline: true),
      fraction(
        "accuracy.worst-tenth", "Worst tenth", "mean accuracy of the worst 10 % of the classes, at least one",
        .higherIsBetter, .utility),
      fraction(
        "accuracy.top5", "Top-5", "share of the base test images whose class is among the five most probable",
        .higherIsBetter, .utility),
    ] + [10, 20, 100, 200].flatMap(nearestNeighbours)

  private static func nearestNeighbours(_ k: Int) -> [Metric] {
    let classifier =
      "the chosen images as the memory of a \(k)-nearest-neighbour classifier in the fixed representation"
    return [
      fraction(
        "representation.knn\(k)", "\(k)-NN", "top-1 accuracy with \(classifier)", .higherIsBetter, .utility,
        headline: k == 20),
      fraction(
        "representation.knn\(k).top5", "\(k)-NN top-5", "top-5 accuracy with \(classifier)", .higherIsBetter, .utility),
    ]
  }

  private static let robustness: [Metric] = [
    fraction(
      "robustness", "Robustness", "top-1 accuracy under corruption, mean of all kinds and severities", .higherIsBetter,
      .robustness, headline: true),
    fraction(
      "deployment", "Deployment", "top-1 accuracy on labelled images of the deployment distribution", .higherIsBetter,
      .robustness, headline: true),
    score(
      "robustness.mce", "mCE", "error under each corruption relative to the random strategy's, mean over the kinds",
      .lowerIsBetter, .robustness),
  ]

  private static let calibration: [Metric] = [
    score(
      "nll", "NLL", "negative log-likelihood of the true class, mean over the base test set, nats", .lowerIsBetter,
      .calibration),
    score(
      "brier", "Brier", "squared distance of the probabilities to the true class, mean over the base test set",
      .lowerIsBetter, .calibration),
    fraction(
      "ece", "ECE", "gap between confidence and accuracy over 15 bins of confidence of equal width", .lowerIsBetter,
      .calibration),
  ]

  private static let cost: [Metric] = [
    amount("cost.total", "Spent", "what the trial spent in all", .lowerIsBetter),
    amount("cost.selection", "Spent on choosing", "what the trial spent on finding out what to buy", .lowerIsBetter),
    Metric(
      name: "cost.items", title: "Items", meaning: "images bought", unit: .count, direction: .descriptive, group: .cost,
      isHeadline: false),
    amount("cost.per-accuracy-point", "Per point", "total spent for each percentage point of accuracy", .lowerIsBetter),
  ]

  private static let data: [Metric] = [
    Metric(
      name: "data.coverage", title: "Coverage", meaning: "classes with at least one chosen image", unit: .count,
      direction: .higherIsBetter, group: .data, isHeadline: false),
    Metric(
      name: "data.lt500", title: "LT@500", meaning: "classes with fewer than 500 chosen images (long-tailedness)",
      unit: .count, direction: .descriptive, group: .data, isHeadline: false),
    fraction(
      "data.ls5pct", "LS@5pct",
      "share of the images held by the most frequent 5 % of the classes, at least one (left-skewedness)",
      .descriptive, .data),
    fraction("data.gini", "Gini", "Gini coefficient of the class counts: 0 when all are equal", .descriptive, .data),
    score(
      "data.exp-entropy", "Effective classes",
      "exponential of the entropy of the class shares: how many equal classes would be as diverse",
      .descriptive, .data),
    score(
      "data.imbalance", "Imbalance", "largest class count over the smallest of the classes present", .descriptive, .data
    ),
    fraction(
      "data.label-noise", "Label noise", "share of the chosen images whose label is not the truth", .lowerIsBetter,
      .data),
    fraction(
      "data.near-duplicates", "Near-duplicates",
      "share of the chosen images with another chosen one at a cosine above 0.95: as alike as the features can tell, not always copies",
      .lowerIsBetter, .data),
    fraction(
      "data.leakage", "Leakage",
      "share of the chosen images with a base test image at a cosine above 0.95: as alike as the features can tell, not always copies",
      .lowerIsBetter,
      .data),
    score(
      "data.cmmd", "CMMD", "1000 × squared maximum mean discrepancy to the expert pool in the fixed representation",
      .descriptive, .data),
    score(
      "data.inception-score", "Inception-style score",
      "how sure and how varied a 20-nearest-neighbour classifier of expert images is about the chosen images",
      .descriptive, .data),
    fraction(
      "data.expert-precision", "Precision",
      "share of the chosen images that lie on the manifold of the expert pool (k = 5)",
      .descriptive, .data),
    fraction(
      "data.expert-recall", "Recall", "share of the expert pool that lies on the manifold of the chosen images (k = 5)",
      .descriptive, .data),
    score(
      "data.expert-density", "Density", "how many neighbourhoods of expert images hold a chosen image, over k = 5",
      .descriptive, .data),
    fraction(
      "data.expert-coverage", "Expert coverage",
      "share of the expert pool with a chosen image among its neighbourhood (k = 5)",
      .descriptive, .data),
  ]

  private static let correlations: [Metric] = [
    ("precision-count", "R:P,CC", "precision and number of chosen images"),
    ("accuracy-confusion-skewness", "R:A,CS", "accuracy and skewness of the confusion scores"),
    ("precision-recall", "R:P,R", "precision and recall"),
    ("baseline-accuracy", "R:INA,A", "accuracy of the baseline and accuracy"),
    ("baseline-count", "R:INAV,AV", "number of images in the baseline and number of chosen images"),
  ].flatMap { name, title, pair in
    [
      score("correlation.\(name)", title, "correlation over the classes of \(pair) (Pearson)", .descriptive, .data),
      score(
        "correlation.\(name).spearman", "\(title), ranks", "rank correlation over the classes of \(pair) (Spearman)",
        .descriptive, .data),
    ]
  }

  private static func fraction(
    _ name: String, _ title: String, _ meaning: String, _ direction: Metric.Direction, _ group: Metric.Group,
    headline: Bool = false
  ) -> Metric {
    Metric(
      name: name, title: title, meaning: meaning, unit: .fraction, direction: direction, group: group,
      isHeadline: headline)
  }

  private static func score(
    _ name: String, _ title: String, _ meaning: String, _ direction: Metric.Direction, _ group: Metric.Group
  ) -> Metric {
    Metric(
      name: name, title: title, meaning: meaning, unit: .score, direction: direction, group: group, isHeadline: false)
  }

  private static func amount(_ name: String, _ title: String, _ meaning: String, _ direction: Metric.Direction)
    -> Metric
  {
    Metric(
      name: name, title: title, meaning: meaning, unit: .currency, direction: direction, group: .cost, isHeadline: false
    )
  }
}
