/// Something in a configuration that a person must change: where it is, what is wrong, what would be right.
package struct ConfigurationError: Error, Equatable, CustomStringConvertible {
  /// A file name, or a path into it such as `sweep.json: training.steps`.
  package let place: String
  package let problem: String

  package init(place: String, problem: String) {
    self.place = place
    self.problem = problem
  }

  package var description: String { "\(place): \(problem)" }
}

/// Reads a JSON object key by key and refuses what nobody asked for.
///
/// Ask for every key the format knows, then call ``finish()``: a key that was never asked for is an error that names
/// it and the nearest known key.
package struct StrictObject {
  package let place: String
  private let members: [String: JSONValue]
  private var known: Set<String> = []

  /// Throws when `value` is not an object.
  package init(_ value: JSONValue, place: String) throws {
    guard case .object(let members) = value else {
      throw ConfigurationError(place: place, problem: "an object { … } is needed here")
    }
    self.members = members
    self.place = place
  }

  /// The path of the member `key`, for messages.
  package func path(_ key: String) -> String { "\(place).\(key)" }

  /// An error about the member `key`.
  package func error(_ key: String, _ problem: String) -> ConfigurationError {
    ConfigurationError(place: path(key), problem: problem)
  }

  /// The raw member, or nil when it is absent or null.
  package mutating func value(_ key: String) -> JSONValue? {
    known.insert(key)
    guard let value = members[key], value != .null else { return nil }
    return value
  }

  /// The raw member; throws when it is missing.
  package mutating func require(_ key: String) throws -> JSONValue {
    guard let value = value(key) else {
      throw ConfigurationError(place: place, problem: "the key \"\(key)\" is missing")
    }
    return value
  }

  package mutating func string(_ key: String) throws -> String? {
    guard let value = value(key) else { return nil }
    guard let text = value.text else { throw error(key, "a string is needed, not \(value.canonicalText.prefix(40))") }
    return text
  }

  package mutating func bool(_ key: String) throws -> Bool? {
    guard let value = value(key) else { return nil }
    guard case .bool(let flag) = value else {
      throw error(key, "true or false is needed, not \(value.canonicalText.prefix(40))")
    }
    return flag
  }

  /// An integer within `range`.
  package mutating func integer(_ key: String, in range: ClosedRange<Int>) throws -> Int? {
    guard let value = value(key) else { return nil }
    guard let number = value.int, range.contains(number) else {
      throw error(
        key,
        "a whole number from \(range.lowerBound) to \(range.upperBound) is needed, not \(value.canonicalText.prefix(40))"
      )
    }
    return number
  }

  /// A number within `range`.
  package mutating func number(_ key: String, in range: ClosedRange<Double>) throws -> Double? {
    guard let value = value(key) else { return nil }
    guard let number = value.double, range.contains(number) else {
      throw error(
        key, "a number from \(range.lowerBound) to \(range.upperBound) is needed, not \(value.canonicalText.prefix(40))"
      )
    }
    return number
  }

  /// One of a few words.
  package mutating func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, _ type: Choice.Type) throws
    -> Choice?
  where Choice.RawValue == String {
    guard let text = try string(key) else { return nil }
    guard let choice = Choice(rawValue: text) else {
      throw error(key, Suggestion.unknown(text, among: Choice.allCases.map(\.rawValue)))
    }
    return choice
  }

  /// The elements of an array.
  package mutating func array(_ key: String) throws -> [JSONValue]? {
    guard let value = value(key) else { return nil }
    guard let elements = value.elements else { throw error(key, "a list [ … ] is needed here") }
    return elements
  }

  /// The elements of an array, each what `element` makes of it; an absent array is empty. Throws when `element` answers
  /// nil for one.
  ///
  /// - Parameter kind: what the elements are, for messages: `strings`.
  package mutating func list<Element>(
    _ key: String, _ kind: String, _ element: (JSONValue) -> Element?
  ) throws -> [Element] {
    let values = try array(key) ?? []
    let elements = values.compactMap(element)
    guard elements.count == values.count else { throw error(key, "a list of \(kind) is needed") }
    return elements
  }

  /// The members of an object whose names are anybody's, likewise.
  package mutating func members<Value>(
    _ key: String, _ kind: String, _ member: (JSONValue) -> Value?
  ) throws -> [String: Value] {
    guard let value = value(key) else { return [:] }
    guard let raw = value.members, case let members = raw.compactMapValues(member), members.count == raw.count else {
      throw error(key, "an object of \(kind) is needed")
    }
    return members
  }

  /// A nested object, to be finished by the caller.
  package mutating func object(_ key: String) throws -> StrictObject? {
    guard let value = value(key) else { return nil }
    return try StrictObject(value, place: path(key))
  }

  /// The keys present, sorted.
  package var keys: [String] { members.keys.sorted() }

  /// Throws when a key is present that was never asked for.
  package func finish() throws {
    for key in keys where !known.contains(key) {
      throw ConfigurationError(place: place, problem: "unknown key: " + Suggestion.unknown(key, among: known.sorted()))
    }
  }
}

/// Helps a person who mistyped a name.
package enum Suggestion {
  /// A sentence part that names `word`, the nearest of `candidates`, and all of them when they are few.
  package static func unknown(_ word: String, among candidates: [String]) -> String {
    let nearest = candidates.map { (distance(word, $0), $0) }.min { $0.0 < $1.0 }
    let hint = nearest.flatMap { $0.0 <= max(2, word.count / 3) ? "; did you mean \"\($0.1)\"?" : nil } ?? ""
    return "\"\(word)\" is not known" + (hint.isEmpty ? " (known: \(candidates.joined(separator: ", ")))" : hint)
  }

  /// The Levenshtein distance.
  package static func distance(_ left: String, _ right: String) -> Int {
    let a = Array(left.utf8)
    let b = Array(right.utf8)
    var row = Array(0...b.count)
    for i in 0..<a.count {
      var diagonal = row[0]
      row[0] = i + 1
      for j in 0..<b.count {
        let above = row[j + 1]
        row[j + 1] = min(above + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0 : 1))
        diagonal = above
      }
    }
    return row[b.count]
  }
}
