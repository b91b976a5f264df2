import Core
import Datasets
import Files
import Formats
import Samples

/// Files that are well made, each with what reads its format.
enum HostileSeeds {
  struct Seed {
    let format: String
    let name: String
    let bytes: [UInt8]
    /// Reads it as the programs do; says what came of it.
    let read: (_ bytes: [UInt8], _ path: String) throws -> String
  }

  private static let pixels = (0..<40 * 30 * 3).map { UInt8($0 * 7 % 256) }

  static var written: [Seed] {
    let png = PNGWriter.bytes(pixels, height: 40, width: 30, channels: 3)
    let jpeg = JPEGWriter.bytes(pixels, height: 40, width: 30, channels: 3, quality: 80) ?? []
    let array = NumPyArray(shape: [4, 2], values: .float32([1, 2, 3, 4, 5, 6, 7, 8])).bytes
    let tensors = SafeTensors(tensors: ["a": .init(shape: [2, 2], floats: [1, 2, 3, 4])]).bytes
    let bomb = PNGWriter.bytes([UInt8](repeating: 0, count: 4_000 * 4_000), height: 4_000, width: 4_000, channels: 1)
    return [
      Seed(format: "png", name: "colour.png", bytes: png, read: picture),
      Seed(format: "png", name: "bomb.png", bytes: bomb, read: picture),
      Seed(format: "jpeg", name: "colour.jpg", bytes: jpeg, read: picture),
      Seed(format: "numpy", name: "a.npy", bytes: array, read: arrays),
      Seed(format: "safetensors", name: "a.safetensors", bytes: tensors, read: arrays),
      Seed(
        format: "idx", name: "a.idx", bytes: [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2] + [UInt8](0..<8),
        read: arrays),
      Seed(format: "csv", name: "a.csv", bytes: Array("path,label\na.png,\"b,c\"\nd.png,e\n".utf8), read: table),
      Seed(format: "cifar", name: "a.bin", bytes: [UInt8](repeating: 3, count: 2 * 3_073), read: cifar),
      Seed(format: "tar", name: "a.tar", bytes: shard(png, jpeg), read: archive),
      Seed(format: "croissant", name: "croissant.json", bytes: Array(croissant.utf8), read: description),
    ]
  }

  /// Files of other makers, told by their endings.
  static func found(in directory: String) throws -> [Seed] {
    try DirectoryListing(directory).entries.compactMap { entry in
      guard entry.kind == .file, let bytes = try? FileReading.bytes(of: "\(directory)/\(entry.name)", limit: 1 << 22)
      else { return nil }
      let name = entry.name.lowercased()
      func seed(_ format: String, _ read: @escaping ([UInt8], String) throws -> String) -> Seed {
        Seed(format: format, name: name, bytes: bytes, read: read)
      }
      func ends(_ endings: String...) -> Bool { endings.contains(where: name.hasSuffix) }
      if ends(".webp") { return seed("webp", picture) }
      if ends(".tif", ".tiff") { return seed("tiff", picture) }
      if ends(".jpg", ".jpeg") { return seed("jpeg", picture) }
      if ends(".png") { return seed("png", picture) }
      if ends(".parquet") { return seed("parquet", parquet) }
      if ends(".npz") { return seed("npz", arrays) }
      if ends(".npy", ".npy.gz") { return seed("numpy", arrays) }
      if ends(".tar", ".tar.gz", ".tar.zst", ".tgz") { return seed("tar", archive) }
      return nil
    }
  }

  private static func shard(_ png: [UInt8], _ jpeg: [UInt8]) -> [UInt8] {
    var writer = TarWriter()
    for number in 0..<3 {
      writer.add("a/\(number).\(number == 0 ? "png" : "jpg")", number == 0 ? png : jpeg)
      writer.add("a/\(number).cls", Array("1".utf8))
      writer.add("a/\(number).json", Array(#"{"label": 1}"#.utf8))
    }
    return writer.finished()
  }

  private static let croissant = """
    {"@context": {}, "distribution": [{"@id": "t", "contentUrl": "case"}, {"@id": "s", "containedIn": {"@id": "t"}, \
    "includes": "*.png"}], "recordSet": [{"field": [{"@id": "i", "dataType": "sc:ImageObject", "source": {"fileSet": \
    {"@id": "s"}, "extract": {"column": "image"}}}]}]}
    """

  private static func picture(_ bytes: [UInt8], _ path: String) throws -> String {
    _ = try ImageDecoder(channels: 3, target: 64).decode(bytes, name: "case")
    return "read"
  }

  private static func arrays(_ bytes: [UInt8], _ path: String) throws -> String {
    _ = try ArrayFile.array(bytes, name: "case")
    return "read"
  }

  private static func table(_ bytes: [UInt8], _ path: String) throws -> String {
    _ = try PathTable(bytes, name: "case", directory: "/nowhere").list { _ in }
    return "read"
  }

  private static func cifar(_ bytes: [UInt8], _ path: String) throws -> String {
    _ = try CIFARBinary.read(bytes, .ten, name: "case")
    return "read"
  }

  private static func description(_ bytes: [UInt8], _ path: String) throws -> String {
    _ = try CroissantDescription(of: path)
    return "read"
  }

  /// As a block is made of it.
  private static func archive(_ bytes: [UInt8], _ path: String) throws -> String { try block(bytes, "tar") }
  private static func parquet(_ bytes: [UInt8], _ path: String) throws -> String { try block(bytes, "parquet") }

  private static func block(_ bytes: [UInt8], _ format: String) throws -> String {
    let parameters: JSONValue = [
      "part": "block",
      "block": [
        "format": .string(format), "samples": ["image": ["size": 32]], "classes": ["0", "1"], "needsLabels": false,
      ],
    ]
    let request = PartRequest(parameters: parameters, sources: ["data": bytes])
    let output = try FilesKind().build(request, context: .unobserved)
    let words = output.objects["description"].map { String(decoding: $0, as: UTF8.self) } ?? ""
    return words.contains("\"damaged\":0") ? "read" : "read in part"
  }
}
