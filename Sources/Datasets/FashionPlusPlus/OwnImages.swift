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
    let bytes = try unpacked(file, name: name)
    let images: ImageSet
    if isNumPy(bytes) {
      let array = try NumPyArray(reading: bytes, name: name)
      guard array.shape.count == 3, case .uint8(let pixels) = array.values else {
        throw DatasetError(name, "an array of images × height × width of type u1 is needed")
      }
      images = ImageSet(count: array.shape[0], height: array.shape[1], width: array.shape[2], pixels: pixels)
    } else {
      images = try IDXFile.images(bytes, name: name)
    }
    guard images.count > 0 else { throw DatasetError(name, "it holds no images") }
    try SourceImages.check(images, place: name)
    return images
  }

  /// One label for each of `count` images, each from 0 up to (not including) `classes`.
  ///
  /// Throws a ``DatasetError`` that names `name` and what is wrong.
  package static func labels(_ file: [UInt8], count: Int, classes: Int, name: String) throws -> [Int32] {
    let bytes = try unpacked(file, name: name)
    let labels =
      isNumPy(bytes) ? try numPyLabels(bytes, name: name) : try IDXFile.labels(bytes, classes: 256, name: name)
    guard labels.count == count else {
      throw DatasetError(name, "it holds \(labels.count) labels for \(count) images")
    }
    if let index = labels.firstIndex(where: { $0 < 0 || Int($0) >= classes }) {
      throw DatasetError(name, "label \(index) is \(labels[index]), but labels are 0 to \(classes - 1)")
    }
    return labels
  }

  private static func numPyLabels(_ bytes: [UInt8], name: String) throws -> [Int32] {
    let array = try NumPyArray(reading: bytes, name: name)
    guard array.shape.count == 1 else {
      throw DatasetError(name, "it has rank \(array.shape.count), but labels have rank 1")
    }
    guard let labels = array.values.integers else { throw DatasetError(name, "labels are whole numbers") }
    return labels.map { Int32(clamping: $0) }
  }

  private static func unpacked(_ file: [UInt8], name: String) throws -> [UInt8] {
    Gzip.isCompressed(file) ? try Gzip.decompress(file, name: name, limit: IDXFile.sizeLimit) : file
  }

  private static func isNumPy(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x93] + Array("NUMPY".utf8)) }
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
