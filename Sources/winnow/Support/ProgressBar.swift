import Files

/// One line on standard error that is drawn over itself; nothing when no person is watching.
struct ProgressBar {
  private let title: String
  private let isShown = Terminal.showsProgress
  private static let barWidth = 24

  init(_ title: String) { self.title = title }

  /// Draws the bar at `done` of `total` with a few words behind it.
  func show(done: Int, of total: Int, _ words: String = "") {
    guard isShown, total > 0 else { return }
    let filled = Self.barWidth * done / total
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: Self.barWidth - filled)
    let line = "\(title) \(bar) \(done)/\(total)  \(words)"
    write("\r\(line.prefix(max(1, Terminal.progressWidth - 1)))\u{1B}[K")
  }

  /// Takes the line away again.
  func clear() {
    if isShown { write("\r\u{1B}[K") }
  }

  private func write(_ text: String) { StandardError.write(text) }
}
