/// Pieces of SVG, in the style sheet's classes; coordinates are rounded to a tenth, so that equal data give equal bytes.
enum Shape {
  static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    let (whole, rest) = (abs(tenths) / 10, abs(tenths) % 10)
    return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
  }

  /// A name that a plot has room for: its beginning and its end, where it is longer than `most` characters.
  static func short(_ name: String, _ most: Int) -> String {
    guard name.count > most else { return name }
    let end = most / 3
    return name.prefix(most - 1 - end) + "…" + name.suffix(end)
  }

  static func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String) -> Markup {
    .element(
      "line", ["class": style, "x1": number(x1), "y1": number(y1), "x2": number(x2), "y2": number(y2)])
  }

  static func rectangle(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ style: String, title: Markup = .empty
  ) -> Markup {
    .element(
      "rect",
      ["class": style, "x": number(x), "y": number(y), "width": number(width), "height": number(height)],
      title == .empty ? [] : [.element("title", [:], [title])])
  }

  static func path(_ points: [(x: Double, y: Double)], _ style: String, title: Markup = .empty) -> Markup {
    let steps = points.enumerated().map {
      "\($0.offset == 0 ? "M" : "L")\(number($0.element.x)) \(number($0.element.y))"
    }
    return .element(
      "path", ["class": style, "d": steps.joined()], title == .empty ? [] : [.element("title", [:], [title])])
  }

  /// Text anchored at `start`, `middle` or `end`.
  static func text(_ x: Double, _ y: Double, _ text: Markup, _ style: String = "", anchor: String = "start") -> Markup {
    .element(
      "text",
      [
        style.isEmpty ? "" : "class": style, "x": number(x), "y": number(y),
        anchor == "start" ? "" : "text-anchor": anchor,
      ], [text])
  }

  /// A mark centred on a point. Kinds differ in shape, so that they can be told apart without colour.
  static func mark(_ kind: Int, _ x: Double, _ y: Double, _ style: String, title: Markup) -> Markup {
    let r = 4.2
    func polygon(_ corners: [(Double, Double)]) -> String {
      corners.enumerated().map {
        "\($0.offset == 0 ? "M" : "L")\(number(x + $0.element.0)) \(number(y + $0.element.1))"
      }
      .joined() + "Z"
    }
    let outline =
      switch kind % 6 {
      case 0: "M\(number(x - r)) \(number(y))a\(r) \(r) 0 1 0 \(2 * r) 0a\(r) \(r) 0 1 0 \(-2 * r) 0Z"
      case 1: polygon([(-3.7, -3.7), (3.7, -3.7), (3.7, 3.7), (-3.7, 3.7)])
      case 2: polygon([(0, -4.8), (4.6, 3.4), (-4.6, 3.4)])
      case 3: polygon([(0, 4.8), (4.6, -3.4), (-4.6, -3.4)])
      case 4: polygon([(0, -5.2), (5.2, 0), (0, 5.2), (-5.2, 0)])
      default:
        polygon([
          (-1.7, -4.6), (1.7, -4.6), (1.7, -1.7), (4.6, -1.7), (4.6, 1.7), (1.7, 1.7), (1.7, 4.6), (-1.7, 4.6),
          (-1.7, 1.7), (-4.6, 1.7), (-4.6, -1.7), (-1.7, -1.7),
        ])
      }
    return .element("path", ["class": style, "d": outline], [.element("title", [:], [title])])
  }
}
