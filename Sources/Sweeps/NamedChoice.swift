package import Core

/// A row of a table as a sweep asks for it: its name, and options that override its defaults.
package struct NamedChoice: Hashable, Sendable {
  package let name: String
  package let options: [String: JSONValue]
  /// What people call it; nil for its name and options. It says nothing of what is computed: rows that differ in it alone are
  /// equal, and no task knows it.
  package let title: String?

  package init(name: String, options: [String: JSONValue] = [:], title: String? = nil) {
    self.name = name
    self.options = options
    self.title = title
  }

  package static func == (left: NamedChoice, right: NamedChoice) -> Bool {
    left.name == right.name && left.options == right.options
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(options)
  }

  /// What people call it, else ``description``: how tables name the row.
  package var label: String { title ?? description }

  /// `herding`, or `herding(keep=0.3)` where options were given.
  package var description: String {
    guard !options.isEmpty else { return name }
    let sorted = options.sorted { $0.key < $1.key }.map { "\($0.key)=\(Self.words($0.value))" }
    return "\(name)(\(sorted.joined(separator: ",")))"
  }

  /// A value in few characters: `expert:0.3+synthetic-text:0.7`.
  private static func words(_ value: JSONValue) -> String {
    if var members = value.members {
      if let name = members.removeValue(forKey: "name")?.text {
        return NamedChoice(name: name, options: members).label
      }
      return members.sorted { $0.key < $1.key }.map { "\($0.key):\(words($0.value))" }.joined(separator: "+")
    }
    return value.elements.map { $0.map(words).joined(separator: "+") } ?? value.text ?? value.canonicalText
  }

  /// What it computes, without its title.
  package var json: JSONValue {
    options.isEmpty ? .string(name) : .object(options.merging(["name": .string(name)]) { _, name in name })
  }
}

extension NamedChoice {
  /// ``json`` with the title, as a sweep file has it.
  package var titledJSON: JSONValue {
    title.map { .object(options.merging(["name": .string(name), "label": .string($0)]) { _, own in own }) } ?? json
  }

  /// Reads what ``titledJSON`` writes: `label` is the title, from 1 to 40 characters without controls.
  package init(titledJSON json: JSONValue, place: String, what: String = "strategy") throws {
    guard var members = json.members, let label = members.removeValue(forKey: "label") else {
      try self.init(json: json, place: place, what: what)
      return
    }
    let title = label.text ?? ""
    guard (1...40).contains(title.count),
      !title.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
    else {
      throw ConfigurationError(
        place: "\(place).label", problem: "a label has 1 to 40 characters, and no line ends or other controls")
    }
    let choice = try NamedChoice(json: .object(members), place: place, what: what)
    self.init(name: choice.name, options: choice.options, title: title)
  }

  /// Reads a name, or an object with `name` and options; throws a ``ConfigurationError`` on anything else.
  ///
  /// - Parameter what: what is named, for the message: `strategy`.
  package init(json: JSONValue, place: String, what: String = "strategy") throws {
    var options = json.members ?? [:]
    guard let name = json.text ?? options.removeValue(forKey: "name")?.text else {
      throw ConfigurationError(
        place: place, problem: "a \(what) is a name, or an object with \"name\" and its options")
    }
    self.init(name: name, options: options)
  }
}

/// A strategy as a sweep asks for it.
package typealias StrategyChoice = NamedChoice

/// A model family with its options, as a sweep asks for it.
package typealias ModelChoice = NamedChoice

extension ModelChoice {
  /// The model of a sweep that names none.
  package static let standard = ModelChoice(name: "mlp")
}
