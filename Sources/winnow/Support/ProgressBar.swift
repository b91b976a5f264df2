import Core
import Files

/// How far something is, on standard error: a line that is drawn over itself where a person watches, and where output goes to a
/// pipe or a file a line of its own every few seconds.
final class ProgressBar {
  private let title: String
  private let isDrawn = Terminal.showsProgress
  private static let barWidth = 24
  /// Seconds between two lines.
  private static let pace = 5.0
  private var last = MonotonicClock.now
  private var lastDone = -1

  init(_ title: String) { self.title = title }

  /// Shows that `done` of `total` are done, with a few words behind it.
  func show(done: Int, of total: Int, _ words: String = "") {
    guard total > 0 else { return }
    if isDrawn {
      let filled = Self.barWidth * done / total
      let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: Self.barWidth - filled)
      let line = "\(title) \(bar) \(done)/\(total)  \(words)"
      write("\r\(line.prefix(max(1, Terminal.progressWidth - 1)))\u{1B}[K")
    } else if MonotonicClock.now.seconds(since: last) >= Self.pace, done != lastDone || done < total {
      (last, lastDone) = (MonotonicClock.now, done)
      write("\(title) \(done)/\(total)\(words.isEmpty ? "" : "  \(words)")\n")
    }
  }

  /// Takes the drawn line away again.
  func clear() {
    if isDrawn { write("\r\u{1B}[K") }
  }

  private func write(_ text: String) { StandardError.write(text) }
}
