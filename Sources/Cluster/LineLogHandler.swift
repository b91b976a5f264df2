import Foundation
package import Logging

/// Writes each message as one line on the standard error: time, level, program, text.
package struct LineLogHandler: LogHandler {
  package var logLevel: Logger.Level = .info
  package var metadata: Logger.Metadata = [:]
  private let label: String

  /// A logger for the program `label`.
  package static func logger(_ label: String, level: ClusterConfiguration.LogLevel) -> Logger {
    var logger = Logger(label: label) { LineLogHandler(label: $0) }
    logger.logLevel = Logger.Level(rawValue: level.rawValue) ?? .info
    return logger
  }

  private init(label: String) { self.label = label }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    // Texts may quote what peers sent: no line breaks or terminal commands from there.
    let text = "\(event.message)".map { $0.isNewline || ($0.asciiValue ?? 32) < 32 ? " " : $0 }
    let line = "\(Self.time()) \(event.level) \(label): \(String(text))\n"
    // Not through FileHandle, which ends the process when nobody reads the other end any more.
    let bytes = Array(line.utf8)
    _ = write(2, bytes, bytes.count)
  }

  private static func time() -> String {
    Date().formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true).timeZone(separator: .omitted))
  }
}
