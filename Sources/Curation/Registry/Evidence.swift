import Numerics

/// What a strategy may know beyond the candidates.
struct Evidence {
  /// The representation of the unlabelled target sample.
  var target: Matrix?
  /// What the score task made of the same candidates.
  var scores: Scores?
  /// Experts to ask; given to those that ``Need/experts``.
  var experts: ExpertPanel?
  /// True labels by candidate; given to the oracle alone.
  var truth: [Int32]?
  /// What people bring along: files and programs.
  var outside = Outside()

  /// The scores called `name`, one row a candidate; throws a ``CurationError`` when they are missing or not of these.
  func scoreArray(_ name: String, of candidates: Candidates) throws -> Matrix {
    guard let scores else { throw CurationError("this strategy needs scores, and none were given") }
    return try scores.array(name, count: candidates.count)
  }
}
