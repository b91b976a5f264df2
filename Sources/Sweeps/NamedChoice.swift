package import Core

/// A row of a table as a sweep asks for it: its name, and options that override its defaults.
package struct NamedChoice: Hashable, Sendable {
  package let name: String
  package let options: [String: JSONValue]

  package init(name: String, options: [String: JSONValue] = [:]) {
    self.name = name
    self.options = options
  }

  /// `herding`, or `herding(keep=0.3)` where options were given: how tables name the row.
  package var label: String {
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

  package var json: JSONValue {
    options.isEmpty ? .string(name) : .object(options.merging(["name": .string(name)]) { _, name in name })
  }
}

extension NamedChoice {
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

extension StrategyChoice {
  /// Whether it chooses between shifts instead of within one: then it is expanded once for all shifts.
  package var isMix: Bool { name == "mix" || name == "mix-search" }
}

extension ModelChoice {
  /// The model of a sweep that names none.
  package static let standard = ModelChoice(name: "mlp")
}
