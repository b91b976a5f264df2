import Core
import Datasets
import Files
import Formats
import Foundation
import Numerics
import Sweeps
import Testing

/// Parts that are built from files and written to files have the bytes of those that are built in memory.
@Suite("Parts out of core") struct MappedPartsTests {
  /// Two blocks of numbers that half precision holds, a value that is no number among them, with labels and features.
  private static func files(_ half: Bool, damaged: Bool) -> [String: [UInt8]] {
    var generator = SeededGenerator(seed: 2, purpose: "vectors")
    func rows(_ count: Int, _ columns: Int) -> [Float] {
      (0..<count * columns).map { _ in Float(generator.integer(below: 401) - 200) / 32 }
    }
    func array(_ values: [Float], columns: Int) -> [UInt8] {
      NumPyArray(
        shape: [values.count / columns, columns],
        values: half ? .float16(values.map { Float16($0) }) : .float32(values)
      ).bytes
    }
    func labels(_ count: Int) -> [UInt8] {
      NumPyArray(shape: [count], values: .int64((0..<count).map { Int64($0 % 2) })).bytes
    }
    var second = rows(70, 5)
    if damaged { second[12] = .nan }
    return [
      "a.npy": array(rows(90, 5), columns: 5), "a-labels.npy": labels(90),
      "a-features.npy": array(rows(90, 3), columns: 3),
      "b.npy": array(second, columns: 5), "b-labels.npy": labels(70), "b-features.npy": array(rows(70, 3), columns: 3),
    ]
  }

  private static func dataset(features: Bool) throws -> any Dataset {
    var source: [String: JSONValue] = ["path": ["a.npy", "b.npy"], "labels": ["a-labels.npy", "b-labels.npy"]]
    if features { source["features"] = ["path": ["a-features.npy", "b-features.npy"]] }
    var manifest: [String: JSONValue] = [
      "classes": ["up", "down"], "samples": ["vector": ["width": 5]], "damagedShare": 0.5,
      "pools": [["name": "ours", "source": .object(source)]], "test": .object(source),
    ]
    if features { manifest["representation"] = ["file": ["width": 3]] }
    return try FilesKind().dataset(options: ["manifest": .object(manifest)], place: "dataset")
  }

  /// The bytes of all objects of all parts; with a directory, all that is read and much of what is made lies in files there.
  private static func built(
    _ dataset: any Dataset, _ files: [String: [UInt8]], directory: String? = nil
  ) throws -> (objects: [String: [String: [UInt8]]], written: Set<String>) {
    let paths = Dictionary(uniqueKeysWithValues: dataset.files.map { ($0.name, $0.path) })
    var objects: [String: [String: [UInt8]]] = [:]
    var written: Set<String> = []
    func mapped(_ contents: [String: [UInt8]]) throws -> [String: MappedFile] {
      guard let directory else { return [:] }
      return try contents.mapValues { bytes in
        let path = "\(directory)/\(UUID().uuidString)"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return try #require(MappedFile(path))
      }
    }
    for part in dataset.description.parts {
      let sources = part.files.mapValues { files[paths[$0]!]! }
      let inputs = objects.filter { part.inputs.contains($0.key) }
      let isMapped = directory != nil
      let request = PartRequest(
        parameters: part.parameters, sources: isMapped ? [:] : sources, inputs: isMapped ? [:] : inputs,
        files: try mapped(sources), inputFiles: isMapped ? try inputs.mapValues(mapped) : [:], workDirectory: directory)
      let output = try FilesKind().build(request, context: .unobserved)
      objects[part.name] = output.objects
      for (name, file) in output.files {
        objects[part.name]?[name] = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file.path)))
        written.insert(name)
      }
    }
    return (objects, written)
  }

  private static func inDirectory<Value>(_ body: (String) throws -> Value) throws -> Value {
    let directory = NSTemporaryDirectory() + "winnow-mapped-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    return try body(directory)
  }

  @Test("have the bytes of those in memory", arguments: [(false, false), (true, false), (false, true), (true, true)])
  func equal(half: Bool, features: Bool) throws {
    let (dataset, files) = (try Self.dataset(features: features), Self.files(half, damaged: true))
    let held = try Self.built(dataset, files)
    let stored = try Self.inDirectory { try Self.built(dataset, files, directory: $0) }
    #expect(held.objects == stored.objects && held.written.isEmpty)
    #expect(stored.written == ["samples", "images", "features"])
    let pool = try Pool(objects: stored.objects["ours"]!)
    #expect(pool.count == 159 && pool.features.columns == (features ? 3 : 5))
  }

  @Test("a pool is the same wherever its objects lie") func pools() throws {
    let (dataset, files) = (try Self.dataset(features: false), Self.files(false, damaged: false))
    let objects = try #require(try Self.built(dataset, files).objects["ours"])
    let held = try Pool(objects: objects)
    try Self.inDirectory { directory in
      var mapped: [String: MappedFile] = [:]
      for (name, bytes) in objects {
        try Data(bytes).write(to: URL(fileURLWithPath: "\(directory)/\(name)"))
        mapped[name] = MappedFile("\(directory)/\(name)")
      }
      let pool = try Pool(objects: [:], files: mapped)
      #expect(pool == held && !pool.features.isHeld && pool.identifier(of: 7) == held.identifier(of: 7))
      #expect(pool.images.selecting([3, 1]) == held.images.selecting([3, 1]))
    }
  }

  @Test("features that are no numbers are refused") func features() throws {
    var files = Self.files(false, damaged: false)
    var values = [Float](repeating: 1, count: 270)
    values[4] = .infinity
    files["a-features.npy"] = NumPyArray(shape: [90, 3], values: .float32(values)).bytes
    let dataset = try Self.dataset(features: true)
    for directory in [true, false] {
      let error = #expect(throws: DatasetError.self) {
        try Self.inDirectory { try Self.built(dataset, files, directory: directory ? $0 : nil) }
      }
      #expect("\(error as Any)".contains("row 1"))
    }
  }

  @Test("a file that nobody takes is gone") func workFiles() throws {
    try Self.inDirectory { directory in
      var path = ""
      do {
        let file = try RowTable(Matrix(rows: 2, columns: 2, values: [1, 2, 3, 4])).written(in: directory)
        path = file.path
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        #expect(bytes == NumPyArray(shape: [2, 2], values: .float32([1, 2, 3, 4])).bytes)
      }
      #expect(!FileManager.default.fileExists(atPath: path))
    }
  }
}
