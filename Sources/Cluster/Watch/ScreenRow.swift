import Core

/// A row of a full-screen view: text that fits its width, and how it is drawn.
package struct ScreenRow: Hashable, Sendable {
  package enum Style: Hashable, Sendable {
    case plain
    /// The first row.
    case title
    /// Above columns.
    case heading
    /// Something that somebody should do something about.
    case alarm
    /// Less than everything else.
    case quiet
  }

  package let text: String
  package let style: Style

  package init(_ text: String = "", _ style: Style = .plain) { (self.text, self.style) = (text, style) }

  /// The same row in at most `columns`.
  func cut(to columns: Int) -> ScreenRow { ScreenRow(ScreenText.cut(text, to: columns), style) }
}

/// Text in a fixed number of columns.
enum ScreenText {
  /// Without anything that would move the cursor, start a command of the terminal or turn the direction of writing: names and
  /// messages come from anybody.
  static func clean(_ text: String) -> String {
    text.unicodeScalars.contains(where: isCommand)
      ? String(String.UnicodeScalarView(text.unicodeScalars.map { isCommand($0) ? " " : $0 })) : text
  }

  private static func isCommand(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x2028, 0x2029, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: scalar.properties.generalCategory == .control
    }
  }

  /// Its beginning, with `…` where something is left out.
  static func cut(_ text: String, to columns: Int) -> String {
    guard TextWidth.of(text) > columns else { return text }
    guard columns > 1 else { return columns == 1 ? "…" : "" }
    var used = 0
    let kept = text.prefix {
      used += TextWidth.of($0)
      return used < columns
    }
    return kept + "…"
  }

  /// Exactly so many columns.
  static func fitted(_ text: String, to columns: Int, isRight: Bool = false) -> String {
    let text = cut(text, to: columns)
    let space = String(repeating: " ", count: max(0, columns - TextWidth.of(text)))
    return isRight ? space + text : text + space
  }

  /// `left` at the left and, as far as there is room, `right` at the right.
  static func spread(_ left: String, _ right: String, columns: Int) -> String {
    let room = columns - TextWidth.of(left) - TextWidth.of(right)
    guard room > 1 else { return fitted(left, to: columns) }
    return left + String(repeating: " ", count: room) + right
  }
}
