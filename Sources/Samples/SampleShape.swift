package import Core

/// What one sample of a data set consists of.
package enum SampleShape: Hashable, Sendable, CustomStringConvertible {
  /// `channels` values of eight bits a pixel.
  case image(height: Int, width: Int, channels: Int)
  /// `width` numbers.
  case vector(width: Int)

  /// Values of one sample.
  package var size: Int {
    switch self {
    case .image(let height, let width, let channels): height * width * channels
    case .vector(let width): width
    }
  }

  /// Values of a pixel; nil for vectors.
  package var channels: Int? {
    switch self {
    case .image(_, _, let channels): channels
    case .vector: nil
    }
  }

  package var isImage: Bool {
    switch self {
    case .image: true
    case .vector: false
    }
  }

  /// `28×28×1`, `512 numbers`.
  package var description: String {
    switch self {
    case .image(let height, let width, let channels): "\(height)×\(width)×\(channels)"
    case .vector(let width): "\(width) numbers"
    }
  }

  package var json: JSONValue {
    switch self {
    case .image(let height, let width, let channels):
      ["image": .array([height, width, channels].map { .integer(Int64($0)) })]
    case .vector(let width): ["vector": .integer(Int64(width))]
    }
  }

  /// Reads what ``json`` writes: `{"image": [height, width, channels]}` or `{"vector": width}`, sizes from 1 to 65,536.
  package init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    let sizes = try object.array("image")?.map { $0.int ?? 0 }
    let width = try object.integer("vector", in: 1...65_536)
    try object.finish()
    switch (sizes, width) {
    case (let sizes?, nil) where sizes.count == 3 && sizes.allSatisfy { (1...65_536).contains($0) }:
      self = .image(height: sizes[0], width: sizes[1], channels: sizes[2])
    case (nil, let width?): self = .vector(width: width)
    default:
      throw ConfigurationError(
        place: place, problem: "either \"image\": [height, width, channels] or \"vector\": width is needed")
    }
  }
}
