import Core
import Files
import Logging
import Synchronization
import Wire

/// Keeps the last lines of a log, for people who watch from elsewhere.
final class LogTail: Sendable {
  private struct Line {
    let time: Instant
    let level: LogLine.Level
    let text: String
  }

  private let kept = Mutex<[Line]>([])

  /// A logger that writes where `log` writes, and here.
  func following(_ log: Logger) -> Logger {
    Logger(label: log.label) { _ in MultiplexLogHandler([log.handler, TailHandler(tail: self)]) }
  }

  /// The last lines, oldest first, none longer than a status can hold.
  func lines(at now: Instant) -> [LogLine] {
    kept.withLock { $0 }.map {
      LogLine(secondsAgo: max(0, now.seconds(since: $0.time)), level: $0.level, text: $0.text)
    }
  }

  fileprivate func add(_ level: LogLine.Level, _ text: String) {
    let line = Line(time: MonotonicClock.now, level: level, text: String(text.prefix(Self.characters)).asSentence)
    kept.withLock { kept in
      if kept.count == Limits.logLines { kept.removeFirst() }
      kept.append(line)
    }
  }

  /// Of one line. A status with its workers has to fit a frame.
  private static let characters = 300
}

private struct TailHandler: LogHandler {
  var logLevel = Logger.Level.info
  var metadata: Logger.Metadata = [:]
  let tail: LogTail

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let level: LogLine.Level =
      switch event.level {
      case .trace, .debug, .info, .notice: .information
      case .warning: .warning
      case .error, .critical: .error
      }
    tail.add(level, "\(event.message)")
  }
}
