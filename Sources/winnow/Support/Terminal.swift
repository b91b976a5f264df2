import Core
import Files
import Foundation

/// What standard output and standard error are connected to.
enum Terminal {
  /// Whether a person sees standard output.
  static var isInteractive: Bool { isatty(1) == 1 }
  /// Whether a person sees standard error, where progress goes.
  static var showsProgress: Bool { isatty(2) == 1 }
  /// Colours only on a terminal, and not where NO_COLOR asks for none.
  static var usesColours: Bool { isInteractive && ProcessInfo.processInfo.environment["NO_COLOR"] == nil }

  /// Columns of the terminal, 80 where there is none.
  static var width: Int {
    var size = winsize()
    guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 else { return 80 }
    return Int(size.ws_col)
  }

  /// Writes a line about what is going on, to standard error: standard output is for results.
  static func note(_ line: String) { StandardError.write(line + "\n") }

  /// Writes results to standard output. Throws a `FileError` when they do not get there.
  static func print(_ text: String, terminator: String = "\n") throws { try StandardOutput.write(text + terminator) }

  /// Writes a pretty JSON object for scripts. Throws a `FileError` when it does not get there.
  static func print(json: JSONValue) throws { try print(json.prettyText) }
}
