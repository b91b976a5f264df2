import Core
import Datasets
import Files
import Formats
import Foundation
import Numerics
import Samples
import Sweeps
import TestSupport
import Testing

@Suite("Subsets for other tools") struct SubsetExportTests {
  static func export() -> SubsetExport {
    let pixels = (0..<4 * 8 * 8 * 3).map { UInt8($0 % 251) }
    let images = SampleSet.images(ImageSet(count: 4, height: 8, width: 8, channels: 3, pixels: pixels))
    let pool = Pool(
      shift: "web", images: images, classNames: ["up, above", "down"], observedLabels: [0, 1, 0, 1],
      trueLabels: [0, 1, 0, 1], sourceIDs: [10, 11, 12, 13], features: Matrix(rows: 4, columns: 1), labelOrigin: "",
      licence: "CC-BY-4.0")
    return SubsetExport(
      manifest: SubsetManifest(pool: pool, subset: [3, 0, 2], labels: [1, 0, 1]), samples: images.selecting([3, 0, 2]),
      classNames: pool.classNames,
      origins: [
        "web": .init(
          provenance: Provenance(licence: "CC-BY-4.0", synthetic: .some), labels: "By captions, as the manifest says.")
      ])
  }

  private static func directory(_ files: [CroissantExport.File]) throws -> String {
    let directory = NSTemporaryDirectory() + "winnow-export-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    for file in files { try FileWriting.write("\(directory)/\(file.name)", file.content) }
    return directory
  }

  @Test("a shard comes back with the same pixels, labels and origin") func shard() throws {
    let export = Self.export()
    let directory = try Self.directory([.init(name: "a.tar", content: export.shard)])
    defer { try? FileManager.default.removeItem(atPath: directory) }
    var entries: [SampleEntry] = []
    let report = try WebDatasetShard.list("\(directory)/a.tar") { entries.append($0) }
    #expect(report.damaged.isEmpty && entries.count == 3)
    #expect(entries.map(\.label) == [.number(1), .number(0), .number(1)])
    #expect(entries[0].fields["json"]?["licence"]?.text == "CC-BY-4.0")
    #expect(entries[0].fields["json"]?["synthetic"]?.text == "some")
    try SampleReading.read(entries.map(\.location)) { index, content in
      let bytes = try content.get()
      let image = try ImageDecoder(channels: 3, target: nil).decode(bytes, name: "x")
      #expect(image.pixels == Array(export.samples.images!.image(index)))
    }
  }

  @Test("a Croissant description says what lies beside it") func croissant() throws {
    let files = CroissantExport(Self.export(), name: "subset", point: "herding, web, budget 20.00, seed 0").files
    let json = try JSONValue.parse(files[0].content, source: files[0].name)
    #expect(files.map(\.name) == ["croissant.json", "samples.csv", "samples.tar"])
    #expect(json["license"] == ["https://spdx.org/licenses/CC-BY-4.0.html"])
    let listed = json["distribution"]?.elements?.compactMap { $0["sha256"]?.text }
    #expect(listed == files.dropFirst().map { Digest(of: $0.content).description })
    #expect(json["rai:dataCollection"]?.text?.contains("3 from web (licence CC-BY-4.0, partly synthetic)") == true)
    #expect(json["recordSet"]?.elements?[0]["data"]?.elements?.count == 2)
  }

