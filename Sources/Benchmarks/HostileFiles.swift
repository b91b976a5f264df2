import Core
import Datasets
import Files
import Formats
import Foundation
import Samples

/// Feeds files that were made to do harm to every reader, and says what became of each.
///
/// A file is answered when it is read, refused with a sentence, or read with something left out. A crash ends the program: the
/// file that did it is `case` in the directory. Memory is bounded by what is asked for with `--megabytes`: the process may not
/// map more.
enum HostileFiles {
  /// `[DIRECTORY] [--count N] [--seed N] [--fixtures DIR] [--megabytes N]`: N mutations of each seed file; further seed files of
  /// formats that Winnow does not write (WebP, TIFF, Parquet) from a directory.
  static func run(arguments: [String]) throws {
    var (directory, count, seed, fixtures, megabytes) = ("hostile", 200, 0, String?.none, 6_000)
    var rest = arguments[...]
    while let word = rest.popFirst() {
      switch word {
      case "--count": count = rest.popFirst().flatMap(Int.init) ?? count
      case "--seed": seed = rest.popFirst().flatMap(Int.init) ?? seed
      case "--megabytes": megabytes = rest.popFirst().flatMap(Int.init) ?? megabytes
      case "--fixtures": fixtures = rest.popFirst()
      default: directory = word
      }
    }
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    var limit = rlimit(rlim_cur: rlim_t(megabytes) << 20, rlim_max: rlim_t(megabytes) << 20)
    guard setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0 else {
      throw ConfigurationError(place: "--megabytes", problem: "the limit cannot be set")
    }
    var seeds = HostileSeeds.written
    if let fixtures { seeds += try HostileSeeds.found(in: fixtures) }
    for group in Dictionary(grouping: seeds, by: \.format).sorted(by: { $0.key < $1.key }) {
      try report(group.key, group.value, count: count, seed: UInt64(seed), in: directory)
    }
    try paths(in: directory)
  }

  private static func report(
    _ format: String, _ seeds: [HostileSeeds.Seed], count: Int, seed: UInt64, in directory: String
  ) throws {
    var outcomes: [String: Int] = [:]
    var slowest = 0.0
    for file in seeds {
      for number in 0..<count {
        var generator = SeededGenerator(seed: seed &+ UInt64(number), purpose: "hostile \(file.name)")
        let bytes = number == 0 ? file.bytes : mutated(file.bytes, &generator)
        try FileWriting.write("\(directory)/case", bytes)
        let started = MonotonicClock.now
        outcomes[answer(to: bytes, file, at: "\(directory)/case"), default: 0] += 1
        slowest = max(slowest, MonotonicClock.now.seconds(since: started))
      }
    }
    let words = outcomes.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    print("\(format): \(seeds.count * count) files: \(words); the slowest \((slowest * 100).rounded() / 100) s")
  }

  /// What a reader of the format makes of it.
  private static func answer(to bytes: [UInt8], _ file: HostileSeeds.Seed, at path: String) -> String {
    do {
      return try file.read(bytes, path)
    } catch is DatasetError {
      return "refused"
    } catch is ImageProblem {
      return "refused"
    } catch is FileError {
      return "refused"
    } catch is ConfigurationError {
      return "refused"
    } catch {
      return "answered with another error: \(error)"
    }
  }

  /// Bits turned, bytes cut, doubled, moved, and numbers made extreme.
  private static func mutated(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0...generator.integer(below: 6) {
      guard !bytes.isEmpty else { return bytes }
      let place = generator.integer(below: bytes.count)
      switch generator.integer(below: 7) {
      case 0: bytes[place] ^= 1 << UInt8(generator.integer(below: 8))
      case 1: bytes[place] = UInt8(generator.integer(below: 256))
      case 2: bytes.removeLast(bytes.count - place)
      case 3: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 64)], at: place)
      case 4: bytes.removeSubrange(place..<min(bytes.count, place + 1 + generator.integer(below: 64)))
      case 5:
        let extreme: [UInt8] = [[0xFF, 0xFF, 0xFF, 0xFF], [0x7F, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0]][
          generator.integer(below: 3)]
        bytes.replaceSubrange(place..<min(bytes.count, place + 4), with: extreme)
      default: bytes += (0..<generator.integer(below: 256)).map { _ in UInt8(generator.integer(below: 256)) }
      }
    }
    return bytes
  }

  /// Archives whose names and sizes lie: nothing may be written, and nothing outside read.
  private static func paths(in directory: String) throws {
    let names = [
      "../../etc/passwd.png", "/etc/passwd.png", "a/../../b.png", "a\nb.png", "\u{202E}gnp.png", "a//b.png", "./a.png",
      String(repeating: "n", count: 4_090) + ".png", String(repeating: "n", count: 5_000) + ".png", "é\u{301}.png",
      ".png", "a.", "__init__.png", "C:\\windows.png", "con.png", "a.pkl", "a.jpg.png",
    ]
    let before = try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
    var outcomes: [String: Int] = [:]
    let png = PNGWriter.bytes([UInt8](repeating: 1, count: 64), height: 8, width: 8, channels: 1)
    for name in names {
      var writer = TarWriter()
      writer.add(name, png)
      try FileWriting.write("\(directory)/case", writer.finished())
      let report = try WebDatasetShard.list("\(directory)/case") { _ in }
      let reasons = report.counts.keys.map(\.rawValue).sorted().joined(separator: "+")
      outcomes[report.entries > 0 ? "listed" : reasons.isEmpty ? "passed over" : reasons, default: 0] += 1
    }
    let after = try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
    let words = outcomes.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    print("names in tars: \(names.count): \(words); files written outside: \(Set(after).subtracting(before).count)")
  }
}
