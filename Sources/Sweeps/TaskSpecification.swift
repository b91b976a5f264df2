package import Core

/// What a task does: the name of a row of the table of task kinds.
package struct TaskKindName: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let name: String

  package init(_ name: String) { self.name = name }

  /// Builds one part of a data set: a candidate pool, a representation, the evaluation sets.
  package static let part = TaskKindName("part")
  /// Computes scores over a pool's candidates by training proxy models.
  package static let score = TaskKindName("score")
  /// Chooses a subset, trains on it and measures every utility that does not depend on the deployment.
  package static let trial = TaskKindName("trial")
  /// Measures a trial's network and subset on one more labelled set.
  package static let measure = TaskKindName("measure")
  /// Does nothing; for measuring the cluster itself.
  package static let nothing = TaskKindName("nothing")

  package var description: String { name }
  package static func < (left: TaskKindName, right: TaskKindName) -> Bool { left.name < right.name }

  /// Reads a name: 1 to 32 small letters and hyphens.
  package init?(reading name: String) {
    guard (1...32).contains(name.utf8.count), name.utf8.allSatisfy({ (97...122).contains($0) || $0 == 45 }) else {
      return nil
    }
    self.name = name
  }
}

/// Everything that affects a task's output, and nothing else: no host, path, time or user-facing name.
package struct TaskSpecification: Hashable, Sendable {
  package let kind: TaskKindName
  /// The parameters, an object.
  package let parameters: JSONValue
  /// The tasks whose outputs this one reads, by the name it knows them under.
  package let inputs: [String: TaskID]
  /// Raw data it reads, by the name it knows it under.
  package let sources: [String: Digest]
  /// The version of each algorithm used, by name.
  package let algorithms: [String: Int]
  /// The BLAS kernel it must be computed with; nil for any.
  package let numericsCore: String?
  /// The digest of ``json``.
  package let id: TaskID

  package init(
    kind: TaskKindName, parameters: JSONValue, inputs: [String: TaskID] = [:], sources: [String: Digest] = [:],
    algorithms: [String: Int] = [:], numericsCore: String? = nil
  ) {
    self.kind = kind
    self.parameters = parameters
    self.inputs = inputs
    self.sources = sources
    self.algorithms = algorithms
    self.numericsCore = numericsCore
    id = TaskID(
      Digest(
        of: Self.json(kind, parameters, inputs, sources, algorithms, numericsCore).canonical))
  }

  package var json: JSONValue { Self.json(kind, parameters, inputs, sources, algorithms, numericsCore) }

  /// Reads the canonical bytes of ``json``, as stores and grants hold them; throws like ``init(json:place:)``.
  package init(bytes: [UInt8], place: String) throws {
    try self.init(json: try JSONValue.parse(bytes, source: place), place: place)
  }

  /// Reads what ``json`` writes; the identity is recomputed, never believed.
  package init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    guard let kind = try object.string("kind").flatMap({ TaskKindName(reading: $0) }) else {
      throw object.error("kind", "the name of a kind of task is needed here")
    }
    let inputs = try Self.named("inputs", &object) { $0.text.flatMap { TaskID($0) } }
    let sources = try Self.named("sources", &object) { $0.text.flatMap { Digest($0) } }
    let algorithms = try Self.named("algorithms", &object) { $0.int }
    self.init(
      kind: kind, parameters: try object.require("parameters"), inputs: inputs, sources: sources,
      algorithms: algorithms, numericsCore: try object.string("numericsCore"))
    try object.finish()
  }

  private static func named<Value>(
    _ key: String, _ object: inout StrictObject, read: (JSONValue) -> Value?
  ) throws -> [String: Value] {
    guard let members = object.value(key)?.members else { throw object.error(key, "an object is needed here") }
    let place = object.path(key)
    return try Dictionary(
      uniqueKeysWithValues: members.map { name, value in
        guard let read = read(value) else {
          throw ConfigurationError(
            place: "\(place).\(name)", problem: "\(value.canonicalText.prefix(80)) cannot be read")
        }
        return (name, read)
      })
  }

  private static func json(
    _ kind: TaskKindName, _ parameters: JSONValue, _ inputs: [String: TaskID], _ sources: [String: Digest],
    _ algorithms: [String: Int], _ numericsCore: String?
  ) -> JSONValue {
    [
      "kind": .string(kind.name), "parameters": parameters,
      "inputs": .object(inputs.mapValues { .string($0.description) }),
      "sources": .object(sources.mapValues { .string($0.description) }),
      "algorithms": .object(algorithms.mapValues { .integer(Int64($0)) }),
      "numericsCore": numericsCore.map { .string($0) } ?? .null,
    ]
  }
}
