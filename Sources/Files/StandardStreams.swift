import Glibc

/// The three streams that every program is given, made safe: to be called first in `main`.
package enum StandardStreams {
  /// Sees to it that the descriptors 0, 1 and 2 are taken.
  ///
  /// Where somebody closed them, the next file that is opened would take the number, and results would be written into it.
  /// A closed standard output stays one that cannot be written, so that ``StandardOutput`` notices.
  package static func prepare() {
    for (descriptor, flags) in [(Int32(0), O_RDONLY), (1, O_RDONLY), (2, O_WRONLY)] {
      guard fcntl(descriptor, F_GETFD) < 0 else { continue }
      let opened = open("/dev/null", flags)
      if opened >= 0, opened != descriptor { dup2(opened, descriptor) }
    }
  }
}

/// Where results go. Nothing is kept back: what returned without an error has been handed to the system.
package enum StandardOutput {
  /// Writes all of `text`.
  ///
  /// - Throws: a ``FileError`` when it is closed or its disk is full. When its reader has gone away (`winnow … | head`), the
  ///   process ends quietly, as programs in a pipeline do.
  package static func write(_ text: String) throws {
    do {
      try Descriptor.write(Array(text.utf8), to: STDOUT_FILENO, path: "standard output")
    } catch let error as FileError where error.code == EPIPE {
      signal(SIGPIPE, SIG_DFL)
      raise(SIGPIPE)
      throw error
    }
  }
}

/// Where people are told what goes on.
package enum StandardError {
  /// Writes all of `text`; there is nobody to tell when that fails.
  package static func write(_ text: String) {
    try? Descriptor.write(Array(text.utf8), to: STDERR_FILENO, path: "standard error")
  }
}
