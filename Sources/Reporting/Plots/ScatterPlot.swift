import Statistics

/// Utility against cost, one mark a point; its shape tells the series, its filling the state on the Pareto front.
struct ScatterPlot {
  struct Point {
    let x: Double
    let y: Double
    /// Number of the series: decides the shape.
    let series: Int
    let state: ParetoFront.State
    /// Said when the pointer rests on the mark.
    let title: Markup
    /// Written beside the mark; nil for none.
    let label: Markup?
  }

  let points: [Point]
  let frame: PlotFrame
  /// Whether the front is drawn as a line of steps.
  let drawsFront: Bool

  func markup(title: Markup, description: Markup) -> Markup {
    // Dominated points first, so that the front is never covered.
    let order: [ParetoFront.State] = [.dominated, .ambiguous, .onFront]
    let marks = order.flatMap { state in
      points.filter { $0.state == state && isInside($0) }.map { point in
        Shape.mark(
          point.series, frame.x.position(point.x), frame.y.position(point.y), "mark \(state.rawValue)",
          title: point.title)
      }
    }
    return frame.markup(title: title, description: description, marks: front + marks + labels)
  }

  /// Points that the frame leaves out.
  var outside: [Point] { points.filter { !isInside($0) } }

  private func isInside(_ point: Point) -> Bool { (frame.y.low...frame.y.high).contains(point.y) }

  /// The staircase below which everything is dominated by the points of the front.
  private var front: [Markup] {
    guard drawsFront else { return [] }
    let members = points.filter { $0.state == .onFront }.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
    var steps: [(x: Double, y: Double)] = []
    for member in members {
      let (x, y) = (frame.x.position(member.x), frame.y.position(member.y))
      if let last = steps.last { steps.append((x, last.y)) }
      steps.append((x, y))
    }
    return steps.count > 1 ? [Shape.path(steps, "front")] : []
  }

  private var labels: [Markup] {
    let labelled = points.filter(isInside).compactMap { point in point.label.map { (point: point, label: $0) } }
    let heights = PlotFrame.spread(
      labelled.map { frame.y.position($0.point.y) + 4 }, gap: 12, within: frame.top + 8...frame.bottom - 2)
    return zip(labelled, heights).map { labelled, height in
      let x = frame.x.position(labelled.point.x)
      let isRight = x > PlotFrame.width * 0.55
      return Shape.text(x + (isRight ? -8 : 8), height, labelled.label, "label", anchor: isRight ? "end" : "start")
    }
  }
}
