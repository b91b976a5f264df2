import Core
import Formats
package import Samples
import Sweeps

/// Images and labels in files of an organisation: IDX or NumPy, gzipped or not.
package enum OwnImages {
  /// Images of the size that the built-in data set has, at least one.
  ///
  /// Throws a ``DatasetError`` that names `name` and what is wrong.
  package static func images(_ file: [UInt8], name: String) throws -> ImageSet {
    let array = try ArrayFile.array(file, name: name)
    // Many programs keep an axis for the one channel of grey images.
    let isGrey = array.shape.count == 3 || array.shape.count == 4 && array.shape[3] == 1
    guard isGrey, case .uint8(let pixels) = array.values else {
      throw DatasetError(name, "an array of images × height × width of type u1 is needed")
    }
    let images = ImageSet(count: array.shape[0], height: array.shape[1], width: array.shape[2], pixels: pixels)
    guard images.count > 0 else { throw DatasetError(name, "it holds no images") }
    try SourceImages.check(images, place: name)
    return images
  }

  /// One label for each of `count` images, each from 0 up to (not including) `classes`.
  ///
  /// Throws a ``DatasetError`` that names `name` and what is wrong.
  package static func labels(_ file: [UInt8], count: Int, classes: Int, name: String) throws -> [Int32] {
    let read = try LabelFile(file, name: name)
    guard read.names == nil else { throw DatasetError(name, "labels here are the numbers of classes, not their names") }
    let labels = read.numbers
    guard labels.count == count else {
      throw DatasetError(name, "it holds \(labels.count) labels for \(count) images")
    }
    if let index = labels.firstIndex(where: { !(0..<classes).contains($0) }) {
      throw DatasetError(name, "label \(index) is \(labels[index]), but labels are 0 to \(classes - 1)")
    }
    return labels.map { Int32($0) }
  }
}

extension OwnEvaluationSet {
  /// The part `set`: raw files as they were given, in the stored form.
  static func part(_ inputs: PartInputs) throws -> FashionPlusPlusBuilder.PartOutput {
    let images = try OwnImages.images(inputs.source("images"), name: "the images of the set")
    let labels = try OwnImages.labels(
      inputs.source("labels"), count: images.count, classes: labelLimit, name: "the labels of the set")
    return .init(
      objects: OwnEvaluationSet(images: .images(images), labels: labels).objects(),
      facts: PartFacts(
        count: images.count, classCounts: Pool.counts(labels, classes: Int(labels.max() ?? 0) + 1),
        notes: [Remark(.ownFiles)]))
  }
}

extension DeploymentSets {
  /// The part `deployment` of the organisation's own files.
  static func part(_ inputs: PartInputs) throws -> FashionPlusPlusBuilder.PartOutput {
    let representation = try FixedRepresentation(objects: inputs.bytes(of: "representation"))
    let images = try OwnImages.images(inputs.source("images"), name: "the deployment images")
    let classes = SourceImages.classNames.count
    let labels = try OwnImages.labels(
      inputs.source("labels"), count: images.count, classes: classes, name: "the deployment labels")
    let target = try OwnImages.images(inputs.source("target"), name: "the target sample")
    let sets = DeploymentSets(
      test: try representation.labelled(images, labels, context: inputs.context), target: .images(target),
      targetFeatures: try representation.features(of: target, context: inputs.context)
    )
    return .init(
      objects: sets.objects(),
      facts: PartFacts(
        classCounts: Pool.counts(labels, classes: classes), notes: [Remark(.ownFiles)],
        others: ["target": Double(target.count), "test": Double(images.count)]))
  }
}
