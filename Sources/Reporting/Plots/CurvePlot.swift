/// Utility against cost, one line a strategy, named at its right end.
struct CurvePlot {
  struct Line {
    let name: String
    let points: [(x: Double, y: Double)]
    /// A class of the style sheet: `leader`, `reference` or empty.
    let style: String
  }

  let lines: [Line]
  let frame: PlotFrame

  func markup(title: Markup, description: Markup) -> Markup {
    let drawn = lines.filter { !$0.points.isEmpty }
    let paths = drawn.flatMap { line -> [Markup] in
      let points = line.points.map { (x: frame.x.position($0.x), y: frame.y.position($0.y)) }
      return [Shape.path(points, "curve \(line.style)", title: .text(line.name))]
        + points.map {
          .element(
            "circle",
            [
              "class": "node \(line.style)", "cx": Shape.number($0.x), "cy": Shape.number($0.y), "r": "2.2",
            ])
        }
    }
    let ends = drawn.map { frame.y.position($0.points[$0.points.count - 1].y) + 4 }
    let heights = PlotFrame.spread(ends, gap: 12, within: frame.top + 4...frame.bottom)
    let names = zip(drawn, heights).map { line, height in
      Shape.text(frame.right + 6, height, .text(Shape.short(line.name, 16)), "label \(line.style)")
    }
    return frame.markup(title: title, description: description, marks: paths + names)
  }
}
