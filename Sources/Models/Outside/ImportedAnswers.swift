package import Core
import Formats

/// What was answered elsewhere for one trial: the files of a directory, as they travel with a sweep.
package struct ImportedAnswers {
  /// By name: the request that was answered, NumPy files of the answers, and what else is to be kept.
  let files: [String: [UInt8]]

  private static let kinds = ["logits", "predictions", "embeddings"]
  /// The forms of an array, in any of which it may be handed in.
  private static let endings = ["npy", "npz", "csv"]

  // MARK: On the machine that submits

  /// Whether a directory's file of this name is read.
  package static func reads(_ name: String) -> Bool {
    name == AnswerFiles.request || name == AnswerFiles.weights || answers(name)
  }

  /// Whether a file of this name answers something.
  package static func answers(_ name: String) -> Bool { array(name) != nil }

  /// `logits-3` for `logits-3.csv`; nil for the name of anything else.
  private static func array(_ name: String) -> (base: String, ending: String)? {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, endings.contains(parts[1]), let dash = parts[0].lastIndex(of: "-") else { return nil }
    let number = parts[0][parts[0].index(after: dash)...]
    guard kinds.contains(String(parts[0][..<dash])), Int(number).map({ "\($0)" == number && $0 >= 0 }) == true else {
      return nil
    }
    return (parts[0], parts[1])
  }

  /// Takes the files of one directory, arrays of any form as NumPy files.
  ///
  /// - Parameters:
  ///   - directory: for messages.
  /// - Throws: a ``DatasetError`` that names the file where one cannot be read, two say the same, or the request is missing.
  package init(_ files: [String: [UInt8]], directory: String) throws {
    guard files[AnswerFiles.request] != nil else {
      throw DatasetError(
        "\(directory)/\(AnswerFiles.request)",
        "the file is missing that says what was answered; `winnow import-outcomes --requests` writes it")
    }
    var taken: [String: [UInt8]] = [:]
    for (name, bytes) in files.sorted(by: { $0.key < $1.key }) where Self.reads(name) {
      guard let (base, ending) = Self.array(name) else {
        taken[name] = bytes
        continue
      }
      let place = "\(directory)/\(name)"
      guard taken["\(base).npy"] == nil else {
        throw DatasetError(place, "\(base) is there in two forms; leave one")
      }
      taken["\(base).npy"] =
        ending == "csv"
        ? try Self.table(bytes, place, isList: base.hasPrefix("predictions")).bytes
        : try ArrayFile.array(bytes, name: place).bytes
    }
    self.files = taken
  }

  /// Numbers in lines, without a header.
  ///
  /// - Parameter isList: one whole number a line is needed.
  private static func table(_ bytes: [UInt8], _ place: String, isList: Bool) throws -> NumPyArray {
    let table = try CommaSeparatedValues(bytes, name: place)
    let width = table.records.first?.fields.count ?? 0
    guard width > 0 else { throw DatasetError(place, "it holds no number") }
    var values: [Double] = []
    values.reserveCapacity(table.records.count * width)
    for record in table.records {
      guard record.fields.count == width else {
        throw CommaSeparatedValues.error(
          place, line: record.line, "it has \(record.fields.count) numbers, and the first line \(width)")
      }
      for field in record.fields {
        guard let number = table.number(field) else {
          throw CommaSeparatedValues.error(
            place, line: record.line,
            "\"\(field.prefix(40))\" is no number; one line a sample is needed, numbers with commas between, no header")
        }
        values.append(number)
      }
    }
    guard isList else { return NumPyArray(shape: [table.records.count, width], values: .float64(values)) }
    let whole = values.compactMap { Int64(exactly: $0) }
    guard width == 1, whole.count == values.count else {
      throw DatasetError(place, "one whole number a line is needed, the class of a sample")
    }
    return NumPyArray(shape: [whole.count], values: .int64(whole))
  }

  /// Whether they are whole, by what their own request asks: every set, its samples and classes, finite numbers. Throws a
  /// ``DatasetError`` that says what is wrong.
  package func check(directory: String) throws {
    let place = "\(directory)/\(AnswerFiles.request)"
    let request = try request(place)
    let sets = (request["sets"]?.elements ?? []).compactMap { set -> AnswerFiles.AskedSet? in
      guard let name = set["name"]?.text, let count = set["count"]?.int, (0...(1 << 32)).contains(count) else {
        return nil
      }
      return AnswerFiles.AskedSet(name: name, count: count)
    }
    guard let classes = request["classes"]?.int, (2...(1 << 20)).contains(classes), !sets.isEmpty,
      sets.count == request["sets"]?.elements?.count
    else { throw DatasetError(place, "it is no request; `winnow import-outcomes --requests` writes it again") }
    do {
      _ = try AnswerFiles(sets: sets, classes: classes, author: .elsewhere).content(files)
    } catch let error as DatasetError {
      throw DatasetError(directory, error.description)
    }
  }

  private func request(_ place: String) throws -> JSONValue {
    try JSONValue.parse(files[AnswerFiles.request] ?? [], source: place)
  }

  /// The form that travels: a tar of the files by name. Equal files give equal bytes.
  package var archive: [UInt8] {
    var writer = TarWriter()
    for (name, bytes) in files.sorted(by: { $0.key < $1.key }) { writer.add(name, bytes) }
    return writer.finished()
  }

  // MARK: On the worker

  /// Reads what ``archive`` wrote; throws a ``DatasetError`` for anything else.
  init(archive: [UInt8]) throws {
    let name = "the imported answers"
    var reader = TarReader(BytesStream(archive), name: name)
    var files: [String: [UInt8]] = [:]
    while let entry = try reader.next() {
      guard case .file(let member) = entry else { continue }
      files[member.path] = try reader.content(limit: archive.count)
    }
    self.files = files
  }

  /// Throws a ``DatasetError`` that names what differs unless they answer `asked`.
  func require(_ asked: JSONValue) throws {
    let answered = try request("the imported \(AnswerFiles.request)")
    guard answered.canonical != asked.canonical else { return }
    let keys = Set((answered.members ?? [:]).keys).union((asked.members ?? [:]).keys).sorted()
    let differing = keys.filter { answered[$0]?.canonical != asked[$0]?.canonical }
    throw DatasetError(
      "the imported answers",
      "they answer another request than this trial's: its \(differing.joined(separator: ", ")) "
        + "\(differing.count == 1 ? "differs" : "differ"); take the answers away, write the request again "
        + "(`winnow import-outcomes --requests`) and answer that")
  }
}

