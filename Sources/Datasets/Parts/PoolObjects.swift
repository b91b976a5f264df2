import Core
import Sweeps

extension Pool {
  /// The pool as named objects (NumPy arrays and one JSON description) for the store. Equal pools give equal bytes.
  package func objects() -> [String: [UInt8]] {
    let description: JSONValue = [
      "shift": .string(shift), "classNames": .array(classNames.map { .string($0) }),
      "labelOrigin": labelOrigin.json, "licence": .string(licence),
      "normalisation": normalisation?.json ?? .null,
    ]
    return [
      "description": description.canonical, "images": images.object, "features": features.object,
      "observedLabels": observedLabels.object, "trueLabels": trueLabels.object, "sourceIDs": sourceIDs.object,
    ]
  }

  /// Reads what ``objects()`` writes; throws a ``DatasetError`` that names the object and what is wrong with it.
  package init(objects: [String: [UInt8]]) throws {
    let stored = StoredObjects(owner: "pool", objects: objects)
    let description = try stored.description("description")
    let classNames = try description.texts("classNames")
    let images = try stored.samples("images")
    self.init(
      shift: try description.text("shift"), images: images, classNames: classNames,
      observedLabels: try stored.labels("observedLabels", count: images.count, from: -1, below: classNames.count),
      trueLabels: try stored.labels("trueLabels", count: images.count, from: -1, below: classNames.count),
      sourceIDs: try stored.identifiers("sourceIDs", count: images.count),
      features: try stored.matrix("features", rows: images.count),
      labelOrigin: try description.remark("labelOrigin"), licence: try description.text("licence"),
      normalisation: try description.normalisation(of: images))
  }
}
