package import Core

/// Something that a reader should know of a trial, a part or a purchase: a code with numbers and names. Outcomes store it,
/// reports word it in each language, so that a better sentence changes no outcome.
///
/// A string literal is the remark of that code, without numbers.
package struct Remark: Hashable, Sendable, ExpressibleByStringLiteral {
  /// Says what is meant: `all-bought`. Whoever makes remarks adds codes in an extension.
  package struct Code: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }
    package init(stringLiteral value: String) { rawValue = value }
  }

  package let code: Code
  /// What the words of the code call `{name}`, finite. Shares are fractions.
  package let numbers: [String: Double]
  /// Names that people gave (shifts, strategies), by the name that the words call them.
  package let names: [String: String]

  package init(_ code: Code, numbers: [String: Double] = [:], names: [String: String] = [:]) {
    self.code = code
    self.numbers = numbers
    self.names = names
  }

  package init(stringLiteral value: String) { self.init(Code(rawValue: value)) }

  /// A sentence of release 1, which stored English.
  package init(sentence: String) { self.init(.sentence, names: ["text": sentence]) }

  /// The sentence of release 1 that this is; nil for every other remark.
  package var sentence: String? { code == .sentence ? names["text"] : nil }

  /// A sentence is written as the string that release 1 wrote.
  package var json: JSONValue {
    if let sentence { return .string(sentence) }
    var members: [String: JSONValue] = ["code": .string(code.rawValue)]
    if !numbers.isEmpty { members["numbers"] = .object(numbers.mapValues { .number($0) }) }
    if !names.isEmpty { members["names"] = .object(names.mapValues { .string($0) }) }
    return .object(members)
  }

  /// Reads what ``json`` writes; throws a ``ConfigurationError`` on anything else.
  package init(json: JSONValue, place: String) throws {
    if let text = json.text {
      self.init(sentence: text)
      return
    }
    var object = try StrictObject(json, place: place)
    guard let code = try object.string("code"), !code.isEmpty, code != Code.sentence.rawValue else {
      throw object.error("code", "the code of a remark is needed")
    }
    let numbers = try object.members("numbers", "numbers", \.double)
    let names = try object.members("names", "strings", \.text)
    try object.finish()
    self.init(Code(rawValue: code), numbers: numbers, names: names)
  }

  /// Reads a list of remarks; an absent one is empty.
  package static func list(_ values: [JSONValue]?, place: String) throws -> [Remark] {
    try (values ?? []).enumerated().map { try Remark(json: $1, place: "\(place)[\($0)]") }
  }
}

extension Remark.Code {
  /// An English sentence of release 1.
  package static let sentence: Self = "sentence"
  /// The row is a reference that nobody can achieve.
  package static let reference: Self = "reference"
  /// All `{count}` samples of the pool were bought.
  package static let allBought: Self = "all-bought"
  /// All `{count}` samples of the pool were looked at, and `{bought}` bought.
  package static let allLookedAt: Self = "all-looked-at"
  /// Only `{bought}` samples were acceptable, although the budget allows `{allowed}`.
  package static let fewAcceptable: Self = "few-acceptable"
  /// The `{money}` for `{shift}` buy nothing.
  package static let buysNothing: Self = "buys-nothing"
  /// The files are the organisation's own.
  package static let ownFiles: Self = "own-files"
  /// Each sample is labelled as its part does.
  package static let asEachPart: Self = "as-each-part"
  /// Of `{splits}` splits tried, the model of the best was right about `{right}` of `{validation}` validation samples.
  package static let splitSearched: Self = "split-searched"
  /// The predictions were made elsewhere and handed in.
  package static let imported: Self = "imported"
  /// The model said which class, and not how sure it is.
  package static let withoutProbabilities: Self = "without-probabilities"
  /// The model did not say where samples lie; its logits stand for embeddings.
  package static let withoutEmbeddings: Self = "without-embeddings"
}
