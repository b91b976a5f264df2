import CZMQ
import Glibc

/// Where the signal handler writes; a handler can reach nothing but globals.
nonisolated(unsafe) private var signalPipe: Int32 = -1

/// Signals as something to poll, so that one thread handles them between messages instead of anywhere. One per process.
///
/// A pipe filled by a handler rather than a signalfd: libraries start threads before `main` (OpenBLAS does), which do
/// not block the signals and would receive them.
package final class SignalDescriptor {
  package let descriptor: Int32

  /// Collects `signals` instead of letting them end the process.
  package init(_ signals: [Int32]) throws {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else {
      throw TransportError("cannot watch for signals: \(String(cString: strerror(errno)))")
    }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    descriptor = ends[0]
    signalPipe = ends[1]
    var action = sigaction()
    action.sa_flags = SA_RESTART
    action.__sigaction_handler.sa_handler = { signal in
      var number = UInt8(truncatingIfNeeded: signal)
      let code = errno
      _ = write(signalPipe, &number, 1)
      errno = code
    }
    var mask = sigset_t()
    sigemptyset(&mask)
    for signal in signals {
      sigaction(signal, &action, nil)
      sigaddset(&mask, signal)
    }
    // Whoever started this program may have left them blocked: Foundation's Process does.
    pthread_sigmask(SIG_UNBLOCK, &mask, nil)
  }

  deinit { close(descriptor) }

  /// The next signal that arrived, or nil.
  package func next() -> Int32? {
    var number: UInt8 = 0
    return read(descriptor, &number, 1) == 1 ? Int32(number) : nil
  }
}

/// Wakes a polling thread from another one.
package final class WakeDescriptor: Sendable {
  package let descriptor: Int32

  package init() throws {
    descriptor = eventfd(0, Int32(EFD_NONBLOCK) | Int32(EFD_CLOEXEC))
    guard descriptor >= 0 else {
      throw TransportError("cannot make an event descriptor: \(String(cString: strerror(errno)))")
    }
  }

  deinit { close(descriptor) }

  /// Makes the descriptor readable.
  package func wake() {
    var one: UInt64 = 1
    _ = write(descriptor, &one, 8)
  }

  /// Makes it unreadable again.
  package func clear() {
    var count: UInt64 = 0
    _ = read(descriptor, &count, 8)
  }
}

/// Ties this process to its parent.
package enum ParentDeath {
  /// Asks the kernel to kill this process when the parent's thread that started it ends.
  ///
  /// - Returns: false when `parent` is gone already, in which case the caller should exit.
  package static func follow(parent: Int32) -> Bool {
    winnow_set_parent_death_signal(SIGKILL)
    return getppid() == parent
  }
}
