import Foundation
import FoundationXML
import Reporting
import Results

/// A page as a tree, read by an XML parser that forgives nothing.
final class ParsedElement {
  let name: String
  let attributes: [String: String]
  /// Text and elements in their order.
  fileprivate var pieces: [Piece] = []

  fileprivate enum Piece {
    case text(String)
    case element(ParsedElement)
  }

  init(name: String, attributes: [String: String]) {
    self.name = name
    self.attributes = attributes
  }

  var children: [ParsedElement] {
    pieces.compactMap { piece in
      guard case .element(let element) = piece else { return nil }
      return element
    }
  }

  /// All text inside, SVG and style sheets left out, with single spaces; blocks are apart, words inside a line are not.
  var text: String { allText.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

  private var allText: String {
    guard name != "svg", name != "style" else { return "" }
    let inside = pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .element(let element): element.allText
      }
    }.joined()
    return ["code", "strong", "a"].contains(name) ? inside : " \(inside) "
  }

  /// Every piece of text inside, and every label that people hear, but for elements that `isLeftOut`.
  func prose(leavingOut isLeftOut: (ParsedElement) -> Bool) -> [String] {
    guard !isLeftOut(self) else { return [] }
    let labels = ["aria-label", "alt"].compactMap { attributes[$0] }
    return labels
      + pieces.flatMap { piece in
        switch piece {
        case .text(let text): [text]
        case .element(let element): element.prose(leavingOut: isLeftOut)
        }
      }
  }

  /// This element and everything inside it, in document order.
  var all: [ParsedElement] { [self] + children.flatMap(\.all) }

  func all(_ name: String) -> [ParsedElement] { all.filter { $0.name == name } }

  func element(id: String) -> ParsedElement? { all.first { $0.attributes["id"] == id } }

  func has(class style: String) -> Bool { (attributes["class"] ?? "").split(separator: " ").contains { $0 == style } }

  /// Parses a page; throws where it is not well-formed.
  static func page(_ text: String) throws -> ParsedElement {
    let builder = Builder()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = builder
    guard parser.parse(), let root = builder.root else {
      throw NotWellFormed(line: parser.lineNumber, reason: "\(String(describing: parser.parserError))")
    }
    return root
  }

  static func page(_ input: ReportInput) throws -> ParsedElement { try page(HTMLReport.render(input)) }

  struct NotWellFormed: Error {
    let line: Int
    let reason: String
  }

  private final class Builder: NSObject, XMLParserDelegate {
    var root: ParsedElement?
    private var open: [ParsedElement] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      let element = ParsedElement(name: name, attributes: attributes)
      open.last?.pieces.append(.element(element))
      if root == nil { root = element }
      open.append(element)
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
      open.removeLast()
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) { open.last?.pieces.append(.text(text)) }
  }
}

/// A table of a page.
struct ParsedTable {
  let caption: String
  let columns: [String]
  /// Row header, then the texts of the cells.
  let rows: [(header: String, cells: [String])]

  init(_ table: ParsedElement) {
    caption = table.all("caption").first?.text ?? ""
    columns = table.all("thead").flatMap { $0.all("th") }.map(\.text)
    rows = table.all("tbody").flatMap { $0.all("tr") }.map { row in
      (row.all("th").first?.text ?? "", row.all("td").map(\.text))
    }
  }

  func row(_ header: String) -> [String]? { rows.first { $0.header == header }?.cells }
}

extension ParsedElement {
  var tables: [ParsedTable] { all("table").map(ParsedTable.init) }

  func table(_ start: String) -> ParsedTable? { tables.first { $0.caption.hasPrefix(start) } }
}
