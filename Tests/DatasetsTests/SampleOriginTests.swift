import Core
import Datasets
import Formats
import Numerics
import Samples
import Sweeps
import Testing

/// Licences and synthetic flags that stand beside single samples.
@Suite("What samples say of themselves") struct SampleOriginTests {
  private static let licences: [String?] = ["MIT", "CC-BY-4.0", nil, "MIT", "CC-BY-NC-4.0", "MIT OR GPL-3.0-only"]
  private static let synthetic: [JSONValue?] = [true, false, nil, "no", 1, "true"]

  /// Six pictures of two classes; their JSON says a licence and whether they are synthetic, some say nothing.
  private static func shard(_ changes: [Int: JSONValue] = [:]) -> [UInt8] {
    var writer = TarWriter()
    for number in 0..<6 {
      let pixels = [UInt8](repeating: UInt8(40 * number), count: 12 * 12 * 3)
      writer.add("\(number).png", TestPNG.bytes(pixels, height: 12, width: 12, channels: 3))
      writer.add("\(number).cls", Array(["up", "down"][number % 2].utf8))
      var members: [String: JSONValue] = [:]
      members["licence"] = licences[number].map { .string($0) }
      members["generated"] = changes[number] ?? synthetic[number]
      writer.add("\(number).json", JSONValue.object(members).canonical)
    }
    return writer.finished()
  }

  private static func pool(_ changes: [String: JSONValue] = [:]) -> JSONValue {
    let plain: [String: JSONValue] = [
      "name": "web", "source": "a.tar", "licence": ["field": "licence"], "synthetic": ["field": "generated"],
    ]
    return .object(plain.merging(changes) { _, new in new })
  }

  private static func dataset(
    _ pool: JSONValue = pool(), licences: [String] = [], samples: JSONValue = ["image": ["size": 8]]
  ) throws -> any Dataset {
    let manifest: JSONValue = [
      "classes": ["up", "down"], "samples": samples, "pools": [pool], "test": "a.tar", "damagedShare": 0.2,
    ]
    return try FilesKind().dataset(options: ["manifest": manifest], place: "dataset").allowing(licences)
  }

  /// The pool of `dataset`, with what its part says.
  private static func built(
    _ dataset: any Dataset, _ files: [String: [UInt8]]
  ) throws -> (pool: Pool, facts: PartFacts) {
    let paths = Dictionary(uniqueKeysWithValues: dataset.files.map { ($0.name, $0.path) })
    var objects: [String: [String: [UInt8]]] = [:]
    for name in ["web/0", "representation", "web"] {
      guard let part = dataset.description.part(name) else { continue }
      let request = PartRequest(
        parameters: part.parameters, sources: part.files.mapValues { files[paths[$0]!]! },
        inputs: objects.filter { part.inputs.contains($0.key) })
      let output = try FilesKind().build(request, context: .unobserved)
      objects[name] = output.objects
      if name == "web" { return (try Pool(objects: output.objects), output.facts) }
    }
    preconditionFailure("the pool is the last of the three")
  }

  @Test("each sample keeps its licence and its flag, and the pool counts them") func kept() throws {
    let (pool, facts) = try Self.built(Self.dataset(), ["a.tar": Self.shard()])
    let said = (0..<6).map { pool.origins?.statement(of: $0) }
    #expect(said.map { $0?.licence } == Self.licences)
    #expect(said.map { $0?.isSynthetic } == [true, false, nil, false, true, true])
    #expect(pool.licence == "MIT (2), CC-BY-4.0 (1), CC-BY-NC-4.0 (1), MIT OR GPL-3.0-only (1), unknown (1)")
    #expect(facts.statements.map(\.code.rawValue) == ["files/counted-synthetic", "files/unknown-synthetic"])
    #expect(facts.statements[0].numbers == ["count": 3, "samples": 6])
    #expect(try Pool(objects: pool.objects()) == pool)
    #expect(pool.origins?.selecting([4, 0]).statement(of: 0).licence == "CC-BY-NC-4.0")
  }

