/// The frame of a plot with two linear axes: size, ticks, axis titles.
struct PlotFrame {
  static let width = 400.0
  static let height = 300.0
  private static let left = 46.0
  private static let right = 12.0
  private static let top = 12.0
  private static let bottom = 42.0

  let x: Axis
  let y: Axis
  private let xTitle: Markup
  private let yTitle: Markup

  /// `labelSpace` is kept free at the right for the names of lines.
  init(
    xValues: [Double], yValues: [Double], xTitle: Markup, yTitle: Markup, leastXSpan: Double, leastYSpan: Double,
    labelSpace: Double = 0
  ) {
    x = Axis(xValues, from: Self.left, to: Self.width - Self.right - labelSpace, leastSpan: leastXSpan)
    y = Axis(yValues, from: Self.height - Self.bottom, to: Self.top, leastSpan: leastYSpan)
    self.xTitle = xTitle
    self.yTitle = yTitle
  }

  var right: Double { x.position(x.high) }
  var bottom: Double { y.position(y.low) }
  var top: Double { Self.top }

  /// The SVG with `marks` inside; `title` names it, `description` says in words what it shows.
  func markup(title: Markup, description: Markup, marks: [Markup]) -> Markup {
    .element(
      "svg",
      [
        "class": "plot", "viewBox": "0 0 \(Shape.number(Self.width)) \(Shape.number(Self.height))", "role": "img",
      ], labels: ["aria-label": PageWords.spoken(title, description)],
      [.element("title", [:], [title]), .element("desc", [:], [description])] + axes + marks)
  }

  private var axes: [Markup] {
    let rows = y.ticks.flatMap { tick -> [Markup] in
      let position = y.position(tick)
      return [
        Shape.line(Self.left, position, right, position, "gridline"),
        Shape.text(Self.left - 6, position + 4, .text(Numbers.decimal(tick, y.decimals)), "tick", anchor: "end"),
      ]
    }
    let columns = x.ticks.flatMap { tick -> [Markup] in
      let position = x.position(tick)
      return [
        Shape.line(position, bottom, position, bottom + 4, "axis"),
        Shape.text(position, bottom + 16, .text(Numbers.decimal(tick, x.decimals)), "tick", anchor: "middle"),
      ]
    }
    return rows + columns + [
      Shape.line(Self.left, bottom, right, bottom, "axis"),
      Shape.text((Self.left + right) / 2, Self.height - 6, xTitle, "axis-title", anchor: "middle"),
      .element(
        "text",
        [
          "class": "axis-title", "text-anchor": "middle",
          "transform": "translate(11 \(Shape.number((top + bottom) / 2))) rotate(-90)",
        ], [yTitle]),
    ]
  }

  /// Moves label heights apart, keeping their order, so that neighbours are at least `gap` apart.
  static func spread(_ heights: [Double], gap: Double, within range: ClosedRange<Double>) -> [Double] {
    let order = heights.indices.sorted { (heights[$0], $0) < (heights[$1], $1) }
    var placed = heights
    var floor = range.lowerBound
    for index in order {
      placed[index] = max(heights[index], floor)
      floor = placed[index] + gap
    }
    var ceiling = range.upperBound
    for index in order.reversed() {
      placed[index] = min(placed[index], ceiling)
      ceiling = placed[index] - gap
    }
    return placed
  }
}
