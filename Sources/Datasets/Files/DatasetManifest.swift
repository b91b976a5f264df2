package import Core
import Samples

/// What a person says of image sets of their own, so that a sweep can buy from them: the manifest of a data set, `mine.json`.
///
/// Its paths are relative to the directory that it lies in. Every key is described in Winnow.docc/Datasets.md.
package struct DatasetManifest: Hashable, Sendable {
  /// A class: its id is what labels say, its name what people read.
  package struct ClassName: Hashable, Sendable {
    package let id: String
    package let name: String

    package init(id: String, name: String) {
      self.id = id
      self.name = name
    }
  }

  /// 2 to 20,000, in the order of their numbers. Ids and names differ.
  package var classes: [ClassName]
  package var samples: SampleRule
  /// At least one, of different names.
  package var pools: [ManifestPool]
  /// The name of the pool that distances refer to and that the representation is learnt from.
  package var reference: String
  package var representation: ManifestRepresentation
  package var test: ManifestSource
  package var deployment: ManifestSource?
  /// Unlabelled samples of the deployment.
  package var target: ManifestSource?
  package var sets: [ManifestSet]
  /// Test images that are corrupted, 0 for none. Vectors have none.
  package var corruptionImages: Int
  /// The largest share of a source's files that may be damaged; more is an error.
  package var damagedShare: Double

  package static let classLimit = 20_000

  /// Reads a manifest. Throws a ``ConfigurationError`` that names the key for everything that can be told without opening
  /// a file.
  package init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    classes = try Self.classes(try object.array("classes") ?? [], place: object.path("classes"))
    samples = try SampleRule(json: try object.require("samples"), place: object.path("samples"))
    pools = try (object.array("pools") ?? []).enumerated().map {
      try ManifestPool(json: $1, place: "\(object.path("pools"))[\($0)]")
    }
    reference = try object.string("reference") ?? pools.first?.name ?? ""
    representation =
      try object.value("representation").map {
        try ManifestRepresentation(json: $0, place: object.path("representation"))
      } ?? .builtIn
    test = try ManifestSource(
      json: try object.require(NamedSource.test.rawValue), place: object.path(NamedSource.test.rawValue))
    func source(_ key: String) throws -> ManifestSource? {
      try object.value(key).map { try ManifestSource(json: $0, place: object.path(key)) }
    }
    (deployment, target) = (try source(NamedSource.deployment.rawValue), try source(NamedSource.target.rawValue))
    sets = []
    if let named = object.value("sets") {
      let members = try StrictObject(named, place: object.path("sets"))
      for key in members.keys {
        sets.append(try ManifestSet(name: key, json: named[key]!, classes: classes, place: members.path(key)))
      }
    }
    corruptionImages = try object.integer("corruptionImages", in: 0...10_000) ?? (samples.isImage ? 200 : 0)
    damagedShare = try object.number("damagedShare", in: 0...1) ?? 0.01
    try object.finish()
    try check(place: place)
  }

  /// Paths that name a part of a data set which the Hugging Face Hub cut off when it converted it.
  var partialPaths: [String] {
    DatasetInspection.named(self).flatMap(\.source.paths).filter { path in
      path.split(separator: "/").contains { $0.hasPrefix("partial-") }
    }
  }

  private func check(place: String) throws {
    guard !pools.isEmpty else {
      throw ConfigurationError(place: "\(place).pools", problem: "at least one pool is needed")
    }
    var names: Set<String> = []
    for pool in pools where !names.insert(pool.name).inserted {
      throw ConfigurationError(place: "\(place).pools", problem: "two pools are called \(pool.name)")
    }
    guard pools.count(where: \.isField) < 2 else {
      throw ConfigurationError(place: "\(place).pools", problem: "one pool at most has the role \"field\"")
    }
    guard pools.first(where: { $0.name == reference })?.reference == nil else {
      throw ConfigurationError(
        place: "\(place).pools",
        problem: "\(reference) is the reference pool, which is not made from reference pictures itself")
    }
    guard names.contains(reference) else {
      throw ConfigurationError(
        place: "\(place).reference", problem: Suggestion.unknown(reference, among: pools.map(\.name)))
    }
    try checkFeatures(place: place)
    if case .network = representation, !samples.isImage {
      throw ConfigurationError(
        place: "\(place).representation", problem: "a network makes features of images, and these samples are vectors")
    }
    guard samples.isImage || corruptionImages == 0 else {
      throw ConfigurationError(
        place: "\(place).corruptionImages", problem: "vectors cannot be corrupted as images are; leave it out")
    }
  }

  /// Features in files belong to that representation, and then to every source but the sets.
  private func checkFeatures(place: String) throws {
    let sets = Set(sets.map { FilesParts.part(of: $0) })
    for (name, source) in DatasetInspection.named(self) {
      if let features = source.features {
        guard case .file = representation else {
          throw ConfigurationError(
            place: "\(place).\(name)",
            problem: "features in files are used with \"representation\": {\"file\": {\"width\": …}}")
        }
        guard features.paths.count == source.paths.count else {
          throw ConfigurationError(
            place: "\(place).\(name)",
            problem: "\(features.paths.count) files of features do not belong to \(source.paths.count) files")
        }
        guard features.keyPaths.isEmpty || source.format.hasKeys else {
          throw ConfigurationError(
            place: "\(place).\(name)", problem: "samples of \(source.format.rawValue) go by number; leave \"keys\" out")
        }
      } else if case .file = representation, !sets.contains(name) {
        throw ConfigurationError(place: "\(place).\(name)", problem: "its features are needed: name their file")
      }
    }
  }

  private static func classes(_ elements: [JSONValue], place: String) throws -> [ClassName] {
    guard (2...classLimit).contains(elements.count) else {
      throw ConfigurationError(place: place, problem: "2 to \(classLimit) classes are needed, not \(elements.count)")
    }
    var (ids, names): (Set<String>, Set<String>) = ([], [])
    return try elements.enumerated().map { number, element in
      let name = try ClassName(json: element, place: "\(place)[\(number)]")
      guard ids.insert(name.id).inserted else {
        throw ConfigurationError(place: "\(place)[\(number)]", problem: "the class \(name.id) is listed twice")
      }
      guard names.insert(name.name).inserted else {
        throw ConfigurationError(
          place: "\(place)[\(number)]",
          problem:
            "two classes are called “\(name.name)”; give them names that differ, for example “\(name.name) (\(name.id))”"
        )
      }
      return name
    }
  }

  /// Where the samples of `set` are; nil where the manifest names none.
  package func source(of set: NamedSource) -> ManifestSource? {
    switch set {
    case .test: test
    case .deployment: deployment
    case .target: target
    }
  }

  package var json: JSONValue {
    var members: [String: JSONValue] = [
      "classes": .array(classes.map(\.json)), "samples": samples.json, "pools": .array(pools.map(\.json)),
      "reference": .string(reference), NamedSource.test.rawValue: test.json,
      "corruptionImages": .integer(Int64(corruptionImages)),
      "damagedShare": .number(damagedShare),
    ]
    if representation != .builtIn { members["representation"] = representation.json }
    members[NamedSource.deployment.rawValue] = deployment?.json
    members[NamedSource.target.rawValue] = target?.json
    if !sets.isEmpty {
      members["sets"] = .object(Dictionary(uniqueKeysWithValues: sets.map { ($0.name, $0.json(classes)) }))
    }
    return .object(members)
  }
}

extension DatasetManifest.ClassName {
  /// `"bird"`, or `{"id": "n01503061", "name": "bird"}`.
  init(json: JSONValue, place: String) throws {
    if let text = json.text {
      self.init(id: text, name: text)
    } else {
      var object = try StrictObject(json, place: place)
      let id = try object.string("id")
      guard let id, let name = try object.string("name") else {
        throw ConfigurationError(place: place, problem: "a class is a name, or an object with \"id\" and \"name\"")
      }
      try object.finish()
      self.init(id: id, name: name)
    }
    for text in [id, name] where text.isEmpty || text.utf8.count > 200 || text.contains(where: \.isNewline) {
      throw ConfigurationError(place: place, problem: "ids and names of classes have 1 to 200 bytes and no line ends")
    }
  }

  var json: JSONValue { id == name ? .string(name) : ["id": .string(id), "name": .string(name)] }
}
