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

  /// The gradients of the candidates by the last layer of a proxy; throws like ``scoreArray(_:of:)``.
  func gradients(of candidates: Candidates) throws -> LastLayerGradients {
    LastLayerGradients(
      probabilities: try scoreArray("probabilities", of: candidates), hidden: try scoreArray("hidden", of: candidates),
      labels: candidates.labels)
  }

  /// The target sample's features; throws a ``CurationError`` when they are missing or of another width.
  func targetFeatures(columns: Int) throws -> Matrix {
    guard let target, target.rows > 0 else {
      throw CurationError("this strategy needs a target sample, and none was given")
    }
    guard target.columns == columns else {
      throw CurationError("the target's features have \(target.columns) values each, the candidates' \(columns)")
    }
    return target
  }
}
