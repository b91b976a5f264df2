import Glibc

/// What a signal handler needs to give the terminal back; a handler can reach nothing but globals.
nonisolated(unsafe) private var savedSettings = termios()

/// The terminal of this process as a whole screen: keys come one by one and are not shown, and what was on the screen before is
/// there again afterwards, however the process ends (apart from SIGKILL).
package final class RawTerminal {
  private let saved: termios
  private var isEntered = false

  /// Signals with which a process ends that did something impossible.
  private static let crashes = [SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE]
  /// The other screen, without a cursor; and back (xterm's private modes 1049 and 25).
  private static let entering = "\u{1B}[?1049h\u{1B}[?25l"
  private static let leaving: StaticString = "\u{1B}[?2026l\u{1B}[?25h\u{1B}[?1049l"

  /// nil unless standard input and output are a terminal that knows such commands.
  package init?() {
    let kind = getenv("TERM").map { String(cString: $0) } ?? ""
    var settings = termios()
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1, !kind.isEmpty, kind != "dumb",
      tcgetattr(STDIN_FILENO, &settings) == 0
    else { return nil }
    saved = settings
  }

  deinit { leave() }

  /// Takes the screen.
  package func enter() {
    guard !isEntered else { return }
    isEntered = true
    savedSettings = saved
    // A handler must not be the first to touch it.
    _ = Self.leaving
    for crash in Self.crashes {
      var action = sigaction()
      // The second time, it ends the process.
      action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
      action.__sigaction_handler.sa_handler = { number in
        RawTerminal.giveBack()
        raise(number)
      }
      sigaction(crash, &action, nil)
    }
    var raw = saved
    cfmakeraw(&raw)
    // What a library says on standard error still begins at the left.
    raw.c_oflag |= tcflag_t(OPOST)
    tcsetattr(STDIN_FILENO, TCSADRAIN, &raw)
    write(Self.entering)
  }

  /// Gives it back. May be called more than once.
  package func leave() {
    guard isEntered else { return }
    isEntered = false
    Self.giveBack()
    for crash in Self.crashes { signal(crash, SIG_DFL) }
  }

  /// Calls nothing that a signal handler may not call.
  private static func giveBack() {
    _ = Glibc.write(STDOUT_FILENO, leaving.utf8Start, leaving.utf8CodeUnitCount)
    tcsetattr(STDIN_FILENO, TCSADRAIN, &savedSettings)
  }

  /// Rests, as with Ctrl-Z, and takes the screen again when it is told to go on.
  package func rest() {
    leave()
    raise(SIGSTOP)
    enter()
  }

  /// Columns and rows; what most terminals have when this one does not know.
  package var size: (columns: Int, rows: Int) {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return (80, 24) }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  /// The bytes of the keys that were pressed since; nil when the terminal has gone away. To be called when there is something to
  /// read.
  package func keys() -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = read(STDIN_FILENO, &bytes, bytes.count)
    if count < 0, errno == EINTR || errno == EAGAIN { return [] }
    return count > 0 ? Array(bytes[..<count]) : nil
  }

  /// Writes all of `text`; a terminal that has gone away shows at the next read.
  package func write(_ text: String) {
    try? Descriptor.write(Array(text.utf8), to: STDOUT_FILENO, path: "the terminal")
  }
}