  @Test("where samples have licences of their own, each goes with its own") func bySample() throws {
    let plain = Self.export()
    var entries = plain.manifest.entries
    for (index, licence) in ["MIT", nil, "CC0-1.0"].enumerated() {
      entries[index].statement = .init(licence: licence, isSynthetic: index == 0 ? true : nil)
    }
    let export = SubsetExport(
      manifest: SubsetManifest(entries), samples: plain.samples, classNames: plain.classNames,
      origins: [
        "web": .init(
          provenance: Provenance(licence: nil, synthetic: .bySample, hasSampleLicences: true), labels: "By captions.")
      ])
    let table = String(decoding: export.table, as: UTF8.self).split(separator: "\n").dropFirst()
    #expect(
      table.map { $0.split(separator: ",", omittingEmptySubsequences: false).suffix(3).map(String.init) } == [
        ["MIT", "By captions.", "true"], ["", "By captions.", ""], ["CC0-1.0", "By captions.", ""],
      ])
    let json = try JSONValue.parse(
      CroissantExport(export, name: "subset", point: "herding").files[0].content, source: "croissant.json")
    #expect(json["license"]?.elements?.count == 2)
    let words = "3 from web (licence CC0-1.0, MIT, not stated, 1 of them synthetic, 2 not stated)"
    #expect(json["rai:dataCollection"]?.text?.contains(words) == true)
  }

  /// A Python with mlcroissant, by the variable `WINNOW_MLCROISSANT`; there is none in a plain checkout.
  private static let python = ProcessInfo.processInfo.environment["WINNOW_MLCROISSANT"]

  @Test("mlcroissant reads the description and every record", .enabled(if: python != nil)) func validated() throws {
    let files = CroissantExport(Self.export(), name: "subset", point: "herding, web, budget 20.00, seed 0").files
    let directory = try Self.directory(files)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let script = """
      import sys, mlcroissant
      data = mlcroissant.Dataset(jsonld=sys.argv[1])
      print(data.metadata.ctx.issues.report())
      records = list(data.records("samples"))
      assert [r["samples/label"] for r in records] == [1, 0, 1], records
      pictures = list(data.records("files"))
      assert [p["files/content"].size for p in pictures] == [(8, 8)] * 3, pictures
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.python!)
    process.arguments = ["-c", script, "\(directory)/croissant.json"]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }
}

@Suite("Croissant descriptions") struct CroissantDescriptionTests {
  private static func directory() throws -> String {
    let directory = NSTemporaryDirectory() + "winnow-croissant-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    return directory
  }

  @Test("what Winnow exports it reads again, with the labels of its table") func roundTrip() throws {
    let directory = try Self.directory()
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let export = SubsetExportTests.export()
    for file in CroissantExport(export, name: "a", point: "b").files {
      try FileWriting.write("\(directory)/\(file.name)", file.content)
    }
    let description = try CroissantDescription(of: "\(directory)/croissant.json")
    #expect(!description.layout.isParquet && description.layout.paths == ["samples.tar"])
    #expect(description.layout.table == "samples.csv" && description.licences.count == 1)
    let labels = try #require(try description.tableLabels(in: directory))
    #expect(labels == ["000000000": "1", "000000001": "0", "000000002": "1"])
    var shards: [[UInt8]] = []
    var conversion = SourceConversion(
      ManifestSource(paths: ["samples.tar"], format: .tar), labels: labels, shardSize: 1 << 20
    ) { shards.append($1) }
    try conversion.add(try ScratchFile(export.shard))
    try conversion.finish()
    #expect(conversion.samples == 3 && conversion.damaged.isEmpty && shards.count == 1)
  }

  @Test("a file that is not what the description says is refused") func damaged() throws {
    let directory = try Self.directory()
    defer { try? FileManager.default.removeItem(atPath: directory) }
    for file in CroissantExport(SubsetExportTests.export(), name: "a", point: "b").files {
      try FileWriting.write("\(directory)/\(file.name)", file.content + (file.name == "samples.tar" ? [0] : []))
    }
    let error = #expect(throws: DatasetError.self) { try CroissantDescription(of: "\(directory)/croissant.json") }
    #expect(error?.description.contains("SHA-256") == true, "\(error?.description ?? "")")
  }

  private static func huggingFace(_ includes: String) -> JSONValue {
    [
      "@context": [:], "@type": "sc:Dataset", "name": "x",
      "distribution": [
        [
          "@type": "cr:FileObject", "@id": "repo", "contentUrl": "https://huggingface.co/datasets/a/b",
          "encodingFormat": "git+https",
        ],
        [
          "@type": "cr:FileSet", "@id": "files", "containedIn": ["@id": "repo"], "includes": .string(includes),
          "encodingFormat": "application/x-parquet",
        ],
      ],
      "recordSet": [
        [
          "@type": "cr:RecordSet", "@id": "default",
          "field": [
            [
              "@type": "cr:Field", "@id": "default/image", "dataType": "sc:ImageObject",
              "source": [
                "fileSet": ["@id": "files"], "extract": ["column": "image"], "transform": ["jsonPath": "bytes"],
              ],
            ],
            [
              "@type": "cr:Field", "@id": "default/label", "dataType": "sc:Integer",
              "source": ["fileSet": ["@id": "files"], "extract": ["column": "label"]],
            ],
          ],
        ]
      ],
    ]
  }

  @Test(
    "the Parquet files of a Hugging Face description are found by its pattern",
    arguments: [("default/*/*.parquet", 2), ("**/*.parquet", 3), ("default/train/0000.parquet", 1), ("*.parquet", 0)])
  func parquet(includes: String, count: Int) throws {
    let directory = try Self.directory()
    defer { try? FileManager.default.removeItem(atPath: directory) }
    for path in ["default/train/0000.parquet", "default/train/0001.parquet", "other/a/b/c.parquet", "default/train/x"] {
      let folder = "\(directory)/\(path)".split(separator: "/").dropLast().joined(separator: "/")
      try FileManager.default.createDirectory(atPath: "/\(folder)", withIntermediateDirectories: true)
      try FileWriting.write("\(directory)/\(path)", [1])
    }
    try FileWriting.write("\(directory)/c.json", Self.huggingFace(includes).canonical)
    guard count > 0 else {
      #expect(throws: DatasetError.self) { try CroissantDescription(of: "\(directory)/c.json") }
      return
    }
    let layout = try CroissantDescription(of: "\(directory)/c.json").layout
    #expect(layout.isParquet && layout.paths.count == count && layout.labelColumn == "label")
  }

  @Test(
    "descriptions of others that lead out, lack files or are none are refused",
    arguments: [
      #"{"a": 1}"#, #"[]"#, #"{"@context": {}, "distribution": []}"#,
      #"{"@context": {}, "distribution": [{"@id": "t", "contentUrl": "../../etc/passwd"}, {"@id": "s", "containedIn": {"@id": "t"}, "includes": "*.png"}], "recordSet": [{"field": [{"@id": "i", "dataType": "sc:ImageObject", "source": {"fileSet": {"@id": "s"}, "extract": {"fileProperty": "content"}}}]}]}"#,
      #"{"@context": {}, "distribution": [{"@id": "s", "includes": "**/**/**/**/**/**/**/x"}], "recordSet": [{"field": [{"@id": "i", "dataType": "sc:ImageObject", "source": {"fileSet": {"@id": "s"}, "extract": {"column": "content"}}}]}]}"#,
    ]) func hostile(text: String) throws
  {
    let directory = try Self.directory()
    defer { try? FileManager.default.removeItem(atPath: directory) }
    try FileWriting.write("\(directory)/c.json", Array(text.utf8))
    #expect(throws: DatasetError.self) { try CroissantDescription(of: "\(directory)/c.json") }
  }
}
