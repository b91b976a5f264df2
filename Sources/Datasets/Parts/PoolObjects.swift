import Core
import Files
import Formats
package import Numerics
import Samples
import Sweeps

extension Pool {
  /// The pool as named objects (NumPy arrays and one JSON description) for the store. Equal pools give equal bytes.
  package func objects() -> [String: [UInt8]] {
    var objects = smallObjects
    objects["images"] = images.object
    objects["features"] = features.matrix.object
    return objects
  }

  /// The same; what is not in memory is written to files in `directory`. Throws a `FileError`.
  func objects(in directory: String) throws -> (objects: [String: [UInt8]], files: [String: WorkFile]) {
    var (objects, files) = (smallObjects, [String: WorkFile]())
    if case .vectors(let rows) = images, !rows.isHeld {
      files["images"] = try rows.written(in: directory)
    } else {
      objects["images"] = images.object
    }
    if features.isHeld {
      objects["features"] = features.matrix.object
    } else {
      files["features"] = try features.written(in: directory)
    }
    return (objects, files)
  }

  private var smallObjects: [String: [UInt8]] {
    var description: [String: JSONValue] = [
      "shift": .string(shift), "classNames": .array(classNames.map { .string($0) }),
      "labelOrigin": labelOrigin.json, "licence": .string(licence),
      "normalisation": normalisation?.json ?? .null,
    ]
    description[SampleOrigins.descriptionKey] = origins?.description
    let objects = [
      "description": JSONValue.object(description).canonical, "observedLabels": observedLabels.object,
      "trueLabels": trueLabels.object, "sourceIDs": sourceIDs.object,
    ]
    return objects.merging(origins?.objects ?? [:]) { own, _ in own }
  }

  /// Reads what ``objects()`` writes; throws a ``DatasetError`` that names the object and what is wrong with it.
  ///
  /// - Parameter files: objects that are read where they lie.
  package init(objects: [String: [UInt8]], files: [String: MappedFile] = [:]) throws {
    let stored = StoredObjects(owner: "pool", objects: objects, files: files)
    let description = try stored.description("description")
    let classNames = try description.texts("classNames")
    let images = try stored.samples("images")
    self.init(
      shift: try description.text("shift"), images: images, classNames: classNames,
      observedLabels: try stored.labels("observedLabels", count: images.count, from: -1, below: classNames.count),
      trueLabels: try stored.labels("trueLabels", count: images.count, from: -1, below: classNames.count),
      sourceIDs: try stored.identifiers("sourceIDs", count: images.count),
      features: try stored.table("features", rows: images.count),
      labelOrigin: try description.remark("labelOrigin"), licence: try description.text("licence"),
      normalisation: try description.normalisation(of: images),
      origins: try SampleOrigins(stored, count: images.count, description: description))
  }
}
