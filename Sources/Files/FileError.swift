import Glibc

/// Something that the operating system refused: what it happened to, and why, in plain sentences.
package struct FileError: Error, Hashable, CustomStringConvertible {
  /// The file, directory or program.
  package let path: String
  package let problem: String
  /// The operating system's error number; nil where the refusal is ours.
  package let code: Int32?

  package init(_ path: String, _ problem: String) {
    self.path = path
    self.problem = problem
    code = nil
  }

  /// `attempt` (`cannot be read`) failed with the error number `code`.
  package init(_ path: String, _ attempt: String, code: Int32) {
    self.path = path
    self.code = code
    problem =
      switch code {
      case ENOENT: "there is no such file or directory"
      case EISDIR: "this is a directory"
      case EACCES, EPERM: "it \(attempt); check its permissions"
      case EMFILE, ENFILE: "it \(attempt): \(DescriptorLimit.sentence)"
      default: "it \(attempt): \(String(cString: strerror(code)))"
      }
  }

  package var description: String { "\(path): \(problem)" }
}
