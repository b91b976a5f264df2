import Core
import Datasets
package import Numerics

/// How the classes of a network relate to the labels of an evaluation set: the same classes, some of them (a *mask*, as for
/// ImageNet-A and ImageNet-R), or coarser ones (a *map*, as for ObjectNet).
///
/// The prediction is the label of the most probable class among those that mean a label of the set; all other classes
/// cannot be predicted. The probability of a label is that of all its classes, as a share of what the set's classes have
/// together.
package struct LabelSpace: Hashable, Sendable {
  /// For each class of the network the label that it means; −1 for a class that the set does not know.
  package let map: [Int32]
  /// The labels of the set are 0..<labels.
  package let labels: Int

  /// The network's own `classes`.
  package init(classes: Int) {
    map = (0..<Int32(classes)).map { $0 }
    labels = classes
  }

  /// Only `mask` of `classes` classes; labels stay the numbers of the network's classes.
  ///
  /// Throws a `DatasetError` when the mask is empty, names a class twice or one that does not exist.
  package init(mask: [Int], classes: Int) throws {
    guard !mask.isEmpty else { throw DatasetError("class mask", "it is empty") }
    var map = [Int32](repeating: -1, count: classes)
    for label in mask {
      guard map.indices.contains(label) else {
        throw DatasetError("class mask", "there is no class \(label); the classes are 0 to \(classes - 1)")
      }
      guard map[label] < 0 else { throw DatasetError("class mask", "class \(label) is named twice") }
      map[label] = Int32(label)
    }
    self.map = map
    labels = classes
  }

  /// For each of `classes` classes one label in 0..<`labels`, or −1 for none.
  ///
  /// Throws a `DatasetError` when the map has another length, a label outside, or when no class means some label.
  package init(map: [Int32], labels: Int, classes: Int) throws {
    guard map.count == classes else {
      throw DatasetError("class map", "it has \(map.count) entries for \(classes) classes")
    }
    if let place = map.firstIndex(where: { $0 < -1 || Int($0) >= labels }) {
      throw DatasetError("class map", "class \(place) is sent to \(map[place]), outside −1…\(labels - 1)")
    }
    let known = Set(map)
    if let unmet = (0..<Int32(max(labels, 1))).first(where: { !known.contains($0) }) {
      throw DatasetError("class map", "no class is sent to label \(unmet), which could never be right")
    }
    self.map = map
    self.labels = labels
  }

  /// The label predicted for each row of class probabilities; of equally probable classes the lower one counts.
  package func predictions(_ probabilities: Matrix) -> [Int32] {
    precondition(probabilities.columns == map.count, "one column a class")
    let known = map.indices.filter { map[$0] >= 0 }
    return (0..<probabilities.rows).map { row in
      var best = known[0]
      for label in known.dropFirst() where probabilities[row, label] > probabilities[row, best] { best = label }
      return map[best]
    }
  }

  /// The probability of each label, one row an image, each summing to 1; equal shares where no class of the set has any.
  package func shares(_ probabilities: Matrix) -> Matrix {
    precondition(probabilities.columns == map.count, "one column a class")
    let present = Set(map).subtracting([-1])
    let fallback = (0..<labels).map { present.contains(Int32($0)) ? 1 / Float(present.count) : 0 }
    var values: [Float] = []
    values.reserveCapacity(probabilities.rows * labels)
    for row in 0..<probabilities.rows {
      var shares = [Float](repeating: 0, count: labels)
      for (label, target) in map.enumerated() where target >= 0 { shares[Int(target)] += probabilities[row, label] }
      let total = shares.reduce(0, +)
      values += total > 0 ? shares.map { $0 / total } : fallback
    }
    return Matrix(rows: probabilities.rows, columns: labels, values: values)
  }

  /// What `probabilities`, one row an image and one column a class of the network, are worth on a set with these `labels`.
  ///
  /// Throws a `DatasetError` when a label is outside the set or when no class of the network means it.
  package func classification(probabilities: Matrix, labels truth: [Int32]) throws -> Classification {
    try check(truth)
    return Classification(
      probabilities: shares(probabilities), predictions: predictions(probabilities), labels: truth)
  }

  /// Throws a `DatasetError` when a label is outside the set or when no class of the network means it.
  func check(_ truth: [Int32]) throws {
    let known = Set(map).subtracting([-1])
    if let image = truth.firstIndex(where: { !known.contains($0) }) {
      throw DatasetError("evaluation set", "the label \(truth[image]) of image \(image) is not in its label set")
    }
  }

  /// What the labels of a further set mean to a network of `classes` classes. Throws a `DatasetError` for classes that do not
  /// exist.
  init(_ meaning: LabelMeaning, classes: Int) throws {
    switch meaning {
    // The labels of another task have heads of their own and never come here.
    case .classes, .task: self.init(classes: classes)
    case .mask(let mask): try self.init(mask: mask, classes: classes)
    case .map(let labels):
      try self.init(map: labels.map { Int32($0) }, labels: (labels.max() ?? 0) + 1, classes: classes)
    }
  }
}
