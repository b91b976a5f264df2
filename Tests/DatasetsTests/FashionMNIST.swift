import Datasets
import Foundation

/// The raw files, where Debian's `dataset-fashion-mnist` puts them.
enum FashionMNIST {
  static let directory = "/usr/share/datasets/fashion-mnist/"
  static let names = [
    "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz",
    "t10k-labels-idx1-ubyte.gz",
  ]
  static let isInstalled = names.allSatisfy { FileManager.default.isReadableFile(atPath: directory + $0) }

  static func file(_ name: String) throws -> [UInt8] {
    try [UInt8](Data(contentsOf: URL(filePath: directory + name)))
  }

  static func sources() throws -> [String: [UInt8]] {
    try Dictionary(uniqueKeysWithValues: names.map { ($0, try file($0)) })
  }
}
