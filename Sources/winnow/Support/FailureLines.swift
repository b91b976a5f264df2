import Results
import Sweeps
import Wire

/// What failed for good, for a terminal: each reason once, with how many trials it cost.
enum FailureLines {
  private static let shown = 10

  /// A line for each of the first few of `count` tasks that were given up, and one that counts the rest.
  static func lines(_ failures: [FailedTask], of count: Int) -> [String] {
    var lines = failures.prefix(shown).map { "  FAILED \($0.label): \($0.report.cause)" }
    if count > lines.count {
      lines.append("  and \(count - lines.count) more; `winnow status --json` lists all")
    }
    return lines
  }

  static func text(_ failures: [ReportInput.Failure]) -> String? {
    var order: [FailureCause] = []
    var labels: [FailureCause: [String]] = [:]
    for failure in failures {
      if labels[failure.cause] == nil { order.append(failure.cause) }
      labels[failure.cause, default: []].append(failure.label)
    }
    guard !order.isEmpty else { return nil }
    var lines = order.prefix(shown).map { cause in
      let own = labels[cause]!
      return "FAILED \(own[0])" + (own.count > 1 ? " and \(own.count - 1) more" : "") + ": \(cause)"
    }
    if order.count > shown { lines.append("and \(order.count - shown) more reasons; `winnow report` lists all") }
    return lines.joined(separator: "\n")
  }
}
