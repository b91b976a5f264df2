import Core
import Datasets
import Foundation
package import Sweeps

/// The raw files of a data set, as they lie on the machine that plans a sweep: those of the built-in one, and an
/// organisation's own.
package enum SourceFiles {
  // A gzipped IDX file of the built-in data set has 26 MB; ten times that is something else.
  private static let sizeLimit = 256 << 20

  /// Reads every file, by the name that a planned sweep knows it under: those of the data set, and those that options of
  /// strategies name.
  ///
  /// Throws a ``ConfigurationError`` that says which directory or file is missing and how to get it, or a `DatasetError`
  /// that says what is wrong with a file of the organisation.
  package static func read(for sweep: Sweep) throws -> [String: [UInt8]] {
    let dataset = sweep.dataset
    try requireFiles(of: dataset)
    let own = try ownFiles(of: dataset).merging(try strategies(of: sweep)) { own, _ in own }
    return try FashionPlusPlus.files.reduce(into: own) { files, name in
      files[name] = try bytes(of: "\(dataset.directory)/\(name)", place: "dataset.directory")
    }
  }

  /// Throws what ``read(for:)`` throws for files that are missing or unfit, without reading the built-in data set's.
  package static func check(_ sweep: Sweep) throws {
    try requireFiles(of: sweep.dataset)
    _ = try ownFiles(of: sweep.dataset)
    _ = try strategies(of: sweep)
  }

  private static func requireFiles(of dataset: DatasetChoice) throws {
    let directory = dataset.directory
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: directory, isDirectory: &isDirectory), isDirectory.boolValue else {
      throw ConfigurationError(
        place: "dataset.directory",
        problem: "there is no directory \(directory); install Fashion-MNIST with "
          + "`apt-get install dataset-fashion-mnist`, or name the directory that holds its four .gz files")
    }
    for name in FashionPlusPlus.files { _ = try size(of: "\(directory)/\(name)", place: "dataset.directory") }
  }

  /// The organisation's files, their contents checked.
  private static func ownFiles(of dataset: DatasetChoice) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for (name, path) in dataset.ownFiles.sorted(by: { $0.key < $1.key }) {
      files[name] = try bytes(of: path, place: "dataset.\(name)")
    }
    if case .files(let images, let labels, let target) = dataset.deployment {
      let count = try OwnImages.images(files["deployment.images"]!, name: images).count
      let classes = FashionPlusPlus.classNames.count
      _ = try OwnImages.labels(files["deployment.labels"]!, count: count, classes: classes, name: labels)
      _ = try OwnImages.images(files["deployment.target"]!, name: target)
    }
    for set in dataset.evaluationSets {
      let count = try OwnImages.images(files["\(set.metric).images"]!, name: set.images).count
      let labels = try OwnImages.labels(
        files["\(set.metric).labels"]!, count: count, classes: set.labelCount, name: set.labels)
      if set.meaning == .task, Set(labels).count < 2 {
        throw DatasetError(set.labels, "a downstream task needs images with at least two different labels")
      }
      guard case .mask(let mask) = set.meaning else { continue }
      if let label = labels.first(where: { !mask.contains(Int($0)) }) {
        throw DatasetError(
          set.labels,
          "some images show class \(label), \(FashionPlusPlus.classNames[Int(label)]), which the mask leaves out")
      }
    }
    return files
  }

  private static func size(of path: String, place: String) throws -> Int {
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
      let size = attributes[.size] as? Int
    else { throw ConfigurationError(place: place, problem: "the file \(path) is missing") }
    guard size <= sizeLimit else {
      throw ConfigurationError(
        place: place, problem: "\(path) has \(size) bytes; files of at most \(sizeLimit) bytes are read")
    }
    return size
  }

  /// The content of a file of limited size; throws a ``ConfigurationError`` at `place` otherwise.
  static func bytes(of path: String, place: String) throws -> [UInt8] {
    _ = try size(of: path, place: place)
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ConfigurationError(place: place, problem: "the file \(path) cannot be read; check its permissions")
    }
    return Array(data)
  }
}

extension EvaluationSetChoice {
  /// The set's labels are 0 up to (not including) this.
  fileprivate var labelCount: Int {
    switch meaning {
    case .classes, .mask: FashionPlusPlus.classNames.count
    case .map(let labels): (labels.max() ?? 0) + 1
    case .task: OwnEvaluationSet.labelLimit
    }
  }
}
