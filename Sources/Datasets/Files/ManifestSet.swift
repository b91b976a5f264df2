import Core

/// A further labelled set that every trial is measured on.
package struct ManifestSet: Hashable, Sendable {
  package let name: String
  package let source: ManifestSource
  package let meaning: LabelMeaning
  /// What the set's labels are called, where they are not the data set's classes.
  package let labelNames: [String]

  /// Reads `{…source, "mask": [CLASS …] | "map": {CLASS: LABEL} | "task": [LABEL …]}`. Classes are named by their ids; the
  /// labels of a map are words of the set's own.
  init(name: String, json: JSONValue, classes: [DatasetManifest.ClassName], place: String) throws {
    guard PoolName.isValid(name) else { throw ConfigurationError(place: place, problem: PoolName.rule(name)) }
    self.name = name
    if json.text != nil {
      (source, meaning, labelNames) = (try ManifestSource(json: json, place: place), .classes, [])
      return
    }
    let numbers = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1.id, $0) })
    var object = try StrictObject(json, place: place)
    source = try ManifestSource(reading: &object)
    let mask = try object.list("mask", "ids of classes", \.text)
    let map = try object.members("map", "labels", \.text)
    let task = try object.list("task", "names of labels", \.text)
    guard [mask.isEmpty, map.isEmpty, task.isEmpty].count(where: { !$0 }) < 2 else {
      throw ConfigurationError(place: place, problem: "choose one of \"mask\", \"map\" and \"task\"")
    }
    func number(_ id: String, _ key: String) throws -> Int {
      guard let number = numbers[id] else {
        throw object.error(key, "unknown class: " + Suggestion.unknown(id, among: classes.map(\.id)))
      }
      return number
    }
    if !mask.isEmpty {
      (meaning, labelNames) = (.mask(Set(try mask.map { try number($0, "mask") }).sorted()), [])
    } else if !map.isEmpty {
      let names = Set(map.values).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      var labels = [Int](repeating: -1, count: classes.count)
      for (id, label) in map { labels[try number(id, "map")] = names.firstIndex(of: label)! }
      (meaning, labelNames) = (.map(labels), names)
    } else if !task.isEmpty {
      guard task.count > 1, Set(task).count == task.count else {
        throw object.error("task", "at least two labels that differ are needed")
      }
      (meaning, labelNames) = (.task, task)
    } else {
      (meaning, labelNames) = (.classes, [])
    }
    try object.finish()
  }

  func json(_ classes: [DatasetManifest.ClassName]) -> JSONValue {
    var members = source.members
    switch meaning {
    case .classes: break
    case .mask(let numbers): members["mask"] = .array(numbers.map { .string(classes[$0].id) })
    case .map(let labels):
      members["map"] = .object(
        Dictionary(
          uniqueKeysWithValues: labels.indices.filter { labels[$0] >= 0 }
            .map { (classes[$0].id, .string(labelNames[labels[$0]])) }))
    case .task: members["task"] = .array(labelNames.map { .string($0) })
    }
    return .object(members)
  }
}
