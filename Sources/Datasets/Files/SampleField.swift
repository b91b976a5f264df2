import Core

/// Where a source says something of each of its samples: `{"field": "licence"}`, or for arrays
/// `{"file": PATH or [PATH …], "field"}`.
package struct SampleField: Hashable, Sendable {
  /// A key of a sample's JSON, a column of its table or of the file; nil for a file without columns.
  package let name: String?
  /// For arrays: one file for each.
  package let paths: [String]

  private init(name: String?, paths: [String]) { (self.name, self.paths) = (name, paths) }

  /// Reads the object. Throws a ``ConfigurationError`` where it does not fit `source`.
  init(json: JSONValue, of source: ManifestSource, place: String) throws {
    var object = try StrictObject(json, place: place)
    (name, paths) = (try object.string("field"), try ManifestSource.paths("file", &object))
    try object.finish()
    guard !source.format.holdsFiles else {
      guard let name, !name.isEmpty else {
        throw object.error("field", "the key of a sample's JSON, or the column of its table, is needed")
      }
      guard paths.isEmpty else {
        throw object.error("file", "files beside it belong to arrays; this is \(source.format.rawValue)")
      }
      return
    }
    guard paths.count == source.paths.count else {
      throw object.error(
        "file", "one file for each of the \(source.paths.count) files of the source is needed, not \(paths.count)")
    }
  }

  var json: JSONValue {
    var members: [String: JSONValue] = [:]
    members["field"] = name.map { .string($0) }
    if !paths.isEmpty {
      members["file"] = paths.count == 1 ? .string(paths[0]) : .array(paths.map { .string($0) })
    }
    return .object(members)
  }

  // MARK: In tasks

  /// What the content of a block depends on.
  var parameters: JSONValue { ["field": name.map { .string($0) } ?? .null] }

  init(parameters: JSONValue, place: String) throws {
    var object = try StrictObject(parameters, place: place)
    (name, paths) = (try object.string("field"), [])
    try object.finish()
  }
}

/// What the samples of one file of a pool may say of themselves, for a survey.
package struct PoolOrigin {
  private let parameters: OriginParameters
  private let licences: [UInt8]?
  private let synthetic: [UInt8]?

  /// nil where `pool` says it of all samples.
  ///
  /// - Parameter content: of the file at a path of the manifest; asked for what lies beside the pool's file `number`.
  package init?(_ pool: ManifestPool, number: Int, content: (String) throws -> [UInt8]) rethrows {
    guard let parameters = OriginParameters(pool) else { return nil }
    func beside(_ field: SampleField?) throws -> [UInt8]? {
      guard let field, number < field.paths.count else { return nil }
      return try content(field.paths[number])
    }
    self.parameters = parameters
    (licences, synthetic) = (try beside(pool.licenceField), try beside(pool.syntheticField))
  }

  func statements() throws -> SampleStatements {
    try SampleStatements(parameters, licences: licences, synthetic: synthetic)
  }
}

extension ManifestPool {
  /// The columns of a folder's table that have to be read with its pictures.
  package var fieldNames: Set<String> { OriginParameters(self)?.fieldNames ?? [] }
}

/// What the samples of a block say of themselves, and which of them may be used.
struct OriginParameters: Hashable, Sendable {
  let licence: SampleField?
  let synthetic: SampleField?
  /// The licences that a sweep allows; empty for any.
  let allowed: [String]

  /// nil where nothing is said of single samples.
  init?(_ pool: ManifestPool, allowed: [String] = []) {
    guard pool.licenceField != nil || pool.syntheticField != nil else { return nil }
    (licence, synthetic) = (pool.licenceField, pool.syntheticField)
    self.allowed = licence == nil ? [] : allowed.sorted()
  }

  init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    licence = try object.value("licence").map { try SampleField(parameters: $0, place: object.path("licence")) }
    synthetic = try object.value("synthetic").map { try SampleField(parameters: $0, place: object.path("synthetic")) }
    allowed = try object.list("allowed", "names of licences", \.text)
    try object.finish()
  }

  var json: JSONValue {
    var members: [String: JSONValue] = [:]
    members["licence"] = licence?.parameters
    members["synthetic"] = synthetic?.parameters
    if !allowed.isEmpty { members["allowed"] = .array(allowed.map { .string($0) }) }
    return .object(members)
  }

  /// The columns of a folder's table that have to travel with its pictures.
  var fieldNames: Set<String> { Set([licence?.name, synthetic?.name].compactMap(\.self)) }
}
