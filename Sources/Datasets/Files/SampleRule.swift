package import Core
package import Formats
package import Samples

/// What samples are made into, whatever they are in their files.
package enum SampleRule: Hashable, Sendable {
  /// Square images of `size` pixels, 1 channel (grey) or 3 (colour).
  case image(size: Int, channels: Int, fit: ResizeRule)
  /// Numbers as they are.
  case vector(width: Int)

  package static let sizes = 8...256

  package var isImage: Bool { shape.isImage }

  package var shape: SampleShape {
    switch self {
    case .image(let size, let channels, _): .image(height: size, width: size, channels: channels)
    case .vector(let width): .vector(width: width)
    }
  }

  /// Reads `{"image": {"size": 64, "channels": 3, "fit": "crop"}}` or `{"vector": {"width": 512}}`.
  package init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    let (image, vector) = (try object.object("image"), try object.object("vector"))
    try object.finish()
    switch (image, vector) {
    case (var image?, nil):
      let size = try image.integer("size", in: Self.sizes) ?? 64
      let channels = try image.integer("channels", in: 1...3) ?? 3
      guard channels != 2 else { throw image.error("channels", "1 (grey) or 3 (colour) is needed") }
      let fit = try image.choice("fit", ResizeRule.self) ?? .crop
      try image.finish()
      self = .image(size: size, channels: channels, fit: fit)
    case (nil, var vector?):
      guard let width = try vector.integer("width", in: 1...65_536) else {
        throw vector.error("width", "how many numbers a sample has is needed")
      }
      try vector.finish()
      self = .vector(width: width)
    default:
      throw ConfigurationError(
        place: place,
        problem: "either \"image\": {\"size\": 64, \"channels\": 3} or \"vector\": {\"width\": 512} is needed")
    }
  }

  package var json: JSONValue {
    switch self {
    case .image(let size, let channels, let fit):
      [
        "image": [
          "size": .integer(Int64(size)), "channels": .integer(Int64(channels)), "fit": .string(fit.rawValue),
        ]
      ]
    case .vector(let width): ["vector": ["width": .integer(Int64(width))]]
    }
  }
}
