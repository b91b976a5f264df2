import Core
import Datasets
import Files
import Formats
import Numerics
import Samples
import Sweeps
import Testing

@Suite("Takedown") struct TakedownTests {
  private static let rule = SampleRule.image(size: 8, channels: 3, fit: .crop)

  private static func picture(_ number: Int) -> [UInt8] {
    PNGWriter.bytes([UInt8](repeating: UInt8(number), count: 8 * 8 * 3), height: 8, width: 8, channels: 3)
  }

  private static func shard(_ numbers: Range<Int>) -> [UInt8] {
    var writer = TarWriter()
    for number in numbers {
      writer.add("up/\(number).png", picture(number))
      writer.add("up/\(number).cls", Array("0".utf8))
    }
    return writer.finished()
  }

  private static func vectors(_ count: Int) -> [UInt8] {
    NumPyArray(shape: [count, 2], values: .float32((0..<count * 2).map { Float($0) })).bytes
  }

  private static let tar = ManifestSource(paths: ["a.tar"], format: .tar)

  private static func identifier(_ number: Int) -> SampleIdentifier {
    SampleIdentifier(
      sourceID: SampleKey.sourceID("up/\(number)"), content: [UInt8](repeating: UInt8(number), count: 8 * 8 * 3))
  }

  @Test("samples are found by key, by pool and key, and by identifier") func found() throws {
    let list = "# letters of May\nup/3\n web:up/4 \n\(Self.identifier(5))\r\nup/3\nours:up/6\nup/99\n"
    var search = TakedownSearch(list: list)
    try search.look(in: .pictures(try ScratchFile(Self.shard(0..<10))), of: Self.tar, name: "web", rule: Self.rule)
    #expect(search.entries == ["web": ["up/3", "up/4", "up/5"]])
    #expect(search.missing == ["ours:up/6", "up/99"])
    #expect(search.matches.map(\.sourceID) == [3, 4, 5].map { SampleKey.sourceID("up/\($0)") })
  }

  @Test("rows of arrays are found by their identifiers alone") func rows() throws {
    let source = ManifestSource(paths: ["x.npy"], format: .array)
    let row = [Float(4), 5].flatMap(\.bitPattern.littleEndianBytes)
    let identifier = SampleIdentifier(sourceID: SampleKey.sourceID("0"), content: row)
    var search = TakedownSearch(list: "\(identifier)\n2\n")
    try search.look(in: .held(Self.vectors(4)), of: source, name: "clip", rule: .vector(width: 2))
    #expect(search.entries == ["clip": [identifier.description]] && search.missing == ["2"])
  }

  @Test("what is taken down is in no block any more, and is counted") func blocks() throws {
    let manifest: JSONValue = [
      "classes": ["up", "down"], "samples": ["image": ["size": 8]], "test": "t.tar", "corruptionImages": 0,
      "pools": [
        [
          "name": "web",
          "source": ["path": "a.tar", "takedown": ["up/3", .string(Self.identifier(5).description), "up/3"]],
        ]
      ],
    ]
    let dataset = try FilesKind().dataset(options: ["manifest": manifest, "directory": ""], place: "dataset")
    let block = try #require(dataset.description.part("web/0"))
    let request = PartRequest(parameters: block.parameters, sources: ["data": Self.shard(0..<10)])
    let built = try FilesKind().build(request, context: .unobserved)
    let labels = try NumPyArray(reading: built.objects["labels"]!, name: "labels")
    #expect(labels.shape == [8])
    let pool = try #require(dataset.description.part("web"))
    // Without a takedown list the block is the task it always was.
    let other = dataset.description.part("test/0")
    #expect(pool.inputs.contains("web/0") && other?.parameters["block"]?["takedown"] == nil)
    var survey = SourceSurvey()
    let source = try DatasetManifest(json: manifest, place: "m").pools[0].source
    try survey.add(.pictures(try ScratchFile(Self.shard(0..<10))), labels: nil, of: source, rule: Self.rule)
    #expect(survey.samples == 8 && survey.takenDown == 2)
  }

  @Test("the manifest's file keeps everything else as it was written") func manifest() throws {
    let json: JSONValue = [
      "classes": ["up", "down"], "samples": ["image": ["size": 8]], "test": "t.tar",
      "pools": [
        ["name": "web", "source": "a{0..3}.tar"],
        ["name": "ours", "source": ["path": "b.tar", "takedown": ["z"]], "licence": "MIT"],
      ],
      "sets": ["sketch": ["path": "s.tar"]],
    ]
    let changed = DatasetManifest.adding(
      takedown: ["web": ["k"], "ours": ["a", "z"], "test": ["t"], "set.sketch": ["s"]], to: json)
    #expect(changed["pools"]?.elements?[0]["source"] == ["path": "a{0..3}.tar", "takedown": ["k"]])
    #expect(changed["pools"]?.elements?[1]["source"]?["takedown"] == ["a", "z"])
    #expect(changed["test"] == ["path": "t.tar", "takedown": ["t"]])
    #expect(changed["sets"]?["sketch"]?["takedown"] == ["s"])
    #expect(try DatasetManifest(json: changed, place: "m").pools[0].source.takedown == ["k"])
  }
}
