package import Core

/// The data set as a sweep asks for it: a kind of the table, and options that only the kind understands.
package struct DatasetChoice: Hashable, Sendable {
  /// The kind's name.
  package var kind: String
  /// An object; what is left out has the kind's defaults.
  package var options: JSONValue
  /// What tells it from the other data sets of its sweep; nil where there is one, and until the sweep is planned.
  package var variant: DatasetVariant?

  package init(kind: String = "fashion++", options: JSONValue = [:], variant: DatasetVariant? = nil) {
    self.kind = kind
    self.options = options
    self.variant = variant
  }

  /// Reads `{"kind": NAME, …options}`. Without a kind it is the built-in data set, whose name `builtIn` was the key of the
  /// first release.
  package init(json: JSONValue, place: String) throws {
    guard var members = json.members else {
      throw ConfigurationError(
        place: place,
        problem: json.text == nil
          ? "an object is needed here, for example {\"seed\": 1}, or the path of a manifest"
          : "the path of a manifest stands for it only in files that the command line reads")
    }
    let names = ["kind", "builtIn"].compactMap { members.removeValue(forKey: $0) }
    guard names.count < 2, names.allSatisfy({ $0.text != nil }) else {
      throw ConfigurationError(place: "\(place).kind", problem: "the name of one kind of data set is needed here")
    }
    self.init(options: .object(members))
    if let name = names.first?.text { kind = name }
  }

  /// The variant stands beside the options, so that a planned sweep can be read without the table of data sets.
  package var json: JSONValue {
    var members = (options.members ?? [:]).merging(["kind": .string(kind)]) { _, kind in kind }
    members[Self.variantKey] = variant?.json
    return .object(members)
  }

  private static let variantKey = "variant"

  /// Reads what stands under `dataset`: one choice, or a list of several. A list of one is that one.
  package static func list(json: JSONValue, place: String) throws -> [DatasetChoice] {
    guard let elements = json.elements else { return [try DatasetChoice(json: json, place: place)] }
    let choices = try elements.enumerated().map { index, element in
      let place = "\(place)[\(index)]"
      guard var members = element.members, let variant = members.removeValue(forKey: variantKey) else {
        return try DatasetChoice(json: element, place: place)
      }
      var choice = try DatasetChoice(json: .object(members), place: place)
      choice.variant = try DatasetVariant(json: variant, place: "\(place).\(variantKey)")
      return choice
    }
    guard !choices.isEmpty else {
      throw ConfigurationError(place: place, problem: "the list is empty, so the sweep would have no trial")
    }
    return choices
  }
}
