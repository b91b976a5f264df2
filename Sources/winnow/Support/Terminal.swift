import Core
import Files
import Foundation
import Reporting

/// What standard output and standard error are connected to.
enum Terminal {
  /// Whether a person sees standard output.
  static var isInteractive: Bool { isatty(1) == 1 }
  /// Whether a person sees standard error, where progress goes.
  static var showsProgress: Bool { isatty(2) == 1 }
  /// Colours only on a terminal, and not where NO_COLOR asks for none.
  static var usesColours: Bool { isInteractive && ProcessInfo.processInfo.environment["NO_COLOR"] == nil }

  /// Columns that help may take: those of the terminal, 80 where there is none.
  static var width: Int { columns(of: 1) ?? 80 }
  /// Columns that tables may take: those of the terminal; elsewhere a row stays a line, for whatever reads it.
  static var tableWidth: Int { columns(of: 1) ?? 1_000 }
  /// Columns that progress may take.
  static var progressWidth: Int { columns(of: 2) ?? 80 }

  /// nil when the descriptor is no terminal, or one that does not know its size.
  private static func columns(of descriptor: Int32) -> Int? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// Writes a line about what is going on, to standard error: standard output is for results.
  static func note(_ line: String) { StandardError.write(fitted(line, to: 2) + "\n") }

  /// Writes sentences to standard output, broken into lines that fit the terminal; elsewhere a line stays a line, for
  /// whatever reads it. Throws a `FileError` when they do not get there.
  static func say(_ text: String, terminator: String = "\n") throws {
    try Self.print(fitted(text, to: 1), terminator: terminator)
  }

  private static func fitted(_ text: String, to descriptor: Int32) -> String {
    columns(of: descriptor).map { TextLines.wrapped(text, width: $0) } ?? text
  }

  /// Writes results to standard output. Throws a `FileError` when they do not get there.
  static func print(_ text: String, terminator: String = "\n") throws { try StandardOutput.write(text + terminator) }

  /// Writes a pretty JSON object for scripts. Throws a `FileError` when it does not get there.
  static func print(json: JSONValue) throws { try print(json.prettyText) }
}
