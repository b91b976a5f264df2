import Core

/// Where the samples of the deployment come from.
enum DeploymentChoice: Hashable, Sendable {
  /// A built-in world; nil is the first one, any number draws another class mix and another camera.
  case world(Int?)
  /// Files of the organisation: labelled images to measure on, and an unlabelled target sample to choose by. IDX or
  /// NumPy, gzipped or not.
  case files(images: String, labels: String, target: String)

  /// Reads `{}`, `{"seed": N}`, or `{"images": FILE, "labels": FILE, "target": FILE}`.
  init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    let world = try object.integer("seed", in: 0...Int(Int32.max))
    let files = try ["images", "labels", "target"].map { try object.string($0) }
    try object.finish()
    switch (files[0], files[1], files[2]) {
    case (nil, nil, nil): self = .world(world)
    case (let images?, let labels?, let target?) where world == nil:
      self = .files(images: images, labels: labels, target: target)
    default:
      throw ConfigurationError(
        place: place,
        problem: "either \"seed\" for a built-in world, or the three files \"images\", \"labels\" and \"target\"")
    }
  }

  var json: JSONValue {
    switch self {
    case .world(let seed): seed.map { ["seed": .integer(Int64($0))] } ?? [:]
    case .files(let images, let labels, let target):
      ["images": .string(images), "labels": .string(labels), "target": .string(target)]
    }
  }
}

/// A labelled set of the organisation, for example a natural out-of-distribution set.
struct EvaluationSetChoice: Hashable, Sendable {
  /// What the metric is called: the accuracy on it is `set.NAME`, or `transfer.NAME` when it is another task.
  let name: String
  let images: String
  let labels: String
  let meaning: LabelMeaning

  var metric: String { meaning.metric(of: name) }

  /// Reads `{"name", "images", "labels", "mask": [classes] | "map": {class: label} | "transfer": true}`; a class is a name or
  /// a number.
  init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    guard let name = try object.string("name"), let images = try object.string("images"),
      let labels = try object.string("labels")
    else {
      throw ConfigurationError(place: place, problem: "an evaluation set needs \"name\", \"images\" and \"labels\"")
    }
    let characters = name.unicodeScalars.allSatisfy {
      ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-"
    }
    guard (1...32).contains(name.count), characters else {
      throw object.error("name", "1 to 32 small letters, digits and hyphens are needed, not \(name.prefix(40))")
    }
    (self.name, self.images, self.labels) = (name, images, labels)
    let (mask, map) = (try object.array("mask"), try object.object("map"))
    let isTask = try object.bool("transfer") ?? false
    guard [mask != nil, map != nil, isTask].count(where: { $0 }) < 2 else {
      throw ConfigurationError(place: place, problem: "choose one of \"mask\", \"map\" and \"transfer\"")
    }
    guard !isTask || TransferTasks.names.allSatisfy({ $0 != name }) else {
      throw object.error("name", "\(name) is the name of a built-in task")
    }
    if isTask {
      meaning = .task
    } else if let mask {
      meaning = .mask(try Self.mask(mask, place: object.path("mask")))
    } else if let map {
      meaning = .map(try Self.map(map))
    } else {
      meaning = .classes
    }
    try object.finish()
  }

  var json: JSONValue {
    var members: [String: JSONValue] = ["name": .string(name), "images": .string(images), "labels": .string(labels)]
    switch meaning {
    case .classes: break
    case .task: members["transfer"] = true
    case .mask(let classes): members["mask"] = .array(classes.map { .integer(Int64($0)) })
    case .map(let labels):
      members["map"] = .object(
        Dictionary(
          uniqueKeysWithValues: labels.indices.filter { labels[$0] >= 0 }
            .map { (String($0), .integer(Int64(labels[$0]))) }))
    }
    return .object(members)
  }

  private static func mask(_ elements: [JSONValue], place: String) throws -> [Int] {
    let classes = try elements.map { try self.class($0.text ?? $0.canonicalText, place: place) }
    guard !classes.isEmpty else { throw ConfigurationError(place: place, problem: "the mask is empty") }
    guard Set(classes).count == classes.count else {
      throw ConfigurationError(place: place, problem: "a class is listed twice")
    }
    return classes.sorted()
  }

  private static func map(_ object: StrictObject) throws -> [Int] {
    var object = object
    var labels = [Int](repeating: -1, count: SourceImages.classNames.count)
    for key in object.keys {
      let number = try self.class(key, place: object.place)
      guard labels[number] < 0 else { throw object.error(key, "the class is listed twice") }
      guard let label = try object.integer(key, in: 0...SourceImages.classNames.count - 1) else { continue }
      labels[number] = label
    }
    let used = Set(labels).subtracting([-1])
    guard let largest = used.max() else { throw ConfigurationError(place: object.place, problem: "the map is empty") }
    if let unused = (0...largest).first(where: { !used.contains($0) }) {
      throw ConfigurationError(
        place: object.place, problem: "no class means the label \(unused); labels are numbered from 0 without gaps")
    }
    return labels
  }

  /// The number of a class that is given by its name or its number.
  private static func `class`(_ text: String, place: String) throws -> Int {
    let names = SourceImages.classNames
    if let number = names.firstIndex(of: text) { return number }
    guard let number = Int(text), names.indices.contains(number) else {
      throw ConfigurationError(place: place, problem: "unknown class: " + Suggestion.unknown(text, among: names))
    }
    return number
  }
}
