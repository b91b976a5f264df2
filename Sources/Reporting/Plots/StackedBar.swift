/// Amounts side by side in one bar, one bar a table row; bars of one table share a scale and stretch with their column.
enum StackedBar {
  struct Part {
    let amount: Double
    /// Number of the part's colour.
    let colour: Int
    /// Whether it is hatched.
    let isHatched: Bool
    let title: Markup
  }

  /// The bar; `full` is the amount that fills the width.
  static func markup(_ parts: [Part], full: Double, title: Markup) -> Markup {
    var start = 0.0
    var pieces: [Markup] = [.element("title", [:], [title])]
    for part in parts where part.amount > 0 && full > 0 {
      let width = part.amount / full * 100
      for style in ["part p\(part.colour)"] + (part.isHatched ? ["hatch"] : []) {
        pieces.append(
          .element(
            "rect",
            [
              "class": style, "x": percent(start), "y": "3", "width": percent(width), "height": "16",
              style == "hatch" ? "fill" : "": "url(#hatch)",
            ], style == "hatch" ? [] : [.element("title", [:], [part.title])]))
      }
      start += width
    }
    return .element(
      "svg", ["class": "strip bar", "role": "img", "height": "22"], pieces)
  }

  /// The hatching that bars refer to; once a page.
  static let hatch = Markup.element(
    "svg", ["class": "defs", "width": "0", "height": "0", "aria-hidden": "true"],
    [
      .element(
        "defs", [:],
        [
          .element(
            "pattern",
            [
              "id": "hatch", "width": "6", "height": "6", "patternUnits": "userSpaceOnUse",
              "patternTransform": "rotate(45)",
            ], [.element("line", ["class": "hatching", "x1": "0", "y1": "0", "x2": "0", "y2": "6"])])
        ])
    ])

  private static func percent(_ value: Double) -> String { Shape.number(value) + "%" }
}
