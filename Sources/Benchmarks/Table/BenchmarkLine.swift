/// One line of the table: what is measured, and what bounds it.
struct BenchmarkLine {
  /// What the machine does at most, measured in the same run.
  enum Limit: String {
    /// Single-precision operations of a product of large matrices (OpenBLAS), a second of processor time.
    case multiplication = "sgemm"
    /// Bytes read in order from memory that no cache holds, a second of processor time.
    case reading = "read"

    func rate() -> Double {
      switch self {
      case .multiplication: Measuring.multiplicationRate()
      case .reading: Measuring.readingRate()
      }
    }
  }

  /// What one repetition has done, and in how much processor time.
  struct Repetition {
    /// Of ``BenchmarkLine/unit``.
    let count: Double
    let seconds: Double
  }

  /// What `--filter` finds, and peers know it by.
  let name: String
  /// What is counted: `samples`.
  let unit: String
  let limit: Limit
  /// Operations or bytes that one of ``unit`` cannot do without, as the limit counts them.
  let work: Double
  /// Where the time goes, for people.
  let bound: String
  /// Measures once. It may prepare as long as it likes: only what it says counts.
  let measure: () throws -> Repetition
}

/// What came out for a line, ours or a peer's.
struct BenchmarkFigure: Codable {
  let name: String
  /// `winnow`, or the peer with its version.
  let by: String
  let unit: String
  /// Of ``unit`` a second of processor time, one thread; the median.
  let rate: Double
  /// The share of the limit that was reached; the median. Nil where the limit was not measured.
  let ratio: Double?
  /// Name of the limit, and its median: operations or bytes a second.
  let limit: String
  let limitRate: Double
}
