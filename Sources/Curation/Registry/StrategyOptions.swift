import Core
import Economics

/// A strategy's options with every default filled in. Asking for one that the description does not list traps.
struct StrategyOptions: Hashable, Sendable {
  let values: [String: JSONValue]

  /// Merges what was asked for with the defaults. Throws a ``ConfigurationError`` that names the strategy and option.
  init(_ given: [String: JSONValue], of description: StrategyDescription) throws {
    let known = description.options.map(\.name)
    for name in given.keys.sorted() where !known.contains(name) {
      let problem =
        known.isEmpty
        ? "\"\(name)\" is not known; this strategy has no options" : Suggestion.unknown(name, among: known)
      throw ConfigurationError(place: "strategy \(description.name)", problem: "unknown option: \(problem)")
    }
    var values: [String: JSONValue] = [:]
    for option in description.options {
      let value = given[option.name] ?? option.default
      if let problem = option.problem(with: value) {
        throw ConfigurationError(
          place: "strategy \(description.name), option \(option.name)",
          problem: problem.contains("is not known") ? problem : "\(problem), not \(value.canonicalText.prefix(40))")
      }
      values[option.name] = value
    }
    self.values = values
  }

  func has(_ name: String) -> Bool { values[name] != nil }
  func share(_ name: String) -> Share { Share(value(name, \.double)) }
  func wholeNumber(_ name: String) -> Int { value(name, \.int) }
  func number(_ name: String) -> Double { value(name, \.double) }
  func word(_ name: String) -> String { value(name, \.text) }

  func words(_ name: String) -> [String] { value(name, \.elements).compactMap(\.text) }
  func object(_ name: String) -> JSONValue { value(name) { $0 } }

  /// The value of an option that takes a word or a number, when it is a number.
  func optionalWholeNumber(_ name: String) -> Int? { values[name]?.int }

  func flag(_ name: String) -> Bool {
    value(name) {
      guard case .bool(let flag) = $0 else { return nil }
      return flag
    }
  }

  private func value<Value>(_ name: String, _ read: (JSONValue) -> Value?) -> Value {
    guard let value = values[name].flatMap(read) else { preconditionFailure("the strategy has no option \(name)") }
    return value
  }
}
