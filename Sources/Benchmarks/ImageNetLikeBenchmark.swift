import Core
import Files
import Formats
import Foundation

/// Writes a data set of the shape of ImageNet++: six pools of JPEGs in WebDataset tars with the keys, labels and gaps of the
/// published ones, a test set, a manifest and a sweep, to try everything from tars to report on.
///
/// One tar of `retrieval-image` is missing and one of `crowdsourced` ends in the middle of a sample, as happens to those who
/// download them. Labels are the number of a class in `idx` of the JSON (some of it out of range), the number before `/` of the
/// key, or the member `cls`.
enum ImageNetLikeBenchmark {
  private struct Shape {
    var directory = "imagenet-like"
    var classes = 1_000
    var perClass = 10
    var side = 96
    var shardSize = 2_000
  }

  private enum Labels { case index, key, member }

  private struct PoolShape {
    let name: String
    let file: String
    let labels: Labels
    let quality: Int
    /// The share of samples that show another class than they say.
    let wrong: Double
    let licence: String?
    let origin: String
    let synthetic: Bool
  }

  private static let pools = [
    PoolShape(
      name: "expert", file: "expert-%", labels: .member, quality: 90, wrong: 0, licence: "LicenseRef-ImageNet",
      origin: "expert", synthetic: false),
    PoolShape(
      name: "crowdsourced", file: "%", labels: .index, quality: 85, wrong: 0.1, licence: "CC-BY-4.0", origin: "crowd",
      synthetic: false),
    PoolShape(
      name: "retrieval-image", file: "modified_%", labels: .key, quality: 75, wrong: 0.3, licence: nil, origin: "query",
      synthetic: false),
    PoolShape(
      name: "retrieval-text", file: "%", labels: .key, quality: 75, wrong: 0.25, licence: "Apache-2.0",
      origin: "caption", synthetic: false),
    PoolShape(
      name: "synthetic-image", file: "%", labels: .key, quality: 95, wrong: 0.15, licence: "MIT", origin: "prompt",
      synthetic: true),
    PoolShape(
      name: "synthetic-text", file: "%", labels: .index, quality: 95, wrong: 0.2, licence: "MIT", origin: "prompt",
      synthetic: true),
  ]

  /// `DIRECTORY [--classes N] [--per-class N] [--side PIXELS] [--shard SAMPLES]`.
  static func run(arguments: [String]) throws {
    var shape = Shape()
    var rest = arguments[...]
    while let word = rest.popFirst() {
      guard word.hasPrefix("--") else {
        shape.directory = word
        continue
      }
      guard let value = rest.popFirst().flatMap(Int.init), value > 0 else {
        throw ConfigurationError(place: word, problem: "a number above 0 is needed")
      }
      switch word {
      case "--classes": shape.classes = min(1_000, max(2, value))
      case "--per-class": shape.perClass = value
      case "--side": shape.side = min(1_000, max(16, value))
      case "--shard": shape.shardSize = value
      default: throw ConfigurationError(place: word, problem: "there is no such option")
      }
    }
    try write(shape)
  }

  private static func write(_ shape: Shape) throws {
    var sources: [JSONValue] = []
    for (number, pool) in pools.enumerated() {
      let folder = "\(shape.directory)/\(pool.name)"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let names = try shards(of: pool, number: number, shape, in: folder, count: shape.classes * shape.perClass)
      sources.append(source(of: pool, names))
      print("\(pool.name): \(names.count) tars")
    }
    let test = PoolShape(
      name: "test", file: "val-%", labels: .member, quality: 90, wrong: 0, licence: nil, origin: "expert",
      synthetic: false)
    let folder = "\(shape.directory)/test"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let names = try shards(of: test, number: 99, shape, in: folder, count: shape.classes * 5)
    let manifest: JSONValue = [
      "classes": .array(
        (0..<shape.classes).map { ["id": .string(String($0)), "name": .string("n\(10_000_000 + $0) kind \($0)")] }),
      "samples": ["image": ["size": 32]], "pools": .array(sources), "corruptionImages": 50, "damagedShare": 0.05,
      "test": ["path": .array(names.map { .string("test/\($0)") }), "format": "tar"],
    ]
    let sweep: JSONValue = [
      "name": "ImageNet++-shaped", "dataset": "mine.json", "strategies": ["random", "class-balanced"],
      "budgets": [20], "seeds": 1, "models": ["probe"],
    ]
    for (name, json) in [("mine.json", manifest), ("sweep.json", sweep)] {
      try FileWriting.write("\(shape.directory)/\(name)", Array((json.prettyText + "\n").utf8))
    }
    print("\(shape.directory)/sweep.json buys from \(shape.directory)/mine.json")
  }

