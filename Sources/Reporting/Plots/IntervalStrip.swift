/// Differences with their intervals on one common scale, one strip a table row: 0 is a line, the interval a bar, the mean
/// a mark that is filled when the interval leaves out 0. Strips stretch with their column.
struct IntervalStrip {
  struct Item {
    let difference: Double
    let interval: ClosedRange<Double>?
    let isClear: Bool
    /// Whether the difference is to the good side.
    let isBetter: Bool
  }

  private let low: Double
  private let high: Double

  /// A scale that holds 0 and the usual of `items`; what lies beyond it is drawn as an arrow at the edge.
  init(_ items: [Item]) {
    let largest = RobustScale.largest(items.map(\.difference))
    let shown = items.filter { abs($0.difference) <= largest }
    let least = shown.reduce(0) { min($0, $1.difference, $1.interval?.lowerBound ?? 0) }
    let most = shown.reduce(0) { max($0, $1.difference, $1.interval?.upperBound ?? 0) }
    let margin = max((most - least) * 0.06, 1e-9)
    (low, high) = (least - margin, most + margin)
  }

  /// The strip of one row; nil is the reference itself, at 0.
  func markup(_ item: Item?, title: Markup) -> Markup {
    var pieces: [Markup] = [.element("title", [:], [title])]
    pieces.append(line(0, 0, "zero", y: (0, 22)))
    if let item, item.difference < low || item.difference > high { return outside(item, pieces, title: title) }
    if let interval = item?.interval {
      pieces.append(line(interval.lowerBound, interval.upperBound, "whisker", y: (11, 11)))
    }
    let style =
      item.map { ($0.isClear ? "dot clear" : "dot") + ($0.isBetter ? " better" : " worse") } ?? "dot reference"
    pieces.append(
      .element("circle", ["class": style, "cx": percent(item?.difference ?? 0), "cy": "11", "r": "4.5"]))
    return .element("svg", ["class": "strip", "role": "img", "height": "22"], pieces)
  }

  /// An arrow at the edge that the difference lies beyond.
  private func outside(_ item: Item, _ pieces: [Markup], title: Markup) -> Markup {
    let isLeft = item.difference < low
    let arrow = Markup.element(
      "text",
      [
        "class": "beyond \(item.isBetter ? "better" : "worse")", "x": isLeft ? "0%" : "100%", "y": "16",
        "text-anchor": isLeft ? "start" : "end",
      ],
      [.text(isLeft ? "◀" : "▶")])
    return .element("svg", ["class": "strip", "role": "img", "height": "22"], pieces + [arrow])
  }

  private func line(_ from: Double, _ to: Double, _ style: String, y: (Int, Int)) -> Markup {
    .element(
      "line", ["class": style, "x1": percent(from), "x2": percent(to), "y1": "\(y.0)", "y2": "\(y.1)"])
  }

  private func percent(_ value: Double) -> String { Shape.number((value - low) / (high - low) * 100) + "%" }
}
