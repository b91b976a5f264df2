import Core
import Numerics
import Sweeps

/// The pool `crowdsourced`: web images whose classes are as unequally frequent as in nature, labelled by a simulated
/// crowd.
struct CrowdsourcedPart {
  let seed: UInt64
  let votes: Int

  /// Images of the ten classes that are shown to the crowd, if the web has enough of the most frequent class.
  static let shownImages = 13_000
  /// The exponent of Zipf's law: the class of rank r has a share in proportion to 1 / r.
  static let zipfExponent = 1.0

  func build(_ inputs: PartInputs) throws -> FashionPlusPlusBuilder.PartOutput {
    let web = try SourceImages(inputs.objects(of: "web"), prefix: "web")
    let features = try inputs.objects(of: "representation").matrix("webFeatures", rows: web.images.count)
    let shown = shownIndices(web.labels)
    let annotators = Annotators(
      labels: shown.map { web.labels[$0] },
      similarities: Self.similarities(
        features.selecting(rows: shown), Self.classCentres(features, web.labels)))
    let (labels, accuracy) = annotators.majorities(votes: votes, seed: seed)
    let kept = shown.indices.filter { labels[$0] >= 0 }
    let indices = kept.map { shown[$0] }
    let pool = web.selecting(indices).pool(
      shift: "crowdsourced", observedLabels: kept.map { labels[$0] }, features: features.selecting(rows: indices),
      labelOrigin: Remark(.crowdMajority, numbers: ["votes": Double(votes)]))
    var facts = pool.facts
    facts.statements = [Annotators.statement]
    facts.others = [
      "votesPerImage": Double(votes), "shown": Double(shown.count), "accuracyPerVote": accuracy,
      "zipfExponent": Self.zipfExponent,
    ]
    return .init(objects: pool.objects(), facts: facts)
  }

  /// Web images in ascending order: classes by Zipf's law, in random order of rank, and distractors in their natural
  /// proportion.
  private func shownIndices(_ labels: [Int32]) -> [Int] {
    var generator = SeededGenerator(seed: seed, purpose: "crowdsourced/shown")
    let classes = SourceImages.classNames.count
    var members = [[Int]](repeating: [], count: classes + 1)
    for index in generator.permutation(labels.count) {
      members[labels[index] < 0 ? classes : Int(labels[index])].append(index)
    }
    var shares = [Double](repeating: 0, count: classes)
    for (rank, label) in generator.permutation(classes).enumerated() {
      shares[label] = 1 / PortableMath.pow(Double(rank + 1), Self.zipfExponent)
    }
    let sum = shares.reduce(0, +)
    let affordable =
      (0..<classes).map { label -> Int in
        let share = shares[label] / sum
        return Int(Double(members[label].count) / share)
      }.min() ?? 0
    let total = min(Self.shownImages, affordable)
    let distractors = total * members[classes].count / max(1, labels.count - members[classes].count)
    var counts = Apportionment.counts(of: total, shares: shares)
    counts.append(distractors)
    return zip(members, counts).flatMap { $0.prefix($1) }.sorted()
  }

  /// The cosine of each row with each centre, by a kernel that gives the same bits on every CPU.
  private static func similarities(_ features: Matrix, _ centres: Matrix) -> Matrix {
    var similarities = Matrix(rows: features.rows, columns: centres.rows)
    LinearKernels.forward(features.values, rows: features.rows, weights: centres, into: &similarities.values)
    return similarities
  }

  /// The direction of the mean feature of each class.
  private static func classCentres(_ features: Matrix, _ labels: [Int32]) -> Matrix {
    var sums = [Double](repeating: 0, count: SourceImages.classNames.count * features.columns)
    for (row, label) in labels.enumerated() where label >= 0 {
      let (from, to) = (row * features.columns, Int(label) * features.columns)
      for column in 0..<features.columns { sums[to + column] += Double(features.values[from + column]) }
    }
    var centres = Matrix(
      rows: SourceImages.classNames.count, columns: features.columns, values: [Float](repeating: 0, count: sums.count))
    for label in 0..<centres.rows {
      let range = label * centres.columns..<(label + 1) * centres.columns
      let length = sums[range].reduce(0) { $0 + $1 * $1 }.squareRoot()
      for index in range where length > 0 { centres.values[index] = Float(sums[index] / length) }
    }
    return centres
  }
}