  /// Writes the tars and answers the names of those that are there.
  private static func shards(
    of pool: PoolShape, number: Int, _ shape: Shape, in folder: String, count: Int
  ) throws -> [String] {
    var names: [String] = []
    let shards = (count + shape.shardSize - 1) / shape.shardSize
    for shard in 0..<shards {
      let name = pool.file.replacing("%", with: digits(shard)) + ".tar"
      // As `modified_00473.tar` of the published set.
      if pool.name == "retrieval-image", shard == shards / 2, shards > 1 { continue }
      var writer = TarWriter()
      for sample in shard * shape.shardSize..<min(count, (shard + 1) * shape.shardSize) {
        try add(sample, of: pool, number: number, shape, to: &writer)
      }
      var bytes = writer.finished()
      if pool.name == "crowdsourced", shard == shards - 1 { bytes.removeLast(bytes.count / 3) }
      try FileWriting.write("\(folder)/\(name)", bytes)
      names.append(name)
    }
    return names
  }

  private static func add(
    _ sample: Int, of pool: PoolShape, number: Int, _ shape: Shape, to writer: inout TarWriter
  ) throws {
    // Every class comes evenly, in an order that is not theirs.
    let label = (sample * 379) % shape.classes
    var generator = SeededGenerator(seed: UInt64(sample), purpose: "imagenet-like \(number)")
    let isWrong = generator.uniform() < pool.wrong
    let shown = isWrong ? generator.integer(below: shape.classes) : label
    let pixels = picture(of: shown, side: shape.side, &generator)
    guard
      let content = JPEGWriter.bytes(pixels, height: shape.side, width: shape.side, channels: 3, quality: pool.quality)
    else { throw ConfigurationError(place: "memory", problem: "there is not enough") }
    let key: String
    var description: [String: JSONValue] = ["width": .integer(Int64(shape.side)), "status": "success"]
    switch pool.labels {
    case .key: key = "\(label)/\(label)_\(sample)"
    case .member: key = digits(sample, 9)
    case .index:
      key = "\(label)_\(sample)"
      // The authors' readers take idx only from 0 to 999, then the label.
      let isOdd = sample % 50 == 7
      description["idx"] = isOdd ? 1_203 : .integer(Int64(label))
      description["label"] = .integer(Int64(label))
    }
    writer.add("\(key).jpg", content)
    if pool.labels == .member { writer.add("\(key).cls", Array(String(label).utf8)) }
    writer.add("\(key).json", JSONValue.object(description).canonical)
  }

  private static func source(of pool: PoolShape, _ names: [String]) -> JSONValue {
    var source: [String: JSONValue] = [
      "path": .array(names.map { .string("\(pool.name)/\($0)") }), "format": "tar",
    ]
    switch pool.labels {
    case .index: source["labelField"] = ["idx", "label"]
    case .key: source["labelField"] = "__key__"
    case .member: break
    }
    var members: [String: JSONValue] = [
      "name": .string(pool.name), "source": .object(source), "labels": .string(pool.origin),
      "synthetic": .bool(pool.synthetic),
    ]
    members["licence"] = pool.licence.map { .string($0) }
    return .object(members)
  }

  /// A field of two colours and a stripe, which only the class decides, with its place and brightness at random.
  private static func picture(of label: Int, side: Int, _ generator: inout SeededGenerator) -> [UInt8] {
    var style = SeededGenerator(seed: UInt64(label), purpose: "imagenet-like class")
    let colours = (0..<3).map { _ in (0..<3).map { _ in style.integer(below: 256) } }
    let (angle, width) = (style.integer(below: 4), 4 + style.integer(below: side / 4))
    let (shift, light) = (generator.integer(below: side), generator.integer(below: 60) - 30)
    var pixels = [UInt8](repeating: 0, count: side * side * 3)
    for y in 0..<side {
      for x in 0..<side {
        let along = [x, y, x + y, x - y + side][angle] + shift
        let colour = colours[along / width % 3]
        let noise = (x &* 7 &+ y &* 13 &+ shift) % 17 - 8
        for channel in 0..<3 {
          pixels[(y * side + x) * 3 + channel] = UInt8(min(255, max(0, colour[channel] + light + noise)))
        }
      }
    }
    return pixels
  }

  private static func digits(_ number: Int, _ count: Int = 5) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, count - text.count)) + text
  }
}
