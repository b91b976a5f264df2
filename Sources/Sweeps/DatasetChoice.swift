package import Core

/// The data set as a sweep asks for it: a kind of the table, and options that only the kind understands.
package struct DatasetChoice: Hashable, Sendable {
  /// The kind's name.
  package var kind: String
  /// An object; what is left out has the kind's defaults.
  package var options: JSONValue

  package init(kind: String = "fashion++", options: JSONValue = [:]) {
    self.kind = kind
    self.options = options
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

  package var json: JSONValue { .object((options.members ?? [:]).merging(["kind": .string(kind)]) { _, kind in kind }) }
}
