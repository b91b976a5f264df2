import Core
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
  static func note(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }

  /// Writes a pretty JSON object for scripts.
  static func print(json: JSONValue) { Swift.print(json.prettyText) }
}
