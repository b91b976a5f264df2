package import Foundation

/// A process that this one started. Its signal mask is clean, and it leads a process group of its own, so that a
/// Ctrl-C in the terminal reaches only the process that started everything.
package final class ChildProcess {
  /// How a process ended, for people: `killed by signal 9 (Killed)`.
  package enum Ending: Equatable, CustomStringConvertible {
    case exited(Int32)
    case signalled(Int32)

    package var description: String {
      switch self {
      case .exited(let status): "ended with status \(status)"
      case .signalled(let signal): "was killed by signal \(signal) (\(String(cString: strsignal(signal))))"
      }
    }
  }

  /// How often a program that is still open for writing is tried again, every five milliseconds.
  private static let busyAttempts = 100

  package let identifier: pid_t
  private var ending: Ending?

  /// Starts `executable`.
  ///
  /// - Parameters:
  ///   - environment: all of it, not additions.
  ///   - descriptors: which of our file descriptors it gets under which number; its standard input is empty and its
  ///     output and errors are ours unless said otherwise.
  /// - Throws: a ``FileError`` that names the executable.
  package init(
    _ executable: String, _ arguments: [String], environment: [String: String], descriptors: [Int32: Int32] = [:]
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if descriptors[0] == nil { posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0) }
    for (target, source) in descriptors.sorted(by: { $0.key < $1.key }) {
      posix_spawn_file_actions_adddup2(&actions, source, target)
    }
    var attributes = Self.attributes()
    defer { posix_spawnattr_destroy(&attributes) }
    // Lists of processes show the program's own name rather than the link through which it starts itself.
    let name = executable == "/proc/self/exe" ? CommandLine.arguments[0] : executable
    var argumentList = ([name] + arguments).map { strdup($0) } + [nil]
    var environmentList = environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in argumentList + environmentList { free(text) } }
    var identifier: pid_t = 0
    func spawn() -> Int32 {
      posix_spawn(&identifier, executable, &actions, &attributes, &argumentList, &environmentList)
    }
    var result = spawn()
    // A program that was written a moment ago may be open in a child that another thread is starting, until that runs.
    var attempts = 1
    while result == ETXTBSY, attempts < Self.busyAttempts {
      usleep(5_000)
      result = spawn()
      attempts += 1
    }
    guard result == 0 else { throw FileError(executable, "cannot be started", code: result) }
    self.identifier = identifier
  }

  private static func attributes() -> posix_spawnattr_t {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var reset = sigset_t()
    sigfillset(&reset)
    posix_spawnattr_setsigdefault(&attributes, &reset)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
    return attributes
  }

  /// Sends a signal to it and everything in its group; nothing when it has ended.
  package func signal(_ signal: Int32) {
    guard poll() == nil else { return }
    kill(-identifier, signal)
  }

  /// Kills all that is left of its group, and it.
  package func endGroup() {
    kill(-identifier, SIGKILL)
    _ = wait()
  }

  /// How it ended, when it has.
  package func poll() -> Ending? { collect(options: WNOHANG) }

  /// Waits until it ends.
  package func wait() -> Ending { collect(options: 0) ?? .exited(0) }

  private func collect(options: Int32) -> Ending? {
    if let ending { return ending }
    var status: Int32 = 0
    var result = waitpid(identifier, &status, options)
    while result < 0, errno == EINTR { result = waitpid(identifier, &status, options) }
    guard result != 0 else { return nil }
    // The low seven bits are the signal, the next byte the exit status.
    let signal = status & 0x7F
    ending = signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal)
    return ending
  }
}
