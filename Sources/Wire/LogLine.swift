/// A line of a coordinator's log, for those who watch from elsewhere.
package struct LogLine: Hashable, Sendable {
  package enum Level: UInt32, CaseIterable, Hashable, Sendable {
    case information = 1
    case warning = 2
    case error = 3
  }

  package let secondsAgo: Double
  package let level: Level
  package let text: String

  package init(secondsAgo: Double, level: Level, text: String) {
    self.secondsAgo = secondsAgo
    self.level = level
    self.text = text
  }
}

extension LogLine {
  init(_ body: Winnow_LogLineBody) throws(FrameProblem) {
    guard let level = Level(rawValue: body.level) else { throw .malformed("log: level \(body.level) is not known") }
    self.init(
      secondsAgo: try Checked.seconds(body.secondsAgo, "seconds ago"), level: level,
      text: try Checked.text(body.text, "log", atMost: Limits.sentence))
  }

  var body: Winnow_LogLineBody {
    .with {
      $0.secondsAgo = secondsAgo
      $0.level = level.rawValue
      $0.text = text
    }
  }
}
