import Core
import Files
import Formats
import Foundation
import Testing

/// Files that others' programs wrote: see `Fixtures/make.py`.
enum Fixture {
  static func path(_ name: String) throws -> String {
    try #require(Bundle.module.resourcePath) + "/Fixtures/" + name
  }

  static func bytes(_ name: String) throws -> [UInt8] { try FileReading.bytes(of: path(name), limit: 1 << 20) }

  /// Files in a folder with one of these endings, sorted.
  static func names(in folder: String, _ endings: String...) -> [String] {
    let all = (try? DirectoryListing(path(folder)).entries.map(\.name)) ?? []
    return all.filter { name in endings.contains { name.hasSuffix("." + $0) } }
  }

  /// Pixels that NumPy stored: height × width, or × 3.
  static func pixels(_ name: String) throws -> (height: Int, width: Int, channels: Int, values: [UInt8]) {
    let array = try NumPyArray(reading: bytes(name), name: name)
    guard case .uint8(let values) = array.values else { throw DatasetError(name, "these are no pixels") }
    return (array.shape[0], array.shape[1], array.shape.count > 2 ? array.shape[2] : 1, values)
  }
}

/// A directory that lives as long as a test.
final class Scratch {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "winnow-formats-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, and the folders that it stands in. Returns its path.
  @discardableResult func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = "\(path)/\(name)"
    try FileManager.default.createDirectory(
      atPath: FileWriting.parent(of: file), withIntermediateDirectories: true)
    try FileWriting.write(file, bytes)
    return file
  }

  @discardableResult func write(_ name: String, _ text: String) throws -> String {
    try write(name, Array(text.utf8))
  }
}

/// All samples that a listing gives, and its report.
func collected(
  _ list: ((SampleEntry) throws -> Void) throws -> ListingReport
) rethrows -> (entries: [SampleEntry], report: ListingReport) {
  var entries: [SampleEntry] = []
  let report = try list { entries.append($0) }
  return (entries, report)
}

/// The bytes behind locations, in their order; nil where there are none.
func contents(_ locations: [SampleLocation]) throws -> [[UInt8]?] {
  var contents = [[UInt8]?](repeating: nil, count: locations.count)
  try SampleReading.read(locations) { contents[$0] = try? $1.get() }
  return contents
}
