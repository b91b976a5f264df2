import Core
import Foundation
package import Numerics
package import Samples

/// A sample of a survey, as it goes into a pool.
package enum SurveyedSample: Sendable {
  /// Of an image of the data set's shape.
  case pixels([UInt8])
  case numbers([Float])
}

/// Some images of a survey, whichever their order: those whose content has the smallest digests.
package struct SurveyImages {
  private let rule: SampleRule
  private let limit: Int
  private var kept: [(digest: Digest, pixels: [UInt8])] = []

  package init(_ rule: SampleRule, limit: Int) { (self.rule, self.limit) = (rule, limit) }

  package mutating func add(_ sample: SurveyedSample) {
    guard case .pixels(let pixels) = sample else { return }
    kept.append((Digest(of: pixels), pixels))
    if kept.count >= 2 * limit { shorten() }
  }

  private mutating func shorten() {
    kept.sort { $0.digest < $1.digest }
    kept.removeLast(max(0, kept.count - limit))
  }

  /// nil when there is none.
  package consuming func images() -> ImageSet? {
    shorten()
    guard case .image(let height, let width, let channels) = rule.shape, !kept.isEmpty else { return nil }
    return ImageSet(
      count: kept.count, height: height, width: width, channels: channels, pixels: kept.flatMap(\.pixels))
  }
}

/// Features of the samples of a survey: rows of unit length in the order in which samples come, in a file where `TMPDIR` says.
package struct SurveyFeatures {
  private let rule: SampleRule
  private let representation: FixedRepresentation?
  private var waiting: [UInt8] = []
  private var rows: RowCollector

  private static let block = 1_024

  /// - Parameter representation: for images; vectors are their own features.
  /// - Throws: a `FileError` when the disk has no room.
  package init(_ rule: SampleRule, _ representation: FixedRepresentation?) throws {
    (self.rule, self.representation) = (rule, representation)
    let width = rule.isImage ? FixedRepresentation.dimension : rule.shape.size
    rows = try RowCollector(columns: width, directory: NSTemporaryDirectory())
  }

  package mutating func add(_ sample: SurveyedSample) throws {
    switch sample {
    case .numbers(let row): try rows.append(row)
    case .pixels(let pixels):
      waiting += pixels
      if waiting.count >= Self.block * rule.shape.size { try flush() }
    }
  }

  private mutating func flush() throws {
    guard case .image(let height, let width, let channels) = rule.shape, let representation, !waiting.isEmpty else {
      return
    }
    let count = waiting.count / rule.shape.size
    let images = ImageSet(count: count, height: height, width: width, channels: channels, pixels: waiting)
    let features = try representation.features(of: images)
    for index in 0..<features.rows { try rows.append(features.row(index)) }
    waiting = []
  }

  package mutating func finished() throws -> RowTable {
    try flush()
    let found = try rows.finished().rows
    return rule.isImage ? found : found.withUnitRows()
  }
}
