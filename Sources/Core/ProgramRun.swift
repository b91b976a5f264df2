/// One run of a program that people bring along, in a directory of its own.
package struct ProgramRun: Hashable, Sendable {
  /// The program: an executable file, or a script that starts with `#!`. Its only argument is the directory.
  package let program: [UInt8]
  /// What lies in the directory, by name.
  package let files: [String: [UInt8]]
  /// The files that the program may have written when it ends, by name; those that exist are the answer.
  package let answers: [String]
  /// How long it may take.
  package let seconds: Int

  package init(program: [UInt8], files: [String: [UInt8]], answers: [String], seconds: Int) {
    self.program = program
    self.files = files
    self.answers = answers
    self.seconds = seconds
  }
}

extension ProgramRun {
  /// Runs a program and answers what it wrote, by name. Throws what went wrong in words for people, and `CancellationError`
  /// once nobody wants the answer.
  package typealias Runner = (ProgramRun, _ context: TaskContext) throws -> [String: [UInt8]]
}
