import Core
import Formats
import Sweeps

/// Reads what samples say of themselves, and decides which may be used.
struct SampleStatements {
  private let parameters: OriginParameters
  /// Of arrays: what the files beside them say, one a sample.
  private let licences: [String?]?
  private let synthetic: [String?]?
  private var isAllowed: [String: Bool] = [:]

  /// Different licences that a pool may have.
  private static let licenceLimit = 1_000
  private static let lengthLimit = 200
  private static let yes: Set<String> = ["true", "yes", "1", "synthetic"]
  private static let no: Set<String> = ["false", "no", "0", "real"]

  /// What is wrong with what a sample says.
  struct Problem: Error {
    let reason: String
  }

  /// - Parameters:
  ///   - licences, synthetic: the files beside an array.
  /// - Throws: a ``DatasetError`` for a file that is damaged.
  init(_ parameters: OriginParameters, licences: [UInt8]? = nil, synthetic: [UInt8]? = nil) throws {
    self.parameters = parameters
    func column(_ file: [UInt8]?, _ field: SampleField?, _ name: String) throws -> [String?]? {
      guard let field, let file else { return nil }
      return try SampleColumn.texts(in: file, column: field.name, name: name)
    }
    self.licences = try column(licences, parameters.licence, "the licences")
    self.synthetic = try column(synthetic, parameters.synthetic, "the file that says what is synthetic")
  }

  /// Throws a ``DatasetError`` unless the files beside an array say something of `count` samples.
  func check(count: Int) throws {
    let needed: [(name: String, field: SampleField?, found: [String?]?)] = [
      ("the licences", parameters.licence, licences),
      ("the file that says what is synthetic", parameters.synthetic, synthetic),
    ]
    for (name, field, found) in needed where field != nil && found?.count != count {
      throw DatasetError(name, "there are \(found?.count ?? 0) of them for \(count) samples")
    }
  }

  /// What the sample in row `index` of an array says.
  func statement(ofRow index: Int) throws(Problem) -> SampleOrigins.Statement {
    try statement(licence: licences?[index], synthetic: synthetic?[index])
  }

  /// What an encoded sample says in its fields.
  func statement(_ field: (String) -> JSONValue?) throws(Problem) -> SampleOrigins.Statement {
    func text(_ place: SampleField?) -> String? {
      guard let name = place?.name, let value = field(name) else { return nil }
      if case .bool(let flag) = value { return flag ? "true" : "false" }
      return value.text ?? value.int.map(String.init)
    }
    return try statement(licence: text(parameters.licence), synthetic: text(parameters.synthetic))
  }

  private func statement(licence: String?, synthetic: String?) throws(Problem) -> SampleOrigins.Statement {
    let licence = licence.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
    if let licence, licence.utf8.count > Self.lengthLimit || licence.contains(where: \.isNewline) {
      throw Problem(reason: "its licence “\(licence.prefix(60))…” is no SPDX expression")
    }
    guard let word = synthetic?.lowercased(), !word.isEmpty else {
      return SampleOrigins.Statement(licence: licence, isSynthetic: nil)
    }
    guard Self.yes.contains(word) || Self.no.contains(word) else {
      throw Problem(reason: "whether it is synthetic is said by “\(word.prefix(60))”, not by true or false")
    }
    return SampleOrigins.Statement(licence: licence, isSynthetic: Self.yes.contains(word))
  }

  /// One sample that says so, counted.
  func counts(of statement: SampleOrigins.Statement) -> OriginCounts {
    OriginCounts(
      licences: parameters.licence == nil ? nil : [statement.licence: 1],
      synthetic: parameters.synthetic == nil ? nil : [statement.isSynthetic: 1])
  }

  /// Whether a sample that says so may be used; throws a ``DatasetError`` when there are more different licences than anybody has.
  mutating func allows(_ statement: SampleOrigins.Statement) throws -> Bool {
    guard parameters.licence != nil else { return true }
    guard let licence = statement.licence else { return parameters.allowed.isEmpty }
    if let known = isAllowed[licence] { return known }
    guard isAllowed.count < Self.licenceLimit else {
      throw DatasetError(
        "licences",
        "more than \(Self.licenceLimit) different ones, the last “\(licence.prefix(60))”: name the field that says the licence"
      )
    }
    let isAllowed = parameters.allowed.isEmpty || LicenceExpression(licence).isAllowed(by: parameters.allowed)
    self.isAllowed[licence] = isAllowed
    return isAllowed
  }
}

/// A column of words, one a sample, some of which may be missing.
private enum SampleColumn {
  /// The values of a Parquet file, of a table with a first line of names, or of a text with one line a sample; an empty one is
  /// nil. Throws a ``DatasetError``.
  static func texts(in file: [UInt8], column: String?, name: String) throws -> [String?] {
    if ParquetTexts.isParquet(file) {
      guard let column else { throw DatasetError(name, "name the column of the table with \"field\"") }
      return try ParquetTexts.values(column, of: file, name: name)
    }
    guard let column else {
      var lines = String(decoding: file, as: UTF8.self).split(
        omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      if lines.last == "" { lines.removeLast() }
      return lines.map { $0.isEmpty ? nil : String($0) }
    }
    let table = try CommaSeparatedValues(file, name: name)
    let head = table.records.first?.fields ?? []
    guard let place = head.firstIndex(of: column) else {
      throw DatasetError(name, "there is no such column: " + Suggestion.unknown(column, among: head))
    }
    return try table.records.dropFirst().map { record in
      guard place < record.fields.count else {
        throw CommaSeparatedValues.error(name, line: record.line, "there is no \(column)")
      }
      return record.fields[place].isEmpty ? nil : record.fields[place]
    }
  }
}
