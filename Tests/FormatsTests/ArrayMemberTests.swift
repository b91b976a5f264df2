import Core
import Files
import Formats
import Foundation
import Testing

@Suite("Arrays among several") struct ArrayMemberTests {
  private static let tensors = SafeTensors(tensors: [
    "b32_img": SafeTensors.Tensor(shape: [2, 2], floats: [1, 2, 3, 4]),
    "names": SafeTensors.Tensor(shape: [2], integers: [7, 8]),
    "half": SafeTensors.Tensor(type: .bfloat16, shape: [2], bytes: [0x80, 0x3F, 0x20, 0xC1]),
    "tiny": SafeTensors.Tensor(type: .float8E5M2, shape: [1], bytes: [1]),
  ]).bytes

  @Test("a tensor is found by its name") func named() throws {
    let array = try ArrayFile.array(Self.tensors, member: "b32_img", name: "x")
    #expect(array == NumPyArray(shape: [2, 2], values: .float32([1, 2, 3, 4])))
    #expect(try ArrayFile.array(Self.tensors, member: "names", name: "x").values == .int32([7, 8]))
    // bfloat16 is the upper half of single precision.
    #expect(try ArrayFile.array(Self.tensors, member: "half", name: "x").values == .float32([1, -10]))
  }

  @Test("the only one needs no name") func only() throws {
    let bytes = SafeTensors(tensors: ["x": SafeTensors.Tensor(shape: [1], integers: [3])]).bytes
    #expect(try ArrayFile.array(bytes, name: "x").values == .int32([3]))
  }

  private static let mistakes: [(member: String?, words: String)] = [
    (nil, "say which one with \"member\""), ("l14", "it holds b32_img, half, names, tiny"), ("tiny", "F8_E5M2"),
  ]

  @Test("what is not there is refused with what is", arguments: mistakes.indices) func refused(index: Int) {
    let (member, words) = Self.mistakes[index]
    let error = #expect(throws: DatasetError.self) {
      try ArrayFile.array(Self.tensors, member: member, name: "x")
    }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }

  @Test("an array without a name has no member") func plain() {
    let bytes = NumPyArray(shape: [1], values: .int32([1])).bytes
    #expect(throws: DatasetError.self) { try ArrayFile.array(bytes, member: "x", name: "x") }
  }
}

@Suite("Folders of several kinds") struct FolderLayoutTests {
  private static func layout(_ paths: [String]) throws -> FolderLayout {
    let root = NSTemporaryDirectory() + "winnow-layout-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: root) }
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    for path in paths {
      let folder = URL(fileURLWithPath: "\(root)/\(path)").deletingLastPathComponent().path
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try FileWriting.write("\(root)/\(path)", [])
    }
    return try FolderLayout(of: root)
  }

  @Test("they are told by their names") func told() throws {
    #expect(try Self.layout(["bird/1.jpg", "fish/2.png"]) == .pictures)
    // img2dataset writes a table and statistics beside each tar.
    #expect(
      try Self.layout(["00001.tar", "00000.tar", "00000.parquet", "00000_stats.json"])
        == .shards(["00000.tar", "00001.tar"]))
    #expect(try Self.layout(["data/train-00000-of-00001.parquet"]) == .parquet(["data/train-00000-of-00001.parquet"]))
    #expect(try Self.layout(["a.parquet"]) == .parquet(["a.parquet"]))
  }

  @Test("embeddings come with their tables, in the order of their numbers") func embeddings() throws {
    let numbers = [0, 1, 2, 10]
    let names = numbers.flatMap { ["img_emb/img_emb_\($0).npy", "text_emb/text_emb_\($0).npy"] }
    let tables = numbers.map { "metadata/metadata_\($0).parquet" }
    #expect(
      try Self.layout(names + tables)
        == .embeddings(arrays: numbers.map { "img_emb/img_emb_\($0).npy" }, tables: tables))
    #expect(
      try Self.layout(["00a1.npz", "00a1.parquet", "00b2.npz", "00b2.parquet"])
        == .embeddings(arrays: ["00a1.npz", "00b2.npz"], tables: ["00a1.parquet", "00b2.parquet"]))
    #expect(try Self.layout(["00a1.npz"]) == .embeddings(arrays: ["00a1.npz"], tables: []))
  }

  @Test("what is left out of a folder is known in its archive, wherever the folder lies") func leftOut() throws {
    let root = NSTemporaryDirectory() + "winnow-folder-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: root) }
    var archives: [[UInt8]] = []
    for name in ["a", "b/c"] {
      let folder = "\(root)/\(name)/bird"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let pixels = [UInt8](repeating: 9, count: 8 * 8)
      try FileWriting.write("\(folder)/1.png", PNGWriter.bytes(pixels, height: 8, width: 8, channels: 1))
      try FileWriting.write("\(folder)/.hidden", [])
      try FileManager.default.createSymbolicLink(atPath: "\(folder)/loop", withDestinationPath: folder)
      #expect(mkfifo("\(folder)/pipe.jpg", 0o600) == 0)
      archives.append(try FolderArchive.bytes(of: "\(root)/\(name)", limit: 1 << 20))
    }
    #expect(archives[0] == archives[1])
    let scratch = try ScratchFile(archives[0])
    var entries = 0
    let report = try WebDatasetShard.list(scratch.path) { _ in entries += 1 }
    #expect(entries == 1 && report.counts == [.hidden: 1, .linkLoop: 1, .specialFile: 1])
    #expect(report.examples.map(\.place).sorted() == ["bird/.hidden", "bird/loop", "bird/pipe.jpg"])
  }

  @Test("pictures that are written come back as they were") func written() throws {
    let pixels = (0..<9 * 7 * 3).map { UInt8($0 * 5 % 256) }
    let png = PNGWriter.bytes(pixels, height: 9, width: 7, channels: 3)
    let image = try ImageDecoder().decode(png, name: "x.png")
    #expect(image.pixels == pixels && image.height == 9 && image.width == 7)
    let flat = [UInt8](repeating: 100, count: 16 * 16)
    let jpeg = try #require(JPEGWriter.bytes(flat, height: 16, width: 16, channels: 1, quality: 90))
    #expect(try ImageDecoder().decode(jpeg, name: "x.jpg").pixels == flat)
  }
}
