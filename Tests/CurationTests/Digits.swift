import Foundation
import Numerics

/// The 1797 × 64 matrix of handwritten digits (Alpaydin & Kaynak 1998, as scikit-learn ships it), when it is there.
enum Digits {
  private static let directory = ProcessInfo.processInfo.environment["WINNOW_PUBLISHED_DATA"]

  static var areThere: Bool { directory != nil }

  static func load() throws -> (points: Matrix, labels: [Int32]) {
    let text = try String(contentsOfFile: directory! + "/digits/digits.csv", encoding: .utf8)
    let rows = text.split(separator: "\n").map { $0.split(separator: ",").compactMap { Float($0) } }
      .filter { $0.count == 65 }
    return (
      Matrix(rows: rows.count, columns: 64, values: rows.flatMap { $0.dropLast() }), rows.map { Int32($0[64]) }
    )
  }
}
