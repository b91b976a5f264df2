/// Draws rows over those that stand there: only what has changed is written, and all of it at once, so that nothing flickers.
package struct ScreenDrawing {
  private let usesColours: Bool
  private var shown: [ScreenRow] = []
  private var width = 0

  package init(usesColours: Bool) { self.usesColours = usesColours }

  /// The commands that turn what stands there into `rows`; empty when nothing has changed.
  package mutating func commands(for rows: [ScreenRow], width: Int) -> String {
    // A terminal of another size has moved its rows.
    let isNew = rows.count != shown.count || width != self.width
    var text = isNew ? "\u{1B}[2J" : ""
    for (index, row) in rows.enumerated() where isNew || row != shown[index] {
      text += "\u{1B}[\(index + 1);1H\(styled(row))\u{1B}[K"
    }
    (shown, self.width) = (rows, width)
    // Terminals that know it show everything between the two at once (private mode 2026); others take no notice.
    return text.isEmpty ? "" : "\u{1B}[?2026h\(text)\u{1B}[?2026l"
  }

  /// Nothing is known of the screen any more.
  package mutating func forget() { shown = [] }

  private func styled(_ row: ScreenRow) -> String {
    let code =
      switch row.style {
      case .plain: ""
      case .title: "7"
      case .heading: "1"
      case .alarm: usesColours ? "31" : "1"
      case .quiet: "2"
      }
    return code.isEmpty || row.text.isEmpty ? row.text : "\u{1B}[\(code)m\(row.text)\u{1B}[0m"
  }
}
