import Core

/// A table in plain text for any width. What does not fit beside the names goes below under the names again, and where not
/// even one column fits, every row becomes a short list: nothing is left out or cut off.
package struct TextTable {
  package struct Column {
    /// Empty in a column that needs none.
    let heading: String
    let isFlushRight: Bool
    /// One a row.
    let cells: [String]

    package init(heading: String = "", isFlushRight: Bool = false, cells: [String]) {
      self.heading = heading
      self.isFlushRight = isFlushRight
      self.cells = cells
    }
  }

  /// A line, and the row that it belongs to; nil for headings and empty lines.
  package struct Line {
    package let text: String
    package let row: Int?
  }

  let names: Column
  /// Columns without any heading are read together, so they are never parted.
  let columns: [Column]

  private static let gap = 2
  /// Names are not squeezed below this.
  private static let leastNames = 12

  /// Every column has a cell for each name.
  package init(names: Column, columns: [Column]) {
    self.names = names
    self.columns = columns
  }

  /// No line takes more than `width` columns (2 at least), and none ends in a space.
  package func lines(width: Int) -> [Line] {
    guard let blocks = blocks(width) else { return list(width) }
    return Array(blocks.map { block($0) }.joined(separator: [Line(text: "", row: nil)]))
  }

  private var isParted: Bool { columns.contains { !$0.heading.isEmpty } }

  // MARK: Columns

  private struct Block {
    let nameWidth: Int
    let columns: Range<Int>
  }

  /// The columns that stand side by side; nil when one of them does not fit beside the names.
  private func blocks(_ width: Int) -> [Block]? {
    let widths = columns.map { Self.width(of: $0) }
    let needed = isParted ? (widths.max() ?? 0) + Self.gap : widths.reduce(0) { $0 + $1 + Self.gap }
    let natural = (names.cells + [names.heading]).map { TextWidth.of($0) }.max() ?? 0
    // Long names are set in several lines before they cost a column.
    let comfortable = isParted ? min(natural, max(20, width * 2 / 5)) : natural
    let nameWidth = min(comfortable, width - needed)
    guard nameWidth >= min(natural, isParted ? Self.leastNames : natural) else { return nil }
    var blocks: [Block] = []
    var start = 0
    var used = nameWidth
    for (index, column) in widths.enumerated() {
      if isParted, index > start, used + Self.gap + column > width {
        blocks.append(Block(nameWidth: nameWidth, columns: start..<index))
        (start, used) = (index, nameWidth)
      }
      used += Self.gap + column
    }
    return blocks + [Block(nameWidth: nameWidth, columns: start..<widths.count)]
  }

  /// As wide as its cells, and as a heading in two lines.
  private static func width(of column: Column) -> Int {
    max(column.cells.map { TextWidth.of($0) }.max() ?? 0, TextLines.narrowest(column.heading, lines: 2))
  }

  private func block(_ block: Block) -> [Line] {
    let shown = columns[block.columns]
    let headings = isParted || !names.heading.isEmpty ? row(block, names.heading, shown.map(\.heading)) : []
    let rows = names.cells.indices.flatMap { index in
      row(block, names.cells[index], shown.map { $0.cells[index] }).map { Line(text: $0, row: index) }
    }
    return headings.map { Line(text: $0, row: nil) } + rows
  }

  /// One row in as many lines as its highest cell; the others stand at its foot, as headings do.
  private func row(_ block: Block, _ name: String, _ cells: [String]) -> [String] {
    let texts =
      [TextLines.lines(name, width: block.nameWidth)]
      + zip(columns[block.columns], cells).map { TextLines.lines($1, width: Self.width(of: $0), hanging: 0) }
    let widths = [block.nameWidth] + columns[block.columns].map { Self.width(of: $0) }
    let isRight = [false] + columns[block.columns].map(\.isFlushRight)
    let height = texts.map(\.count).max() ?? 0
    return (0..<height).map { line in
      let parts = texts.indices.map { index in
        let place = line - height + texts[index].count
        return Self.padded(place < 0 ? "" : texts[index][place], widths[index], isFlushRight: isRight[index])
      }
      return Self.trimmed(parts.joined(separator: String(repeating: " ", count: Self.gap)))
    }
  }

  // MARK: A list

  private func list(_ width: Int) -> [Line] {
    names.cells.indices.flatMap { index in
      let cells = columns.map { ($0.heading, Self.squeezed($0.cells[index])) }
      let texts =
        isParted
        ? [names.cells[index]] + cells.map { "  \($0): \($1)" }
        : ["\(names.cells[index]): \(cells.map { $1 }.filter { !$0.isEmpty }.joined(separator: ", "))"]
      return texts.flatMap { TextLines.lines($0, width: width) }.map { Line(text: $0, row: index) }
    }
  }

  // MARK: Text

  static func padded(_ text: String, _ width: Int, isFlushRight: Bool = false) -> String {
    let space = String(repeating: " ", count: max(0, width - TextWidth.of(text)))
    return isFlushRight ? space + text : text + space
  }

  private static func trimmed(_ line: String) -> String {
    String(line.reversed().drop { $0 == " " }.reversed())
  }

  /// Without the spaces that align it with other cells.
  private static func squeezed(_ cell: String) -> String { cell.split(separator: " ").joined(separator: " ") }
}
