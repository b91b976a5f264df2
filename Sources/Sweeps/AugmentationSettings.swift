package import Core

/// What is done to images before each step; vectors can be mixed, and stay otherwise.
package struct AugmentationSettings: Hashable, Sendable {
  /// Half of the images are mirrored.
  package var flip = false
  /// Pixels by which images are moved at most, each way.
  package var crop = 0
  /// What comes in from the side is the reflected image instead of black.
  package var reflect = false
  /// The smallest share of the area that is cut out and resized to the whole; 0 for none.
  package var resizedCrop = 0.0
  /// Brightness, contrast and saturation are multiplied by 1 − jitter to 1 + jitter.
  package var jitter = 0.0
  /// The share of images of which a rectangle is erased.
  package var erasing = 0.0
  /// α of Beta(α, α); 0 for none.
  package var mixup = 0.0
  package var cutmix = 0.0

  package init() {}

  init(json: JSONValue, place: String, else given: AugmentationSettings) throws {
    self = given
    var object = try StrictObject(json, place: place)
    flip = try object.bool("flip") ?? flip
    crop = try object.integer("crop", in: 0...32) ?? crop
    reflect = try object.bool("reflect") ?? reflect
    resizedCrop = try object.number("resizedCrop", in: 0...0.99) ?? resizedCrop
    jitter = try object.number("jitter", in: 0...1) ?? jitter
    erasing = try object.number("erasing", in: 0...1) ?? erasing
    mixup = try object.number("mixup", in: 0...100) ?? mixup
    cutmix = try object.number("cutmix", in: 0...100) ?? cutmix
    try object.finish()
  }

  package var json: JSONValue {
    var members: [String: JSONValue] = [:]
    if flip { members["flip"] = true }
    if crop != 0 { members["crop"] = .integer(Int64(crop)) }
    if reflect { members["reflect"] = true }
    let numbers = [
      "resizedCrop": resizedCrop, "jitter": jitter, "erasing": erasing, "mixup": mixup, "cutmix": cutmix,
    ]
    for (name, number) in numbers where number != 0 { members[name] = .number(number) }
    return .object(members)
  }
}
