import Core
import Formats

extension StrategyRow {
  /// A program in any language that reads what is known of the candidates and writes which of them to buy.
  static let external = {
    var row = StrategyRow(
      StrategyDescription(
        name: "external", summary: "what a program of your own chooses, in any language, over files",
        words: Words(english: "choose images as a program of your own does", japanese: "自分のプログラムのとおりに画像を選ぶ"),
        source: "–", needs: [],
        options: [
          .file("program", "the program: an executable, or a script that starts with #!"),
          OptionDescription(
            name: "needs", default: ["features", "labels"],
            values: .wordList([Need.features, .images, .labels, .target].map(\.rawValue)),
            meaning: "what the program is given of each candidate, and is charged for"),
          .keep, .pictures,
          .wholeNumber("passes", 0, in: 0...1_000, "forward passes of the program's own models per candidate, charged"),
          .wholeNumber("epochs", 0, in: 0...1_000, "epochs that the program trains on each candidate, charged"),
          .wholeNumber("seconds", 600, in: 1...86_400, "how long the program may take"),
          OptionDescription(
            name: "options", default: [:], values: .structure,
            meaning: "an object that the program finds in its request"),
        ])
    ) { count, setting in try ExternalChoice(setting).select(count) }
    row.needs = ExternalChoice.needs
    row.runsProgram = true
    row.ownModels = { Looking.OwnModels(passes: $0.wholeNumber("passes"), epochs: $0.wholeNumber("epochs")) }
    return row
  }()
}

/// The choice of a program.
private struct ExternalChoice {
  private let setting: Setting
  private let needs: Set<Need>

  init(_ setting: Setting) {
    self.setting = setting
    needs = Self.needs(setting.options)
  }

  static func needs(_ options: StrategyOptions) -> Set<Need> {
    let named = Set(options.words("needs").compactMap { Need(rawValue: $0) })
    // A target means nothing beside candidates of which no features are known.
    return named.contains(.target) ? named.union([.features]) : named
  }

  func select(_ count: Int) throws -> Selection {
    let outside = setting.evidence.outside
    guard let program = outside.files["program"] else { throw CurationError("the program was not given") }
    guard let run = outside.run else {
      throw CurationError(
        "this worker does not run programs that sweeps bring along; start it with --allow-programs if you trust them")
    }
    var files = try arrays()
    files["request.json"] = request(count, arrays: files.keys.sorted()).canonical
    let answer = try run(
      ProgramRun(
        program: program, files: files, answers: ["subset.npy", "subset.json"],
        seconds: setting.options.wholeNumber("seconds")),
      setting.context)
    return try ExternalAnswer(files: answer).selection(count: count, candidates: setting.candidates.count)
  }

  private func arrays() throws -> [String: [UInt8]] {
    let candidates = setting.candidates
    var files: [String: [UInt8]] = [:]
    func add(_ name: String, _ shape: [Int], _ values: NumPyArray.Values) {
      files["\(name).npy"] = NumPyArray(shape: shape, values: values).bytes
    }
    let points = try needs.isDisjoint(with: [.features, .target]) ? nil : setting.points(.distances)
    if needs.contains(.features), let features = points?.rows {
      add("features", [features.rows, features.columns], .float32(features.matrix.values))
    }
    if needs.contains(.labels) { add("labels", [candidates.count], .int32(candidates.labels)) }
    if needs.contains(.images), let images = candidates.images {
      let channels = images.channels > 1 ? [images.channels] : []
      add("images", [images.count, images.height, images.width] + channels, .uint8(images.pixels))
    }
    if needs.contains(.target), let target = try points?.requireTarget() {
      add("target", [target.rows, target.columns], .float32(target.values))
    }
    return files
  }

  private func request(_ count: Int, arrays: [String]) -> JSONValue {
    let candidates = setting.candidates
    return [
      "format": .integer(1), "count": .integer(Int64(count)), "candidates": .integer(Int64(candidates.count)),
      "classes": .integer(Int64(candidates.classCount)), "seed": .integer(Int64(candidates.seed)),
      "arrays": .array(arrays.map { .string($0) }), "options": setting.options.object("options"),
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
