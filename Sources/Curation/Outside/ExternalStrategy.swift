import Core
import Formats

/// A program in any language that reads what is known of the candidates and writes which of them to buy.
struct ExternalStrategy: SelectionStrategy {
  static let description = StrategyDescription(
    name: "external", summary: "what a program of your own chooses, in any language, over files",
    source: "–", needs: [],
    options: [
      .file("program", "the program: an executable, or a script that starts with #!"),
      OptionDescription(
        name: "needs", default: ["features", "labels"], values: .wordList(known.map(\.rawValue)),
        meaning: "what the program is given of each candidate, and is charged for"),
      .keep(0.5),
      .wholeNumber("passes", 0, in: 0...1_000, "forward passes of the program's own models per candidate, charged"),
      .wholeNumber("epochs", 0, in: 0...1_000, "epochs that the program trains on each candidate, charged"),
      .wholeNumber("seconds", 600, in: 1...86_400, "how long the program may take"),
      OptionDescription(
        name: "options", default: [:], values: .structure, meaning: "an object that the program finds in its request"),
    ])

  private static let known: [Need] = [.features, .images, .labels, .target]

  let needs: Set<Need>
  let ownModels: Looking.OwnModels
  private let seconds: Int
  private let options: JSONValue

  init(options: StrategyOptions) {
    let named = Set(options.words("needs").compactMap { Need(rawValue: $0) })
    // A target means nothing beside candidates of which no features are known.
    needs = named.contains(.target) ? named.union([.features]) : named
    ownModels = Looking.OwnModels(passes: options.wholeNumber("passes"), epochs: options.wholeNumber("epochs"))
    seconds = options.wholeNumber("seconds")
    self.options = options.object("options")
  }

  func select(
    _ count: Int, from candidates: Candidates, evidence: Evidence, shouldContinue: () -> Bool
  ) throws -> Selection {
    guard let program = evidence.outside.files["program"] else { throw CurationError("the program was not given") }
    guard let run = evidence.outside.run else {
      throw CurationError(
        "this worker does not run programs that sweeps bring along; start it with --allow-programs if you trust them")
    }
    var files = try arrays(of: candidates, evidence)
    files["request.json"] = request(count, candidates, arrays: files.keys.sorted()).canonical
    let answer = try run(
      ProgramRun(program: program, files: files, answers: ["subset.npy", "subset.json"], seconds: seconds),
      shouldContinue)
    return try ExternalAnswer(files: answer).selection(count: count, candidates: candidates.count)
  }

  private func arrays(of candidates: Candidates, _ evidence: Evidence) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    func add(_ name: String, _ shape: [Int], _ values: NumPyArray.Values) {
      files["\(name).npy"] = NumPyArray(shape: shape, values: values).bytes
    }
    let features = try needs.isDisjoint(with: [.features, .target]) ? nil : candidates.features()
    if needs.contains(.features), let features {
      add("features", [features.rows, features.columns], .float32(features.values))
    }
    if needs.contains(.labels) { add("labels", [candidates.count], .int32(candidates.labels)) }
    if needs.contains(.images), let images = candidates.images {
      add("images", [images.count, images.height, images.width], .uint8(images.pixels))
    }
    if needs.contains(.target), let features {
      let target = try evidence.targetFeatures(columns: features.columns)
      add("target", [target.rows, target.columns], .float32(target.values))
    }
    return files
  }

  private func request(_ count: Int, _ candidates: Candidates, arrays: [String]) -> JSONValue {
    [
      "format": .integer(1), "count": .integer(Int64(count)), "candidates": .integer(Int64(candidates.count)),
      "classes": .integer(Int64(candidates.classCount)), "seed": .integer(Int64(candidates.seed)),
      "arrays": .array(arrays.map { .string($0) }), "options": options,
    ]
  }
}

/// What a program wrote: row numbers of the candidates, in order of choice.
private struct ExternalAnswer {
  let indices: [Int]
  let gains: [Double]?

  /// Throws a ``CurationError`` that says what is wrong with the answer.
  init(files: [String: [UInt8]]) throws {
    if let bytes = files["subset.json"] {
      let json = try JSONValue.parse(bytes, source: "the program's subset.json")
      guard let elements = json["indices"]?.elements, case let indices = elements.compactMap(\.int),
        indices.count == elements.count
      else { throw CurationError("the program's subset.json holds no list of whole numbers under \"indices\"") }
      self.indices = indices
      gains = json["gains"]?.elements.map { $0.map { $0.double ?? .nan } }
    } else if let bytes = files["subset.npy"] {
      guard let indices = try NumPyArray(reading: bytes, name: "the program's subset.npy").values.integers else {
        throw CurationError("the program's subset.npy holds no whole numbers")
      }
      (self.indices, gains) = (indices, nil)
    } else {
      throw CurationError("the program ended without writing subset.npy or subset.json")
    }
  }

  func selection(count: Int, candidates: Int) throws -> Selection {
    guard indices.count <= count else {
      throw CurationError("the program chose \(indices.count) candidates, but the budget buys \(count)")
    }
    if let wrong = indices.first(where: { !(0..<candidates).contains($0) }) {
      throw CurationError("the program chose candidate \(wrong), but they are numbered from 0 to \(candidates - 1)")
    }
    guard Set(indices).count == indices.count else { throw CurationError("the program chose a candidate twice") }
    guard gains.map({ $0.count == indices.count && $0.allSatisfy(\.isFinite) }) ?? true else {
      throw CurationError("the program's \"gains\" are not one number for each index")
    }
    return Selection(indices, gains: gains)
  }
}
