import CZMQ
import Glibc

/// Signals as something to poll, so that one thread handles them between messages instead of anywhere.
package final class SignalDescriptor {
  package let descriptor: Int32

  /// Blocks `signals` on this thread and those it starts, and collects them. Call before starting any thread.
  package init(_ signals: [Int32]) throws {
    var mask = sigset_t()
    sigemptyset(&mask)
    for signal in signals { sigaddset(&mask, signal) }
    pthread_sigmask(SIG_BLOCK, &mask, nil)
    descriptor = signalfd(-1, &mask, Int32(SFD_NONBLOCK) | Int32(SFD_CLOEXEC))
    guard descriptor >= 0 else {
      throw TransportError("cannot watch for signals: \(String(cString: strerror(errno)))")
    }
  }

  deinit { close(descriptor) }

  /// The next signal that arrived, or nil.
  package func next() -> Int32? {
    var information = signalfd_siginfo()
    guard read(descriptor, &information, MemoryLayout<signalfd_siginfo>.size) > 0 else { return nil }
    return Int32(information.ssi_signo)
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
