import Core
import Datasets
import Economics
import Samples
import Testing

@Suite struct DatasetManifestTests {
  private static func manifest(_ changes: [String: JSONValue?] = [:]) throws -> DatasetManifest {
    var members: [String: JSONValue] = [
      "classes": ["bird", ["id": "n01", "name": "fish"]],
      "samples": ["image": ["size": 32]],
      "pools": [
        ["name": "ours", "source": "photos/", "licence": "CC-BY-4.0", "labels": "expert"],
        ["name": "web", "source": ["path": "shards/{08..11}.tar", "classMap": ["chick": "bird", "cat": .null]]],
      ],
      "test": "test/",
    ]
    for (key, value) in changes { members[key] = value }
    return try DatasetManifest(json: .object(members), place: "mine.json")
  }

  @Test func whatIsLeftOutHasItsDefault() throws {
    let manifest = try Self.manifest()
    #expect(manifest.reference == "ours" && manifest.corruptionImages == 200 && manifest.damagedShare == 0.01)
    #expect(manifest.samples.shape == .image(height: 32, width: 32, channels: 3))
    #expect(manifest.classes.map(\.id) == ["bird", "n01"] && manifest.classes.map(\.name) == ["bird", "fish"])
    #expect(manifest.pools[0].label == .labelExpert && manifest.pools[1].label == nil)
    #expect(manifest.pools.map(\.source.format) == [.folder, .tar])
  }

  @Test func rangesOfFilesAreWrittenOut() throws {
    let source = try Self.manifest().pools[1].source
    #expect(source.paths == ["shards/08.tar", "shards/09.tar", "shards/10.tar", "shards/11.tar"])
    #expect(
      source.classMap.count == 2 && source.classMap["chick"] == .some("bird") && source.classMap["cat"] == .some(.none))
  }

  @Test func aManifestIsReadAsItIsWritten() throws {
    let full = try Self.manifest([
      "deployment": ["path": ["a.npy", "b.npy"], "labels": ["c.npy", "d.npy"]], "target": "field/",
      "sets": [
        "rendition": ["path": "r/", "mask": ["bird"]],
        "object": ["path": "o.tar", "map": ["bird": "animal", "n01": "animal"]],
        "ripeness": ["path": "p/", "task": ["green", "ripe"], "others": "leave-out"], "other": "q.tar",
      ], "damagedShare": 0.2, "corruptionImages": 10, "reference": "web",
    ])
    #expect(try DatasetManifest(json: full.json, place: "again") == full)
    #expect(full.sets.map(\.name) == ["object", "other", "rendition", "ripeness"])
    #expect(full.sets.map(\.meaning) == [.map([0, 0]), .classes, .mask([0]), .task])
  }

  @Test func aPoolOfTheFieldIsPhotographedAndOthersMayStandOnReferencePictures() throws {
    let manifest = try Self.manifest([
      "pools": [
        ["name": "ours", "source": "photos/", "labels": "expert"],
        ["name": "line-3", "source": "camera/", "labels": "expert", "role": "field"],
        ["name": "alike", "source": "found/", "prices": ["acquire", "retrieve"], "reference": 0.5],
      ]
    ])
    #expect(try DatasetManifest(json: manifest.json, place: "again") == manifest)
    #expect(manifest.pools.map(\.isField) == [false, true, false])
    #expect(manifest.pools[1].obtain == [.photograph] && manifest.pools[1].label == .labelExpert)
    let dataset = try FilesKind().dataset(options: ["directory": "/d", "manifest": manifest.json], place: "dataset")
    #expect(dataset.description.part(for: .field)?.name == "line-3")
    #expect(dataset.description.pools.map(\.supply.reference) == [nil, nil, Rate(0.5)])
  }

  private static let mistakes: [(key: String, value: JSONValue, place: String)] = [
    ("classes", ["bird"], "mine.json.classes"), ("classes", ["bird", "bird"], "mine.json.classes[1]"),
    ("classes", [["id": "a", "name": "b"], ["id": "c", "name": "b"]], "mine.json.classes[1]"),
    ("samples", ["image": ["size": 7]], "mine.json.samples.image.size"),
    ("samples", ["image": ["channels": 2]], "mine.json.samples.image.channels"),
    ("samples", [:], "mine.json.samples"), ("samples", ["vector": ["width": 4]], "mine.json.corruptionImages"),
    ("pools", [], "mine.json.pools"),
    ("pools", [["name": "a/b", "source": "x/"]], "mine.json.pools[0].name"),
    ("pools", [["name": "mixed", "source": "x/"]], "mine.json.pools[0].name"),
    ("pools", [["name": "a", "source": "x/"], ["name": "a", "source": "y/"]], "mine.json.pools"),
    ("pools", [["name": "a", "source": "x.bin"]], "mine.json.pools[0].source.path"),
    ("pools", [["name": "a", "source": "x{3..1}.tar"]], "mine.json.pools[0].source.path"),
    ("pools", [["name": "a", "source": "x{0..999999}.tar"]], "mine.json.pools[0].source.path"),
    ("pools", [["name": "a", "source": "x/", "prices": ["acquire", "acquire"]]], "mine.json.pools[0].prices"),
    ("pools", [["name": "a", "source": "x/", "prices": ["score"]]], "mine.json.pools[0].prices"),
    ("pools", [["name": "a", "source": ["path": "x/", "labels": "y.npy"]]], "mine.json.pools[0].source.labels"),
    ("pools", [["name": "a", "source": "x/", "license": "MIT"]], "mine.json.pools[0]"),
    ("pools", [["name": "a", "source": "x/", "role": "target"]], "mine.json.pools[0].role"),
    ("pools", [["name": "a", "source": "x/", "reference": 0.5]], "mine.json.pools"),
    (
      "pools", [["name": "a", "source": "x/", "role": "field"], ["name": "b", "source": "y/", "role": "field"]],
      "mine.json.pools"
    ),
    ("reference", "nobody", "mine.json.reference"), ("damagedShare", 2, "mine.json.damagedShare"),
    ("sets", ["x": ["path": "x/", "mask": ["whale"]]], "mine.json.sets.x.mask"),
    ("sets", ["x": ["path": "x/", "mask": ["bird"], "task": ["a", "b"]]], "mine.json.sets.x"),
    ("typo", true, "mine.json"),
  ]

  @Test(arguments: mistakes.indices) func mistakesAreNamedByTheirPlace(index: Int) {
    let (key, value, place) = Self.mistakes[index]
    let changes: [String: JSONValue?] =
      key == "samples" && place.hasSuffix("corruptionImages") ? [key: value, "corruptionImages": 5] : [key: value]
    let error = #expect(throws: ConfigurationError.self) { try Self.manifest(changes) }
    #expect(error?.place == place, "\(error?.description ?? "")")
  }
}
