/// A piece of markup that is valid both as HTML and as XML: text is escaped, every element is closed.
struct Markup: Hashable, Sendable {
  private indirect enum Content: Hashable, Sendable {
    case text(String)
    case verbatim(String)
    case element(name: String, attributes: [Attribute], children: [Markup])
    case group([Markup])
    case spoken(english: Markup, japanese: Markup)
  }

  private struct Attribute: Hashable, Sendable {
    let name: String
    let value: Markup
  }

  private let content: Content

  private init(_ content: Content) { self.content = content }

  /// Text of any origin; it is escaped.
  @inline(never)
  static func text(_ text: String) -> Markup { Markup(.text(text)) }

  /// Text that must not be escaped: a style sheet of our own.
  static func verbatim(_ text: String) -> Markup { Markup(.verbatim(text)) }

  /// Several pieces in a row.
  @inline(never)
  static func group(_ pieces: [Markup]) -> Markup { Markup(.group(pieces)) }

  /// One sentence or name in every language of a report; the one to be read is chosen when the page is rendered.
  @inline(never)
  init(english: Wording, japanese: Wording) {
    self.init(.spoken(english: english.content, japanese: japanese.content))
  }

  /// An element. Attribute values are escaped; attributes with an empty name are left out. `labels` are attributes that
  /// people read or hear: `aria-label`, `alt`.
  @inline(never)
  static func element(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], labels: KeyValuePairs<String, Markup> = [:],
    _ children: [Markup] = []
  ) -> Markup {
    let plain = attributes.filter { !$0.key.isEmpty }.map { Attribute(name: $0.key, value: .text($0.value)) }
    let spoken = labels.map { Attribute(name: $0.key, value: $0.value) }
    return Markup(.element(name: name, attributes: plain + spoken, children: children))
  }

  /// An element of class `style` (none when empty).
  @inline(never)
  static func element(_ name: String, class style: String, _ children: [Markup] = []) -> Markup {
    element(name, style.isEmpty ? [:] : ["class": style], children)
  }

  /// Nothing.
  static let empty = Markup(.group([]))

  /// The markup as text, for readers of `language`.
  func rendered(in language: Language) -> String {
    var output = ""
    write(in: language, into: &output)
    return output
  }

  /// The text a reader sees, without any element.
  func plainText(in language: Language) -> String {
    switch content {
    case .text(let text): text
    case .verbatim: ""
    case .element(_, _, let children), .group(let children): children.map { $0.plainText(in: language) }.joined()
    case .spoken(let english, let japanese): (language == .english ? english : japanese).plainText(in: language)
    }
  }

  /// A piece of text that stands on a line of its own: a heading, a paragraph, or an item of a list.
  enum Line: Hashable, Sendable {
    case heading(String)
    case paragraph(String)
    case item(String)
  }

  /// The same text without a page: what readers of a terminal get, line by line.
  func lines(in language: Language) -> [Line] {
    switch content {
    case .text, .verbatim: return []
    case .spoken(let english, let japanese): return (language == .english ? english : japanese).lines(in: language)
    case .group(let pieces): return pieces.flatMap { $0.lines(in: language) }
    case .element(let name, _, let children):
      let inner = children.flatMap { $0.lines(in: language) }
      guard inner.isEmpty else { return inner }
      let text = plainText(in: language)
      return switch name {
      case "h1", "h2", "h3", "h4": [.heading(text)]
      case "p": [.paragraph(text)]
      case "li": [.item(text)]
      default: []
      }
    }
  }

  /// Elements of SVG that may end where they begin, in HTML too.
  private static let shapes: Set<String> = ["circle", "image", "line", "path", "rect", "use"]
  private static let voidElements: Set<String> = ["br", "col", "hr", "img", "link", "meta"]
  /// Elements that start on their own line, so that the file can be read and compared.
  private static let blocks: Set<String> = [
    "aside", "body", "caption", "details", "div", "dl", "dt", "figure", "footer", "h1", "h2", "h3", "h4", "head",
    "header", "html", "li", "main", "meta", "nav", "ol", "p", "pre", "section", "style", "svg", "table", "tbody",
    "thead", "title", "tr", "ul",
  ]

  private func write(in language: Language, into output: inout String) {
    switch content {
    case .text(let text): Self.escape(text, into: &output)
    case .verbatim(let text): output += text
    case .group(let pieces): for piece in pieces { piece.write(in: language, into: &output) }
    case .spoken(let english, let japanese):
      (language == .english ? english : japanese).write(in: language, into: &output)
    case .element(let name, let attributes, let children):
      if Self.blocks.contains(name) { output += "\n" }
      output += "<\(name)"
      for attribute in attributes {
        output += " \(attribute.name)=\""
        Self.escape(attribute.value.plainText(in: language), into: &output)
        output += "\""
      }
      guard !Self.voidElements.contains(name), !children.isEmpty || !Self.shapes.contains(name) else {
        output += "/>"
        return
      }
      output += ">"
      for child in children { child.write(in: language, into: &output) }
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

extension Markup {
  static func strong(_ content: Markup) -> Markup { .element("strong", [:], [content]) }
  /// A name that a person may type: a strategy, a shift, a command.
  static func code(_ text: String) -> Markup { .element("code", [:], [.text(text)]) }
  static func paragraph(_ content: Markup, class style: String = "") -> Markup {
    .element("p", class: style, [content])
  }
  /// A number below another, and an interval below that, in a cell of a table.
  static func delta(_ content: Markup) -> Markup { .element("b", [:], [content]) }
  static func interval(_ content: Markup) -> Markup { .element("i", [:], [content]) }
  static func heading(_ level: Int, _ text: Markup) -> Markup { .element("h\(level)", [:], [text]) }
  /// A bulleted list.
  static func list(_ items: [Markup], class style: String = "") -> Markup {
    .element("ul", class: style, items.map { .element("li", [:], [$0]) })
  }
  /// What opens on a click, without a script.
  static func details(_ summary: Markup, _ pieces: [Markup], isOpen: Bool = false) -> Markup {
    .element("details", [isOpen ? "open" : "": "open"], [.element("summary", [:], [summary])] + pieces)
  }
}
