import Core

extension DeploymentSets {
  /// The sets as named objects for the store. Equal sets give equal bytes.
  package func objects() -> [String: [UInt8]] {
    let description: JSONValue = ["classes": .integer(Int64(Int(test.labels.max() ?? 0) + 1))]
    return [
      "description": description.canonical, "testImages": test.images.object, "testLabels": test.labels.object,
      "testFeatures": test.features.object, "targetImages": target.object, "targetFeatures": targetFeatures.object,
    ]
  }

  /// Reads what ``objects()`` writes; throws a ``DatasetError`` that names the object and what is wrong with it.
  package init(objects: [String: [UInt8]]) throws {
    let stored = StoredObjects(owner: "deployment sets", objects: objects)
    let classes = try stored.description("description").count("classes")
    let target = try stored.samples("targetImages")
    self.init(
      test: try stored.labelledImages("test", classes: classes), target: target,
      targetFeatures: try stored.matrix("targetFeatures", rows: target.count))
  }
}