/// What is handed out so that somebody elsewhere can train and answer: the files of a program that trains, and digests of all arrays
/// in the request, so that answers to other samples are known.
package enum HandedOutTraining {
  /// Hands every file to `put`: its name, its digest, and what makes its bytes.
  package static func files(
    of set: TrainingSet, classes: Int, recipe: Recipe, seed: UInt64, questions: [Question],
    put: (String, Digest, [UInt8]) throws -> Void
  ) throws {
    let exchange = ProgramExchange(questions: questions, classes: classes, author: .elsewhere)
    var digests: [String: JSONValue] = [:]
    for name in exchange.fileNames {
      let bytes = exchange.array(name, set)
      let digest = Digest(of: bytes)
      digests[name] = .string(digest.description)
      try put(name, digest, bytes)
    }
    let request = exchange.request(training: set, recipe: recipe, seed: seed, digests: digests).prettyText
    try put(AnswerFiles.request, Digest(of: Array(request.utf8)), Array(request.utf8))
  }
}

extension ProgramExchange {
  /// What has to be answered.
  func asked(training set: TrainingSet, recipe: Recipe, seed: UInt64) -> JSONValue {
    var digests: [String: JSONValue] = [:]
    for name in fileNames { digests[name] = .string(Digest(of: array(name, set)).description) }
    return request(training: set, recipe: recipe, seed: seed, digests: digests)
  }

  fileprivate func request(
    training set: TrainingSet, recipe: Recipe, seed: UInt64, digests: [String: JSONValue]
  ) -> JSONValue {
    var members = request(training: set, recipe: recipe, seed: seed, options: [:]).members ?? [:]
    members["digests"] = .object(digests)
    return .object(members)
  }
}
