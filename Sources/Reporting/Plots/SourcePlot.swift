/// One line a way of collecting: what buying at random there reaches, and what the best way of choosing adds.
struct SourcePlot {
  struct Line {
    /// The way of collecting.
    let name: String
    /// What is best there.
    let best: String
    let value: Double
    /// What random reaches there; nil where it was not tried.
    let reference: Double?
    let isRecommended: Bool
    let title: Markup
  }

  let lines: [Line]
  /// What the values are.
  let axisTitle: Markup

  private static let width = 400.0
  private static let left = 128.0
  private static let lineHeight = 32.0

  private var bottom: Double { Double(lines.count) * Self.lineHeight + 8 }

  func markup(title: Markup, description: Markup) -> Markup {
    let axis = Axis(
      lines.flatMap { [$0.value, $0.reference ?? $0.value] }, from: Self.left, to: Self.width - 14, leastSpan: 0.5,
      wantedTicks: 5)
    let ticks = axis.ticks.flatMap { tick -> [Markup] in
      let x = axis.position(tick)
      return [
        Shape.line(x, 4, x, bottom, "gridline"),
        Shape.text(x, bottom + 14, .text(Numbers.decimal(tick, axis.decimals)), "tick", anchor: "middle"),
      ]
    }
    let end = Shape.text((Self.left + Self.width) / 2, bottom + 32, axisTitle, "axis-title", anchor: "middle")
    let rows = lines.enumerated().flatMap { row($0.element, at: Double($0.offset) * Self.lineHeight + 20, axis) }
    return .element(
      "svg",
      [
        "class": "plot wide", "viewBox": "0 0 \(Shape.number(Self.width)) \(Shape.number(bottom + 38))", "role": "img",
      ], labels: ["aria-label": .sentences([title, description])],
      [.element("title", [:], [title]), .element("desc", [:], [description])] + ticks + [end] + rows)
  }

  private func row(_ line: Line, at y: Double, _ axis: Axis) -> [Markup] {
    let style = line.isRecommended ? "source recommended" : "source"
    let names = [
      Shape.text(2, y - 1, .text(Shape.short(line.name, 20)), "label \(style)"),
      Shape.text(2, y + 11, .text(Shape.short(line.best, 24)), "tick"),
    ]
    let reference = line.reference.map { value -> [Markup] in
      [
        Shape.line(axis.position(value), y, axis.position(line.value), y, "gain"),
        .element(
          "circle", ["class": "dot", "cx": Shape.number(axis.position(value)), "cy": Shape.number(y), "r": "4"]),
      ]
    }
    let best = Markup.element(
      "circle",
      ["class": "best \(style)", "cx": Shape.number(axis.position(line.value)), "cy": Shape.number(y), "r": "5.5"],
      [.element("title", [:], [line.title])])
    return names + (reference ?? []) + [best]
  }
}
