import Core

/// Columns that find room in a given width: names become shorter first, then the least important columns go.
struct ScreenTable {
  struct Column {
    let heading: String
    let texts: [String]
    /// Columns of a higher rank go first; those of rank 0 stay.
    var rank = 0
    /// Numbers stand at the right.
    var isRight = false
    /// May be cut.
    var isName = false

    fileprivate var natural: Int { (texts + [heading]).map { TextWidth.of($0) }.max() ?? 0 }
  }

  /// A name that is cut keeps so much.
  private static let shortestName = 8
  private static let gap = 2

  private let columns: [Column]

  init(_ columns: [Column]) { self.columns = columns.filter { $0.texts.contains { !$0.isEmpty } || $0.rank == 0 } }

  /// The headings and the rows, none wider than `width`.
  func rows(width: Int) -> (heading: String, rows: [String]) {
    var shown = columns
    var widths = fit(shown, width)
    while widths == nil, let last = shown.map(\.rank).max(), last > 0 {
      shown.remove(at: shown.lastIndex { $0.rank == last }!)
      widths = fit(shown, width)
    }
    let columns = widths ?? shown.map(\.natural)
    func line(_ words: (Column) -> String) -> String {
      let texts = zip(shown, columns).map { ScreenText.fitted(words($0), to: $1, isRight: $0.isRight) }
      let text = texts.joined(separator: String(repeating: " ", count: Self.gap))
      return ScreenText.cut(text.trimmingSpacesAtEnd, to: width)
    }
    let count = shown.first?.texts.count ?? 0
    return (line { $0.heading }, (0..<count).map { row in line { $0.texts[row] } })
  }

  /// The widths of the columns; nil when there is no room for them.
  private func fit(_ columns: [Column], _ width: Int) -> [Int]? {
    var widths = columns.map(\.natural)
    var excess = widths.reduce(0, +) + Self.gap * (columns.count - 1) - width
    while excess > 0 {
      // The longest name gives, so that all become equally long.
      let names = columns.indices.filter { columns[$0].isName && widths[$0] > Self.shortestName }
      guard let longest = names.max(by: { widths[$0] < widths[$1] }) else { return nil }
      widths[longest] -= 1
      excess -= 1
    }
    return widths
  }
}

extension String {
  fileprivate var trimmingSpacesAtEnd: String {
    String(self[..<(lastIndex { $0 != " " }.map { index(after: $0) } ?? startIndex)])
  }
}
