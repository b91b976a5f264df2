import Core
import Foundation
package import Sweeps

/// The raw files of the built-in data set, as they lie on the machine that plans a sweep.
package enum SourceFiles {
  // A gzipped IDX file of this data set has 26 MB; ten times that is something else.
  private static let sizeLimit = 256 << 20

  /// Reads every file, by name. Throws a ``ConfigurationError`` that says which directory or file is missing and how to
  /// get it.
  package static func read(for dataset: DatasetChoice) throws -> [String: [UInt8]] {
    let directory = dataset.directory
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: directory, isDirectory: &isDirectory), isDirectory.boolValue else {
      throw ConfigurationError(
        place: "dataset.directory",
        problem: "there is no directory \(directory); install Fashion-MNIST with "
          + "`apt-get install dataset-fashion-mnist`, or name the directory that holds its four .gz files")
    }
    return try Dictionary(
      uniqueKeysWithValues: FashionPlusPlus.files.map { ($0, try bytes(of: "\(directory)/\($0)")) })
  }

  private static func bytes(of path: String) throws -> [UInt8] {
    let place = "dataset.directory"
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
      let size = attributes[.size] as? Int
    else { throw ConfigurationError(place: place, problem: "the file \(path) is missing") }
    guard size <= sizeLimit else {
      throw ConfigurationError(place: place, problem: "\(path) has \(size) bytes, which is no file of Fashion-MNIST")
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ConfigurationError(place: place, problem: "the file \(path) cannot be read; check its permissions")
    }
    return Array(data)
  }
}
