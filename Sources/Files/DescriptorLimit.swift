import Glibc

/// How many files and sockets a process may hold open at once.
package enum DescriptorLimit {
  /// The limit in force now.
  package static var current: Int { Int(clamping: limits.rlim_cur) }

  /// Takes what the system's administrator allows, where the shell started us with less.
  package static func raise() {
    var limits = limits
    limits.rlim_cur = limits.rlim_max
    _ = setrlimit(resource, &limits)
  }

  /// Throws a ``FileError`` with the cure when fewer than `needed` descriptors are allowed to `program`.
  package static func require(_ needed: Int, for program: String) throws {
    guard current < needed else { return }
    throw FileError(program, "it needs \(needed) open files at once; \(sentence)")
  }

  /// Whether more than `reserve` descriptors are still free.
  package static func hasRoom(reserve: Int) -> Bool {
    // The system gives the lowest number that is free.
    let lowest = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0)
    guard lowest >= 0 else { return false }
    close(lowest)
    return lowest < current - reserve
  }

  /// For people: what the limit is and how to change it.
  package static var sentence: String {
    "only \(current) open files are allowed here; raise the limit with `ulimit -n 1024`, in a container with "
      + "`--ulimit nofile=1024`, in a service with LimitNOFILE="
  }

  private static var limits: rlimit {
    var limits = rlimit()
    getrlimit(resource, &limits)
    return limits
  }

  private static var resource: __rlimit_resource_t { __rlimit_resource_t(RLIMIT_NOFILE.rawValue) }
}
