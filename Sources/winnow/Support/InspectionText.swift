import Datasets
import Sweeps

/// An inspection as lines for a terminal.
struct InspectionText {
  private let inspection: DatasetInspection

  init(_ inspection: DatasetInspection) { self.inspection = inspection }

  var lines: [String] {
    let manifest = inspection.manifest
    var lines = ["\(manifest.classes.count) classes; samples of \(manifest.samples.shape)."]
    for source in inspection.sources { lines += [""] + describe(source) }
    lines += section("What to know", inspection.warnings)
    lines += section("What has to be changed", inspection.problems)
    return lines
  }

  private func section(_ title: String, _ sentences: [String]) -> [String] {
    sentences.isEmpty ? [] : ["", "\(title):"] + sentences.map { "  \($0)" }
  }

  private func describe(_ source: DatasetInspection.Source) -> [String] {
    let survey = source.survey
    var lines = ["\(source.name): \(survey.samples) samples"]
    let present = source.classCounts.filter { $0 > 0 }
    if let least = present.min(), let most = present.max() {
      lines.append("  \(present.count) classes, \(least == most ? "\(least)" : "\(least) to \(most)") samples each")
      lines += extremes(source)
    }
    let sides = survey.sides.sorted()
    if let least = sides.first, let most = sides.last {
      let range = least == most ? "\(least)" : "\(least) to \(most), half of them below \(sides[sides.count / 2])"
      lines.append("  shorter side: \(range) pixels")
    }
    if !survey.kinds.isEmpty { lines.append("  " + Self.counted(survey.kinds)) }
    if !survey.oddities.isEmpty { lines.append("  odd, but usable: " + Self.counted(survey.oddities)) }
    lines += survey.passedOver.sorted { $0.key < $1.key }.map { "  passed over: \($0.value), because \($0.key)" }
    if survey.takenDown > 0 { lines.append("  taken down: \(survey.takenDown) samples") }
    if let pool = inspection.manifest.pools.first(where: { $0.name == source.name }) {
      lines.append(
        "  licence: \(Self.licences(survey.origins) ?? pool.licence ?? "not stated"); labels: \(pool.labels.rawValue); "
          + "synthetic: \(Self.synthetic(survey.origins) ?? pool.synthetic.rawValue)")
    }
    return lines
  }

  private static func licences(_ origins: OriginCounts) -> String? {
    origins.licenceShares.map { shares in
      let words = shares.prefix(8).map { "\(percent($0.share)) \($0.licence ?? "not stated")" }
      return words.joined(separator: ", ") + (shares.count > 8 ? " and \(shares.count - 8) more" : "")
    }
  }

  private static func synthetic(_ origins: OriginCounts) -> String? {
    origins.syntheticShare.map { share in
      let unknown = share.upperBound - share.lowerBound
      return percent(share.lowerBound) + (unknown > 0 ? ", \(percent(unknown)) not stated" : "")
    }
  }

  private static func percent(_ share: Double) -> String { "\((share * 1_000).rounded() / 10) %" }

  /// The largest and the smallest classes, where they differ.
  private func extremes(_ source: DatasetInspection.Source) -> [String] {
    let order = source.classCounts.indices.filter { source.classCounts[$0] > 0 }
      .sorted { (source.classCounts[$1], $0) < (source.classCounts[$0], $1) }
    guard let first = order.first, let last = order.last, source.classCounts[first] > source.classCounts[last] else {
      return []
    }
    func named(_ numbers: some Sequence<Int>) -> String {
      numbers.map { "\(source.classNames[$0]) (\(source.classCounts[$0]))" }.joined(separator: ", ")
    }
    return ["  most: \(named(order.prefix(3))); fewest: \(named(order.suffix(min(3, order.count - 1)).reversed()))"]
  }

  private static func counted(_ counts: [String: Int]) -> String {
    counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
  }
}
