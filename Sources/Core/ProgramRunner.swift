extension ProgramRun {
  /// Runs a program and answers what it wrote, by name. Throws what went wrong in words for people, and `CancellationError`
  /// once nobody wants the answer.
  package typealias Runner = (ProgramRun, _ context: TaskContext) throws -> [String: [UInt8]]
}
