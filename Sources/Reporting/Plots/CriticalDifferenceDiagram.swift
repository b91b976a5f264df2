import Statistics

/// Mean ranks on a line, best at the left; a bar joins those that cannot be told apart (Demšar 2006).
struct CriticalDifferenceDiagram {
  let ranks: CriticalDifference
  /// By the subject's index.
  let names: [String]

  private static let width = 560.0
  /// Names stand beside the axis, which spans what is left between them.
  private static let margin = 168.0
  private static let axis = 46.0
  private static let row = 15.0
  private static let longestName = 24

  private var subjects: Int { ranks.order.count }
  private var half: Int { (subjects + 1) / 2 }
  private var firstRow: Double { Self.axis + 24 + 7 * Double(ranks.cliques.count) }
  private var height: Double { firstRow + Self.row * Double(half) }

  func markup(title: Markup, description: Markup, difference: Markup) -> Markup {
    .element(
      "svg",
      [
        "class": "plot", "viewBox": "0 0 \(Shape.number(Self.width)) \(Shape.number(height))", "role": "img",
      ], labels: ["aria-label": PageWords.spoken(title, description)],
      [.element("title", [:], [title]), .element("desc", [:], [description])] + scale + ruler(difference)
        + names(left: true)
        + names(left: false) + cliques)
  }

  private func position(_ rank: Double) -> Double {
    Self.margin + (rank - 1) / Double(max(1, subjects - 1)) * (Self.width - 2 * Self.margin)
  }

  private var scale: [Markup] {
    let step = max(1, subjects / 8)
    let ticks = stride(from: 1, through: subjects, by: step).flatMap { rank in
      [
        Shape.line(position(Double(rank)), Self.axis - 5, position(Double(rank)), Self.axis, "axis"),
        Shape.text(
          position(Double(rank)), Self.axis - 9, .text(Numbers.count(rank)), "tick", anchor: "middle"),
      ]
    }
    return [Shape.line(position(1), Self.axis, position(Double(subjects)), Self.axis, "axis")] + ticks
  }

  /// How long the critical difference is, at the scale of the axis.
  private func ruler(_ name: Markup) -> [Markup] {
    let (start, end) = (position(1), min(Self.width - 4, position(1 + ranks.difference)))
    return [Shape.line(start, 20, end, 20, "whisker")]
      + [start, end].map { Shape.line($0, 16, $0, 24, "whisker") }
      + [Shape.text(start, 11, name, "tick")]
  }

  /// The better half at the left, best first; the rest at the right, worst first, so that no two lines cross.
  private func names(left: Bool) -> [Markup] {
    let shown = left ? Array(ranks.order.prefix(half)) : ranks.order.dropFirst(half).reversed()
    return shown.enumerated().flatMap { place, subject -> [Markup] in
      let (x, y) = (position(ranks.meanRanks[subject]), firstRow + Self.row * Double(place))
      let end = left ? Self.margin - 10 : Self.width - Self.margin + 10
      let name = names[subject]
      let text = name.count > Self.longestName ? name.prefix(Self.longestName - 1) + "…" : name[...]
      let rank = Numbers.decimal(ranks.meanRanks[subject], 1)
      return [
        Shape.path([(x, Self.axis), (x, y), (end, y)], "curve", title: .text("\(name) \(rank)")),
        Shape.text(
          left ? end - 4 : end + 4, y + 4, .text("\(text) \(rank)"), "label", anchor: left ? "end" : "start"),
      ]
    }
  }

  private var cliques: [Markup] {
    ranks.cliques.enumerated().map { place, members in
      let found = members.map { ranks.meanRanks[$0] }
      let y = Self.axis + 9 + 7 * Double(place)
      return Shape.path(
        [(position(found.min()!) - 3, y), (position(found.max()!) + 3, y)], "curve leader",
        title: .text(members.map { names[$0] }.joined(separator: ", ")))
    }
  }
}
