import Core
import Formats
import Numerics
import Samples

/// How a block gets its features.
struct FeatureParameters: Hashable, Sendable {
  /// Numbers a sample.
  let width: Int
  /// For files of several arrays: the name of the one.
  let member: String?
  let keyField: String?
  /// How long a program may take; nil where features lie in a file.
  let seconds: Int?
  /// How a network makes them; nil where none does.
  let network: NetworkParameters?

  /// Whether they lie in files of their own; else something makes them of samples.
  var areGiven: Bool { seconds == nil && network == nil }

  init(
    width: Int, member: String? = nil, keyField: String? = nil, seconds: Int? = nil, network: NetworkParameters? = nil
  ) {
    (self.width, self.member, self.keyField, self.seconds) = (width, member, keyField, seconds)
    self.network = network
  }

  init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    width = try object.integer("width", in: 1...65_536) ?? 1
    (member, keyField) = (try object.string("member"), try object.string("keyField"))
    seconds = try object.integer("seconds", in: 1...Int(Int32.max))
    network = try object.object("network").map { nested in
      var nested = nested
      let parameters = try NetworkParameters(reading: &nested)
      try nested.finish()
      return parameters
    }
    try object.finish()
  }

  var json: JSONValue {
    var members: [String: JSONValue] = ["width": .integer(Int64(width))]
    members["member"] = member.map { .string($0) }
    members["keyField"] = keyField.map { .string($0) }
    members["seconds"] = seconds.map { .integer(Int64($0)) }
    members["network"] = network.map { .object($0.members) }
    return .object(members)
  }
}

/// The features that lie beside one file of a source, by the number or the key of each sample.
struct FeatureRows {
  private let rows: RowTable
  /// The row of each key; nil where row and sample have the same number.
  private let places: [String: Int]?

  /// Throws a ``DatasetError`` for a file that is damaged or of another width, for values that are not finite, and for keys
  /// that are not one a row or come twice.
  init(_ data: [UInt8], keys: [UInt8]?, _ parameters: FeatureParameters) throws {
    try self.init(RowTable(try Self.matrix(data, parameters, name: "the features")), keys: keys, parameters)
  }

  /// The same for rows that are read where they lie; nil for a file of another form.
  init?(_ file: MappedFile, keys: [UInt8]?, _ parameters: FeatureParameters) throws {
    guard parameters.member == nil, let rows = NumPyArray.rows(in: file), rows.columns == parameters.width else {
      return nil
    }
    let table = RowTable(rows)
    try table.forEachBlock { first, block in
      if let place = block.values.firstIndex(where: { !$0.isFinite }) {
        throw Self.notFinite("the features", row: first + place / rows.columns)
      }
    }
    try self.init(table, keys: keys, parameters)
  }

  private init(_ rows: RowTable, keys: [UInt8]?, _ parameters: FeatureParameters) throws {
    self.rows = rows
    guard let keys else {
      places = nil
      return
    }
    let names = try Self.names(keys, parameters.keyField)
    guard names.count == rows.rows else {
      throw DatasetError("the features", "there are \(names.count) keys for \(rows.rows) rows of features")
    }
    var places: [String: Int] = [:]
    for (row, name) in names.enumerated() where places.updateValue(row, forKey: name) != nil {
      throw DatasetError("the features", "the key \(name.prefix(200)) comes twice")
    }
    self.places = places
  }

  static func matrix(_ data: [UInt8], _ parameters: FeatureParameters, name: String) throws -> Matrix {
    let array = try ArrayFile.array(data, member: parameters.member, name: name)
    guard array.shape.count == 2, array.shape[1] == parameters.width, let values = array.values.floats else {
      throw DatasetError(
        name, "rows of \(parameters.width) numbers are needed, not an array of shape \(array.shape)")
    }
    if let place = values.firstIndex(where: { !$0.isFinite }) {
      throw notFinite(name, row: place / parameters.width)
    }
    return Matrix(rows: array.shape[0], columns: parameters.width, values: values)
  }

  private static func notFinite(_ name: String, row: Int) -> DatasetError {
    DatasetError(name, "row \(row) holds a value that is no finite number of single precision")
  }

  private static func names(_ keys: [UInt8], _ column: String?) throws -> [String] {
    if ParquetTexts.isParquet(keys) { return try ParquetTexts.column(column ?? "key", of: keys, name: "the keys") }
    if NumPyArray.isNumPy(keys) {
      let array = try ArrayFile.array(keys, name: "the keys")
      if case .text(let texts) = array.values { return texts }
      guard let numbers = array.values.integers else { throw DatasetError("the keys", "keys are words or numbers") }
      return numbers.map(String.init)
    }
    return String(decoding: keys, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
  }

  /// The features of a sample; nil where no row has its key, or the rows end before it.
  func row(_ index: Int, key: String?) -> [Float]? {
    guard let places else { return index < rows.rows ? rows.row(index) : nil }
    return key.flatMap { places[$0] }.map { rows.row($0) }
  }

  /// Throws a ``DatasetError`` unless rows that go by number are as many as the samples of the file.
  func check(count: Int) throws {
    guard places == nil, rows.rows != count else { return }
    throw DatasetError(
      "the features",
      "there are \(rows.rows) rows of features for \(count) samples; name their keys with \"keys\" where some are missing"
    )
  }
}
