package import Core

/// What people need to know of a metric in order to read its value.
package struct Metric: Hashable, Sendable {
  /// How a value is to be printed.
  package enum Unit: String, CaseIterable, Sendable {
    /// A share from 0 to 1, printed as percent.
    case fraction
    case count
    /// A number without a unit.
    case score
    /// An amount of the sweep's currency.
    case currency
  }

  /// Which values are good. A descriptive metric has no good side: it never names a winner.
  package enum Direction: String, CaseIterable, Sendable {
    case higherIsBetter
    case lowerIsBetter
    case descriptive
  }

  /// What it is about; tables are made by group.
  package enum Group: String, CaseIterable, Sendable {
    case utility
    case robustness
    case calibration
    case data
    case cost
  }

  /// Where its values come from.
  package enum Origin: String, CaseIterable, Sendable {
    /// A trial, or a measure task of it.
    case measured
    /// Several trials: reports work it out.
    case derived
  }

  /// A question that a sweep may be decided by.
  package enum Criterion: String, CaseIterable, Sendable {
    /// How good a model is where its training data are from.
    case base
    /// How good it is where it will be used.
    case deployment
  }

  /// The key in ``TrialValues/metrics``.
  package let name: String
  /// A few words for the head of a table.
  package let title: Words
  /// One sentence without its full stop.
  package let meaning: Words
  package let unit: Unit
  package let direction: Direction
  package let group: Group
  package let origin: Origin
  /// Whether a report names the winner of this metric on its first page.
  package let isHeadline: Bool
  /// The question that its values answer; nil for most.
  package let criterion: Criterion?
  /// For one of many metrics of the same kind what it is about, alone: `fog`, so that a table of corruptions need not say
  /// "under" in every row. Such metrics have tables of their own.
  package let thing: Words?

  package init(
    _ name: String, _ title: Words, _ meaning: Words, unit: Unit, _ direction: Direction, _ group: Group,
    origin: Origin = .measured, isHeadline: Bool = false, criterion: Criterion? = nil, thing: Words? = nil
  ) {
    self.name = name
    self.title = title
    self.meaning = meaning
    self.unit = unit
    self.direction = direction
    self.group = group
    self.origin = origin
    self.isHeadline = isHeadline
    self.criterion = criterion
    self.thing = thing
  }
}

extension Metric {
  package var json: JSONValue {
    var members: [String: JSONValue] = [
      "name": .string(name), "title": title.json, "meaning": meaning.json, "unit": .string(unit.rawValue),
      "direction": .string(direction.rawValue), "group": .string(group.rawValue), "origin": .string(origin.rawValue),
      "isHeadline": .bool(isHeadline),
    ]
    members["criterion"] = criterion.map { .string($0.rawValue) }
    members["thing"] = thing?.json
    return .object(members)
  }

  /// Reads what ``json`` writes; throws a ``ConfigurationError`` on anything else.
  package init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    func words(_ key: String) throws -> Words {
      try Words(json: try object.require(key), place: object.path(key))
    }
    guard let name = try object.string("name"), let unit = try object.choice("unit", Unit.self),
      let direction = try object.choice("direction", Direction.self),
      let group = try object.choice("group", Group.self), let origin = try object.choice("origin", Origin.self)
    else {
      throw ConfigurationError(place: place, problem: "a metric has a name, a unit, a direction, a group and an origin")
    }
    self.init(
      name, try words("title"), try words("meaning"), unit: unit, direction, group, origin: origin,
      isHeadline: try object.bool("isHeadline") ?? false, criterion: try object.choice("criterion", Criterion.self),
      thing: try object.value("thing").map { try Words(json: $0, place: object.path("thing")) })
    try object.finish()
  }
}

extension Words {
  fileprivate var json: JSONValue { ["english": .string(english), "japanese": .string(japanese)] }

  fileprivate init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    guard let english = try object.string("english"), let japanese = try object.string("japanese") else {
      throw ConfigurationError(place: place, problem: "words are English and Japanese")
    }
    try object.finish()
    self.init(english: english, japanese: japanese)
  }
}
