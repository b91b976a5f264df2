import Glibc

/// Something that the operating system refused: what it happened to, and why, in plain sentences.
package struct FileError: Error, Hashable, CustomStringConvertible {
  /// The file, directory or program.
  package let path: String
  package let problem: String

  package init(_ path: String, _ problem: String) {
    self.path = path
    self.problem = problem
  }

  /// `attempt` (`cannot be read`) failed with the error number `code`.
  package init(_ path: String, _ attempt: String, code: Int32) {
    self.init(path, "it \(attempt): \(String(cString: strerror(code)))")
  }

  package var description: String { "\(path): \(problem)" }
}
