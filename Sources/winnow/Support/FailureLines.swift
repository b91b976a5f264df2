import Reporting

/// What failed for good, for a terminal: each reason once, with how many trials it cost.
enum FailureLines {
  private static let shown = 10

  static func text(_ failures: [ReportInput.Failure]) -> String? {
    var order: [String] = []
    var labels: [String: [String]] = [:]
    for failure in failures {
      if labels[failure.reason] == nil { order.append(failure.reason) }
      labels[failure.reason, default: []].append(failure.label)
    }
    guard !order.isEmpty else { return nil }
    var lines = order.prefix(shown).map { reason in
      let own = labels[reason]!
      return "FAILED \(own[0])" + (own.count > 1 ? " and \(own.count - 1) more" : "") + ": \(reason)"
    }
    if order.count > shown { lines.append("and \(order.count - shown) more reasons; `winnow report` lists all") }
    return lines.joined(separator: "\n")
  }
}