  @Test("samples under other licences are left out before anything is made of them, those without a licence too")
  func filtered() throws {
    let dataset = try Self.dataset(licences: ["CC-BY-4.0", "MIT"])
    let (pool, facts) = try Self.built(dataset, ["a.tar": Self.shard()])
    #expect(
      (0..<pool.count).map { pool.origins?.statement(of: $0).licence } == [
        "MIT", "CC-BY-4.0", "MIT", "MIT OR GPL-3.0-only",
      ])
    #expect(facts.notes.first { $0.code.rawValue == "files/other-licences" }?.numbers == ["count": 2])
    let none = try Self.dataset(licences: ["Apache-2.0"])
    let error = #expect(throws: DatasetError.self) { try Self.built(none, ["a.tar": Self.shard()]) }
    #expect(
      error?.description.contains("none of its samples is under a licence") == true, "\(error?.description ?? "")")
  }

  @Test("only pools whose samples have licences of their own are made anew for other licences") func identity() throws {
    func parameters(_ dataset: any Dataset) -> [String: JSONValue] {
      Dictionary(uniqueKeysWithValues: dataset.description.parts.map { ($0.name, $0.parameters) })
    }
    let (free, limited) = (parameters(try Self.dataset()), parameters(try Self.dataset(licences: ["MIT"])))
    #expect(free.keys.filter { free[$0] != limited[$0] } == ["web/0"])
    let plain = Self.pool(["licence": "MIT", "synthetic": false])
    #expect(try parameters(Self.dataset(plain)) == parameters(Self.dataset(plain, licences: ["MIT"])))
    #expect(try Self.dataset().options == Self.dataset(licences: ["MIT"]).options)
  }

  @Test("a flag that is neither true nor false makes a sample damaged, with the word that stands there") func unclear()
    throws
  {
    let (pool, facts) = try Self.built(Self.dataset(), ["a.tar": Self.shard([3: "perhaps"])])
    #expect(pool.count == 5)
    #expect(facts.notes.contains { $0.names.values.contains { $0.contains("“perhaps”, not by true or false") } })
  }

  @Test("a column with a licence for each sample that nobody else has is no column of licences") func tooMany() throws {
    var writer = TarWriter()
    let png = TestPNG.bytes([UInt8](repeating: 9, count: 12 * 12 * 3), height: 12, width: 12, channels: 3)
    for number in 0...1_000 {
      writer.add("\(number).png", png)
      writer.add("\(number).cls", Array("up".utf8))
      writer.add("\(number).json", JSONValue.object(["licence": .string("L-\(number)")]).canonical)
    }
    let error = #expect(throws: DatasetError.self) { try Self.built(Self.dataset(), ["a.tar": writer.finished()]) }
    #expect(error?.description.contains("more than 1000 different ones") == true, "\(error?.description ?? "")")
  }

  // MARK: Arrays

  private static func vectors(_ licence: JSONValue, _ files: [String: String]) throws -> Pool {
    let pool: JSONValue = [
      "name": "web", "source": ["path": "x.npy", "labels": "y.txt"], "licence": licence,
      "synthetic": ["file": "s.csv", "field": "made"],
    ]
    let rows = NumPyArray(shape: [3, 2], values: .float32([1, 2, 3, 4, 5, 6])).bytes
    let texts = ["y.txt": "up\ndown\nup\n", "s.csv": "name,made\na,true\nb,\nc,false\n"].merging(files) { _, own in own
    }
    return try built(
      dataset(pool, samples: ["vector": ["width": 2]]),
      texts.mapValues { Array($0.utf8) }.merging(["x.npy": rows]) { $1 }
    ).pool
  }

  @Test("of arrays, files beside them say it: a line or a row of a table a sample") func arrays() throws {
    let plain = try Self.vectors(["file": "l.txt"], ["l.txt": "MIT\n\nCC0-1.0\n"])
    #expect((0..<3).map { plain.origins?.statement(of: $0).licence } == ["MIT", nil, "CC0-1.0"])
    #expect((0..<3).map { plain.origins?.statement(of: $0).isSynthetic } == [true, nil, false])
    let table = try Self.vectors(["file": "s.csv", "field": "name"], [:])
    #expect((0..<3).map { table.origins?.statement(of: $0).licence } == ["a", "b", "c"])
    let short = #expect(throws: DatasetError.self) { try Self.vectors(["file": "l.txt"], ["l.txt": "MIT\n"]) }
    #expect(short?.description.contains("there are 1 of them for 3 samples") == true, "\(short?.description ?? "")")
    let column = #expect(throws: DatasetError.self) { try Self.vectors(["file": "s.csv", "field": "nmae"], [:]) }
    #expect(column?.description.contains("did you mean") == true || column?.description.contains("name") == true)
  }

  private static let mistakes: [(changes: [String: JSONValue], words: String)] = [
    (["licence": ["file": "x.txt"]], "the key of a sample's JSON"),
    (["licence": ["field": "a", "file": "x.txt"]], "files beside it belong to arrays"),
    (["licence": 3], "an SPDX expression"),
    (["synthetic": "by-sample"], "{\"field\": …}"),
    (["synthetic": ["fields": "a"]], "fields"),
    (["source": ["path": ["x.npy", "y.npy"]], "licence": ["file": "l.txt"]], "one file for each of the 2 files"),
  ]

  @Test("a place that cannot be is refused with the place that can", arguments: mistakes.indices)
  func refused(index: Int) throws {
    let (changes, words) = Self.mistakes[index]
    let error = #expect(throws: ConfigurationError.self) { try Self.dataset(Self.pool(changes)) }
    #expect(error?.problem.contains(words) == true, "\(error?.description ?? "")")
  }

  @Test("counts add up, and shares leave no doubt where nothing is unknown") func counts() {
    var counts = OriginCounts(licences: ["MIT": 2, nil: 1], synthetic: [true: 1, false: 2])
    counts.add(OriginCounts(licences: ["MIT": 1], synthetic: [nil: 1]))
    #expect(
      counts.licenceShares?.map(\.licence) == ["MIT", nil] && counts.licenceShares?.map(\.share) == [0.75, 0.25])
    #expect(counts.syntheticShare == 0.25...0.5)
    #expect(OriginCounts().licenceShares == nil && OriginCounts().syntheticShare == nil)
  }
}
