package import Core
package import Economics
package import Sweeps

/// A pool of a manifest: where its samples lie, where they are from, and what they cost.
package struct ManifestPool: Hashable, Sendable {
  /// How labels were made.
  package enum LabelOrigin: String, CaseIterable, Sendable, Hashable {
    case expert
    /// Votes of paid annotators.
    case crowd
    /// The query that found an image.
    case query
    /// Words that stood beside an image.
    case caption
    /// The prompt or class that an image was generated for.
    case prompt
    case model
    case unknown
  }

  package typealias Synthetic = Provenance.Synthetic

  package var name: String
  package var source: ManifestSource
  /// An SPDX expression; nil when nobody knows, which reports say.
  package var licence: String?
  package var labels: LabelOrigin
  /// Votes per image; each is paid for where labels are a crowd's.
  package var votes: Int
  package var synthetic: Synthetic
  /// Where each sample says its licence; nil where one is that of all, or unknown.
  package var licenceField: SampleField?
  /// Where each sample says whether it is synthetic; there with ``Synthetic/bySample`` alone.
  package var syntheticField: SampleField?
  /// What getting one image takes: price items.
  package var obtain: [PriceItem]
  /// What labelling one image takes; nil when labels come with the images.
  package var label: PriceItem?
  /// Whether its samples were taken where the classifier will work.
  package var isField = false
  /// How many pictures of the reference pool stand behind one image; nil for a pool that needs none.
  package var reference: Rate?

  package init(name: String, source: ManifestSource) {
    self.name = name
    self.source = source
    (licence, labels, votes, synthetic) = (nil, .unknown, 1, .no)
    (obtain, label) = ([.acquire], nil)
  }

  /// Reads `{"name", "source": SOURCE, "licence": EXPRESSION or PLACE, "labels": ORIGIN or {"origin", "votes"}, "synthetic": WORD
  /// or PLACE, "prices": [ITEM …], "role": "field", "reference": NUMBER}`; a place is a ``SampleField``.
  package init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    guard let name = try object.string("name") else {
      throw ConfigurationError(place: place, problem: "the key \"name\" is missing")
    }
    guard PoolName.isValid(name) else { throw object.error("name", PoolName.rule(name)) }
    self.init(name: name, source: try ManifestSource(json: try object.require("source"), place: object.path("source")))
    try readOrigin(&object)
    try readLabels(&object)
    if let role = try object.string("role") {
      guard role == PartRole.field.rawValue else {
        throw object.error("role", "the only role to be stated is \"\(PartRole.field.rawValue)\"")
      }
      isField = true
    }
    reference = try object.number("reference", in: 1e-6...1e3).map { Rate($0) }
    try readPrices(&object)
    try object.finish()
  }

  private mutating func readOrigin(_ object: inout StrictObject) throws {
    if let value = object.value("licence"), value != .null {
      if value.members != nil {
        licenceField = try SampleField(json: value, of: source, place: object.path("licence"))
      } else {
        guard let text = value.text, !text.isEmpty, text.utf8.count <= 200 else {
          throw object.error(
            "licence",
            "an SPDX expression such as CC-BY-4.0, or {\"field\": …} where each sample has its own, is needed; leave it out "
              + "when it is not known")
        }
        licence = text
      }
    }
    guard let value = object.value("synthetic") else { return }
    guard value.members == nil else {
      syntheticField = try SampleField(json: value, of: source, place: object.path("synthetic"))
      synthetic = .bySample
      return
    }
    let text = if case .bool(let flag) = value { flag ? "true" : "false" } else { value.text ?? "" }
    guard let synthetic = Synthetic(rawValue: text), synthetic != .bySample else {
      throw object.error(
        "synthetic", "true, false, \"some\", or {\"field\": …} where each sample says it, is needed")
    }
    self.synthetic = synthetic
  }

  private mutating func readLabels(_ object: inout StrictObject) throws {
    guard let value = object.value("labels") else { return }
    if value.text != nil {
      labels = try object.choice("labels", LabelOrigin.self) ?? labels
    } else if var nested = try object.object("labels") {
      labels = try nested.choice("origin", LabelOrigin.self) ?? labels
      votes = try nested.integer("votes", in: 1...99) ?? votes
      try nested.finish()
    }
  }

  /// Without a word of prices an image costs what acquiring it does, and its label what such labels cost.
  private mutating func readPrices(_ object: inout StrictObject) throws {
    guard let values = try object.array("prices") else {
      label = labels == .expert ? .labelExpert : labels == .crowd ? .labelCrowd : nil
      if isField { obtain = [.photograph] }
      return
    }
    let items = try values.map {
      guard let item = $0.text.flatMap(PriceItem.init(rawValue:)) else {
        throw object.error(
          "prices", Suggestion.unknown($0.text ?? $0.canonicalText, among: Self.payable.map(\.rawValue)))
      }
      return item
    }
    let labelling = items.filter { [.labelExpert, .labelCrowd].contains($0) }
    guard labelling.count < 2, Set(items).count == items.count, items.allSatisfy(Self.payable.contains) else {
      throw object.error(
        "prices", "each of \(Self.payable.map(\.rawValue).joined(separator: ", ")) at most once, and one kind of label")
    }
    (obtain, label) = (items.filter { !labelling.contains($0) }, labelling.first)
  }

  package var provenance: Provenance {
    Provenance(licence: licence, synthetic: synthetic, hasSampleLicences: licenceField != nil)
  }

  private static let payable: [PriceItem] = [.acquire, .photograph, .retrieve, .generate, .labelExpert, .labelCrowd]

  package var json: JSONValue {
    var members: [String: JSONValue] = [
      "name": .string(name), "source": source.json,
      "labels": votes == 1
        ? .string(labels.rawValue) : ["origin": .string(labels.rawValue), "votes": .integer(Int64(votes))],
      "synthetic": syntheticField?.json ?? (synthetic == .some ? .string("some") : .bool(synthetic == .yes)),
      "prices": .array((obtain + (label.map { [$0] } ?? [])).map { .string($0.rawValue) }),
    ]
    if isField { members["role"] = .string(PartRole.field.rawValue) }
    if let reference { members["reference"] = .number(reference.value) }
    members["licence"] = licenceField?.json ?? licence.map { .string($0) }
    return .object(members)
  }
}

/// Names of pools: they become names of shifts, parts of file names and words in mixes.
enum PoolName {
  /// Names that mean something else where a pool's could stand.
  private static let reserved: Set<String> = Set(
    [PartRole.evaluation, .deployment, .representation, .target].map(\.rawValue) + ["mixed", "shifts"])

  static func isValid(_ name: String) -> Bool {
    (1...48).contains(name.utf8.count) && !reserved.contains(name) && name.first != "-"
      && name.unicodeScalars.allSatisfy {
        ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
          || "-_".unicodeScalars.contains($0)
      }
  }

  static func rule(_ name: String) -> String {
    reserved.contains(name)
      ? "\(name) means something else; choose another name"
      : "1 to 48 letters, digits, hyphens and underscores are needed, not “\(name.prefix(60))”"
  }
}
