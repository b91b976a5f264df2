/// A piece of markup that is valid both as HTML and as XML: text is escaped, every element is closed.
struct Markup: Hashable, Sendable {
  private indirect enum Content: Hashable, Sendable {
    case text(String)
    case verbatim(String)
    case element(name: String, attributes: [Attribute], children: [Markup])
    case group([Markup])
  }

  private struct Attribute: Hashable, Sendable {
    let name: String
    let value: String
  }

  private let content: Content

  private init(_ content: Content) { self.content = content }

  /// Text of any origin; it is escaped.
  static func text(_ text: String) -> Markup { Markup(.text(text)) }

  /// Text that must not be escaped: a style sheet of our own.
  static func verbatim(_ text: String) -> Markup { Markup(.verbatim(text)) }

  /// Several pieces in a row.
  static func group(_ pieces: [Markup]) -> Markup { Markup(.group(pieces)) }

  /// An element. Attribute values are escaped; attributes with an empty name are left out.
  static func element(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ children: [Markup] = []
  ) -> Markup {
    let attributes = attributes.filter { !$0.key.isEmpty }.map { Attribute(name: $0.key, value: $0.value) }
    return Markup(.element(name: name, attributes: attributes, children: children))
  }

  /// An element of class `style` (none when empty).
  static func element(_ name: String, class style: String, _ children: [Markup] = []) -> Markup {
    element(name, style.isEmpty ? [:] : ["class": style], children)
  }

  /// Nothing.
  static let empty = Markup(.group([]))

  /// The markup as text.
  var rendered: String {
    var output = ""
    write(into: &output)
    return output
  }

  /// The text a reader sees, without any element.
  var plainText: String {
    switch content {
    case .text(let text): text
    case .verbatim: ""
    case .element(_, _, let children), .group(let children): children.map(\.plainText).joined()
    }
  }

  private static let voidElements: Set<String> = ["br", "col", "hr", "img", "link", "meta"]
  /// Elements that start on their own line, so that the file can be read and compared.
  private static let blocks: Set<String> = [
    "aside", "body", "caption", "details", "div", "dl", "dt", "figure", "footer", "h1", "h2", "h3", "h4", "head",
    "header", "html", "li", "main", "meta", "nav", "ol", "p", "pre", "section", "style", "svg", "table", "tbody",
    "thead", "title", "tr", "ul",
  ]

  private func write(into output: inout String) {
    switch content {
    case .text(let text): Self.escape(text, into: &output)
    case .verbatim(let text): output += text
    case .group(let pieces): for piece in pieces { piece.write(into: &output) }
    case .element(let name, let attributes, let children):
      if Self.blocks.contains(name) { output += "\n" }
      output += "<\(name)"
      for attribute in attributes {
        output += " \(attribute.name)=\""
        Self.escape(attribute.value, into: &output)
        output += "\""
      }
      guard !Self.voidElements.contains(name) else {
        output += "/>"
        return
      }
      output += ">"
      for child in children { child.write(into: &output) }
      output += "</\(name)>"
    }
  }

  /// Writes `text` so that it is only ever text. Characters that XML forbids become U+FFFD.
  private static func escape(_ text: String, into output: inout String) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": output += "&amp;"
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      case "\"": output += "&quot;"
      case "'": output += "&#39;"
      case "\t", "\n": output.unicodeScalars.append(scalar)
      case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": output += "\u{FFFD}"
      default: output.unicodeScalars.append(scalar)
      }
    }
  }
}

extension Markup: ExpressibleByStringInterpolation {
  /// Sentences are written as one literal: `"\(code: name) leads by \(lead)"`. Everything is escaped.
  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var pieces: [Markup] = []

    init(literalCapacity: Int, interpolationCount: Int) {}

    mutating func appendLiteral(_ literal: String) { pieces.append(.text(literal)) }
    mutating func appendInterpolation(_ text: String) { pieces.append(.text(text)) }
    mutating func appendInterpolation(_ number: Int) { pieces.append(.text(Numbers.count(number))) }
    mutating func appendInterpolation(_ markup: Markup) { pieces.append(markup) }
    mutating func appendInterpolation(code name: String) { pieces.append(.code(name)) }
    mutating func appendInterpolation(strong text: String) { pieces.append(.strong(text)) }
    /// Names in a sentence: `a, b and c`.
    mutating func appendInterpolation(codes names: [String]) {
      for (index, name) in names.enumerated() {
        if index > 0 { pieces.append(.text(index == names.count - 1 ? " and " : ", ")) }
        pieces.append(.code(name))
      }
    }
  }

  init(stringLiteral value: String) { self = .text(value) }
  init(stringInterpolation: StringInterpolation) { self = .group(stringInterpolation.pieces) }
}

extension Markup {
  static func strong(_ text: String) -> Markup { .element("strong", [:], [.text(text)]) }
  /// A name that a person may type: a strategy, a shift, a command.
  static func code(_ text: String) -> Markup { .element("code", [:], [.text(text)]) }
  static func paragraph(_ content: Markup, class style: String = "") -> Markup {
    .element("p", class: style, [content])
  }
  static func heading(_ level: Int, _ text: String) -> Markup { .element("h\(level)", [:], [.text(text)]) }
  /// A bulleted list.
  static func list(_ items: [Markup], class style: String = "") -> Markup {
    .element("ul", class: style, items.map { .element("li", [:], [$0]) })
  }
  /// What opens on a click, without a script.
  static func details(_ summary: String, _ pieces: [Markup], isOpen: Bool = false) -> Markup {
    .element(
      "details", [isOpen ? "open" : "": "open"], [.element("summary", [:], [.text(summary)])] + pieces)
  }
}
