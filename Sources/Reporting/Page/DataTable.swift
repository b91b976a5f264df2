/// A table for reading: a caption that says what one row is, headers with a scope, its own box to scroll in.
struct DataTable {
  struct Cell {
    var content: [Markup]
    /// A class of the style sheet; several are separated by spaces.
    var style = ""

    init(_ content: [Markup], style: String = "") {
      self.content = content
      self.style = style
    }

    /// A number, set flush right.
    static func number(_ text: String, style: String = "") -> Cell {
      Cell([.text(text)], style: style.isEmpty ? "n" : "n " + style)
    }

    static func text(_ text: String, style: String = "") -> Cell { Cell([.text(text)], style: style) }
  }

  struct Row {
    let header: [Markup]
    let cells: [Cell]
    var style = ""
    /// What links call it; empty for none.
    var id = ""

    init(_ header: [Markup], _ cells: [Cell], style: String = "", id: String = "") {
      self.header = header
      self.cells = cells
      self.style = style
      self.id = id
    }
  }

  struct Column {
    let title: [Markup]
    var isNumber = true

    init(_ title: Markup, isNumber: Bool = true) {
      self.title = [title]
      self.isNumber = isNumber
    }
  }

  /// What the table shows and what one row is.
  let caption: Markup
  /// The title of the column of row headers.
  let corner: Markup
  let columns: [Column]
  let rows: [Row]
  var style = ""
  /// What links call it; empty for none.
  var id = ""

  init(caption: Markup, corner: Markup, columns: [Column], rows: [Row], style: String = "", id: String = "") {
    precondition(
      rows.allSatisfy { $0.cells.count == columns.count },
      "a row of “\(caption.plainText(in: .english))” has not one cell a column")
    self.caption = caption
    self.corner = corner
    self.columns = columns
    self.rows = rows
    self.style = style
    self.id = id
  }

  var markup: Markup {
    // Where most cells are numbers the table says so once.
    let numbers = rows.reduce(0) { $0 + $1.cells.count { Self.isNumber($0) } }
    let isNumeric = 2 * numbers > rows.reduce(0) { $0 + $1.cells.count }
    let head = Markup.element(
      "tr", [:],
      [.element("th", ["scope": "col"], [corner])]
        + columns.map { .element("th", ["scope": "col", $0.isNumber ? "class" : "": "n"], $0.title) })
    let table = Markup.element(
      "table", class: [style, isNumeric ? "num" : ""].filter { !$0.isEmpty }.joined(separator: " "),
      [
        .element("caption", [:], [.element("span", [:], [caption])]), .element("thead", [:], [head]),
        .element("tbody", [:], rows.map { markup(of: $0, isNumeric) }),
      ])
    return .element(
      "div", [id.isEmpty ? "" : "id": id, "class": "scroll", "tabindex": "0"], [table])
  }

  private static func isNumber(_ cell: Cell) -> Bool { cell.style == "n" || cell.style.hasPrefix("n ") }

  private func markup(of row: Row, _ isNumeric: Bool) -> Markup {
    let cells = row.cells.map { cell in
      let isNumber = Self.isNumber(cell)
      let rest = isNumber ? String(cell.style.dropFirst(2)) : cell.style
      let style =
        isNumber == isNumeric ? rest : [isNumber ? "n" : "l", rest].filter { !$0.isEmpty }.joined(separator: " ")
      return Markup.element("td", class: style, cell.content)
    }
    return .element(
      "tr", [row.id.isEmpty ? "" : "id": row.id, row.style.isEmpty ? "" : "class": row.style],
      [.element("th", ["scope": "row"], row.header)] + cells)
  }
}
