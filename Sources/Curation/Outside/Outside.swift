package import Core

/// What people bring along: the contents of files that a strategy's options name, and a way to run programs.
package struct Outside {
  /// By the option's name.
  package var files: [String: [UInt8]]
  /// nil where programs that a sweep brings along are not run.
  package var run: ProgramRun.Runner?

  package init(files: [String: [UInt8]] = [:], run: ProgramRun.Runner? = nil) {
    self.files = files
    self.run = run
  }
}
