import Planning

/// How many trials of a sweep are answered elsewhere, and how many of them were.
struct AnswerCount {
  let directories: [AnswerDirectory]
  let answered: Int

  /// Throws a `ConfigurationError` when two trials would have one directory.
  init(_ resolved: ResolvedSweep) throws {
    directories = try SourceFiles.answers(of: resolved)
    answered = directories.count(where: \.isAnswered)
  }

  /// What a person should know before the others are computed; nil when nothing waits.
  var note: String? {
    let waiting = directories.count - answered
    guard waiting > 0 else { return nil }
    return "Note: \(waiting) of \(directories.count) imported trials wait for predictions made elsewhere; "
      + "`winnow import-outcomes --requests` writes what has to be answered."
  }
}
