import Core

/// All that the content of a block depends on beside its files.
struct BlockParameters: Hashable, Sendable {
  /// What a block's files are called.
  static let data = "data"
  static let labels = "labels"
  static let features = "features"
  static let keys = "keys"
  static let program = "program"
  static let network = "network"
  static let licences = "licences"
  static let synthetic = "synthetic"

  let format: SourceFormat
  let rule: SampleRule
  let classes: [DatasetManifest.ClassName]
  let labelField: LabelFields?
  let member: String?
  let classMap: [String: String?]
  let leavesOutOthers: Bool
  let needsLabels: Bool
  let takedown: Takedown
  let features: FeatureParameters?
  let origins: OriginParameters?

  var json: JSONValue {
    var members: [String: JSONValue] = [
      "format": .string(format.rawValue), "samples": rule.json, "classes": .array(classes.map(\.json)),
      "labelField": labelField?.json ?? .null,
      "classMap": .object(classMap.mapValues { $0.map { .string($0) } ?? .null }),
      "leavesOutOthers": .bool(leavesOutOthers), "needsLabels": .bool(needsLabels),
    ]
    members["member"] = member.map { .string($0) }
    members["features"] = features?.json
    members["origins"] = origins?.json
    if !takedown.entries.isEmpty { members["takedown"] = .array(takedown.entries.map { .string($0) }) }
    return .object(members)
  }

  init(
    format: SourceFormat, rule: SampleRule, classes: [DatasetManifest.ClassName], labelField: LabelFields? = nil,
    classMap: [String: String?], leavesOutOthers: Bool, needsLabels: Bool, takedown: [String] = [],
    member: String? = nil,
    features: FeatureParameters? = nil, origins: OriginParameters? = nil
  ) {
    self.format = format
    self.rule = rule
    self.classes = classes
    self.labelField = labelField
    self.member = member
    self.classMap = classMap
    self.leavesOutOthers = leavesOutOthers
    self.needsLabels = needsLabels
    self.takedown = Takedown(takedown)
    self.features = features
    self.origins = origins
  }

  /// Reads what ``json`` writes; throws a ``ConfigurationError`` on anything else.
  init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    guard let format = try object.choice("format", SourceFormat.self) else {
      throw object.error("format", "the key is missing")
    }
    self.format = format
    rule = try SampleRule(json: try object.require("samples"), place: object.path("samples"))
    classes = try (object.array("classes") ?? []).enumerated().map {
      try DatasetManifest.ClassName(json: $1, place: "\(object.path("classes"))[\($0)]")
    }
    labelField = try LabelFields("labelField", of: &object)
    member = try object.string("member")
    classMap = (object.value("classMap")?.members ?? [:]).mapValues(\.text)
    leavesOutOthers = try object.bool("leavesOutOthers") ?? false
    needsLabels = try object.bool("needsLabels") ?? true
    features = try object.value("features").map { try FeatureParameters(json: $0, place: object.path("features")) }
    takedown = Takedown(try object.list("takedown", "strings", \.text))
    origins = try object.value("origins").map { try OriginParameters(json: $0, place: object.path("origins")) }
    try object.finish()
  }

  /// Which class a label of the source means.
  var resolver: ClassResolver { ClassResolver(self) }
}

/// Finds the class that a source's label means: by the map, else by id, by name, by number.
struct ClassResolver {
  enum Meaning: Equatable {
    case label(Int32)
    /// The manifest leaves it out.
    case leftOut
    /// Neither a class nor mapped.
    case unknown
  }

  private let map: [String: String?]
  private let ids: [String: Int32]
  private let names: [String: Int32]
  private let count: Int
  private let leavesOutOthers: Bool

  fileprivate init(_ parameters: BlockParameters) {
    map = parameters.classMap
    count = parameters.classes.count
    leavesOutOthers = parameters.leavesOutOthers
    let numbered = parameters.classes.enumerated().map { ($1, Int32($0)) }
    ids = Dictionary(numbered.map { ($0.0.id, $0.1) }) { first, _ in first }
    names = Dictionary(numbered.map { ($0.0.name, $0.1) }) { first, _ in first }
  }

  func meaning(of text: String) -> Meaning {
    if let mapped = map[text] {
      guard let mapped else { return .leftOut }
      return number(of: mapped).map { .label($0) } ?? .unknown
    }
    return number(of: text).map { .label($0) } ?? (leavesOutOthers ? .leftOut : .unknown)
  }

  private func number(of text: String) -> Int32? {
    if let number = ids[text] ?? names[text] { return number }
    guard let number = Int32(text), number >= 0, number < count else { return nil }
    return number
  }
}
