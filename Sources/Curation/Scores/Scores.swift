import Core
import Formats
package import Numerics

/// What a score task knows of its candidates: one row each, in the order in which they are looked at.
package struct Scores: Hashable, Sendable {
  /// Arrays by name; which there are, the ``Scorer`` says.
  package let arrays: [String: Matrix]

  package init(arrays: [String: Matrix]) { self.arrays = arrays }

  /// Arrays of one column.
  init(columns: [String: [Float]]) {
    self.init(arrays: columns.mapValues { Matrix(rows: $0.count, columns: 1, values: $0) })
  }

  /// The arrays as NumPy files for the store. Equal scores give equal bytes.
  package func objects() -> [String: [UInt8]] {
    arrays.mapValues { NumPyArray(shape: [$0.rows, $0.columns], values: .float32($0.values)).bytes }
  }

  /// Reads what ``objects()`` writes; throws a `DatasetError` that names the object and what is wrong with it.
  package init(objects: [String: [UInt8]]) throws {
    var arrays: [String: Matrix] = [:]
    for (name, bytes) in objects {
      let place = "scores, object \"\(name)\""
      let array = try NumPyArray(reading: bytes, name: place)
      guard array.shape.count == 2, case .float32(let values) = array.values else {
        throw DatasetError(place, "a matrix of type f4 is needed")
      }
      arrays[name] = Matrix(rows: array.shape[0], columns: array.shape[1], values: values)
    }
    self.init(arrays: arrays)
  }

  /// The array `name` over exactly `count` candidates; throws a ``CurationError`` when there is none.
  func array(_ name: String, count: Int) throws -> Matrix {
    guard let array = arrays[name] else {
      throw CurationError("the scores hold no array \"\(name)\", only \(arrays.keys.sorted().joined(separator: ", "))")
    }
    guard array.rows == count else {
      throw CurationError("the scores \"\(name)\" are of \(array.rows) candidates, but \(count) are looked at")
    }
    return array
  }
}
