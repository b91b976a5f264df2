import Core
import Formats
import Numerics

/// The files in which somebody answers for a network that is not here: of each set logits or classes, and embeddings of all
/// sets, or of none.
struct AnswerFiles {
  /// Who answers.
  enum Author: String {
    case program = "the program"
    case elsewhere = "what was made elsewhere"
  }

  struct AskedSet: Hashable {
    let name: String
    /// Samples.
    let count: Int
  }

  let sets: [AskedSet]
  let classes: Int
  let author: Author

  static let request = "request.json"
  static let weights = "weights.bin"
  static func samples(_ index: Int) -> String { "set-\(index).npy" }
  static func logits(_ index: Int) -> String { "logits-\(index).npy" }
  static func predictions(_ index: Int) -> String { "predictions-\(index).npy" }
  static func embeddings(_ index: Int) -> String { "embeddings-\(index).npy" }

  /// The names of everything that is read.
  var names: [String] {
    sets.indices.flatMap { [Self.logits($0), Self.predictions($0), Self.embeddings($0)] } + [Self.weights]
  }

  struct Content {
    /// One row a sample, set after set; one column a class.
    let logits: Matrix
    /// Likewise; nil where none were given.
    let embeddings: Matrix?
    /// Whether all sets were answered with logits.
    let hasProbabilities: Bool
  }

  /// Reads the answers out of files by name. Throws a `DatasetError` that names the file and what is wrong with it.
  func content(_ files: [String: [UInt8]]) throws -> Content {
    var (logits, embeddings): ([Float], [Float]) = ([], [])
    var hasProbabilities = true
    var width: Int?
    for (index, set) in sets.enumerated() {
      if let bytes = files[Self.logits(index)] {
        logits += try rows(bytes, Self.logits(index), count: set.count, width: classes).values
      } else if let bytes = files[Self.predictions(index)] {
        logits += try votes(bytes, Self.predictions(index), count: set.count)
        hasProbabilities = false
      } else {
        throw DatasetError(author.rawValue, unanswered(index))
      }
      guard let bytes = files[Self.embeddings(index)] else {
        guard width == nil else { throw missing(Self.embeddings(index)) }
        continue
      }
      guard index == 0 || width != nil else { throw missing(Self.embeddings(0)) }
      let found = try rows(bytes, Self.embeddings(index), count: set.count, width: width)
      width = found.columns
      embeddings += found.values
    }
    let total = sets.reduce(0) { $0 + $1.count }
    return Content(
      logits: Matrix(rows: total, columns: classes, values: logits),
      embeddings: width.map { Matrix(rows: total, columns: $0, values: embeddings) },
      hasProbabilities: hasProbabilities)
  }

  private func unanswered(_ index: Int) -> String {
    let names = "\(Self.logits(index)) or \(Self.predictions(index))"
    return switch author {
    case .program: "it ended without writing \(names), its answer for the set \(sets[index].name)"
    case .elsewhere: "there is no \(names), the answer for the set \(sets[index].name)"
    }
  }

  private func missing(_ name: String) -> DatasetError {
    DatasetError(
      author.rawValue, "it has embeddings of some sets, but no \(name); all sets need them, or none")
  }

  private func place(_ name: String) -> String { author == .program ? "the program's \(name)" : name }

  /// Finite numbers, one row a sample.
  ///
  /// - Parameter width: nil for any from 1 to 65,536.
  private func rows(_ bytes: [UInt8], _ name: String, count: Int, width: Int?) throws -> Matrix {
    let array = try NumPyArray(reading: bytes, name: place(name))
    guard array.shape.count == 2, array.shape[0] == count, (1...65_536).contains(array.shape[1]),
      width.map({ $0 == array.shape[1] }) ?? true
    else {
      let wanted = "[\(count), \(width.map(String.init) ?? "any width")]"
      throw DatasetError(place(name), "its shape is \(array.shape), but \(wanted) is needed")
    }
    guard let values = array.values.floats, values.allSatisfy(\.isFinite) else {
      throw DatasetError(place(name), "it holds something that is no finite number")
    }
    return Matrix(rows: count, columns: array.shape[1], values: values)
  }

  /// What one neighbour's vote is in a vote of neighbours (``NeighbourVote``): half for the class, half for all classes evenly.
  private func votes(_ bytes: [UInt8], _ name: String, count: Int) throws -> [Float] {
    let array = try NumPyArray(reading: bytes, name: place(name))
    guard array.shape == [count], let labels = array.values.integers else {
      throw DatasetError(
        place(name),
        author == .program
          ? "a list of \(count) whole numbers is needed"
          : "a list of \(count) whole numbers is needed, and its shape is \(array.shape)")
    }
    if let wrong = labels.first(where: { !(0..<classes).contains($0) }) {
      throw DatasetError(place(name), "it names the class \(wrong); they are 0 to \(classes - 1)")
    }
    let share = 1 / Double(classes)
    let (own, others) = (Float(PortableMath.log((1 + share) / 2)), Float(PortableMath.log(share / 2)))
    var logits = [Float](repeating: others, count: count * classes)
    for (row, label) in labels.enumerated() { logits[row * classes + label] = own }
    return logits
  }
}
