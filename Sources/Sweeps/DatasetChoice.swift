package import Core

/// Where the pools come from, and what trials are measured on.
package struct DatasetChoice: Hashable, Sendable {
  /// The built-in data set's name; `fashion++` is the only one.
  package var builtIn = "fashion++"
  /// The directory that holds the raw files.
  package var directory = "/usr/share/datasets/fashion-mnist"
  package var seed = 0
  /// Votes per image in the crowdsourced pool; each is paid for.
  package var crowdVotes = 1
  /// Images per corruption and severity.
  package var corruptionImages = 1_000
  package var deployment = DeploymentChoice.world(nil)
  /// Further labelled sets that every trial is measured on.
  package var evaluationSets: [EvaluationSetChoice] = []

  package init() {}

  package init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    if let name = try object.string("builtIn") {
      guard name == builtIn else { throw object.error("builtIn", Suggestion.unknown(name, among: [builtIn])) }
    }
    directory = try object.string("directory") ?? directory
    seed = try object.integer("seed", in: 0...Int(Int32.max)) ?? seed
    crowdVotes = try object.integer("crowdVotes", in: 1...9) ?? crowdVotes
    corruptionImages = try object.integer("corruptionImages", in: 10...10_000) ?? corruptionImages
    guard !crowdVotes.isMultiple(of: 2) else {
      throw object.error("crowdVotes", "an odd number is needed, so that votes can have a majority")
    }
    if let deployment = object.value("deployment") {
      self.deployment = try DeploymentChoice(json: deployment, place: object.path("deployment"))
    }
    evaluationSets = try (object.array("evaluationSets") ?? []).enumerated().map {
      try EvaluationSetChoice(json: $1, place: "\(object.path("evaluationSets"))[\($0)]")
    }
    var names: Set<String> = []
    for set in evaluationSets where !names.insert(set.name).inserted {
      throw object.error("evaluationSets", "\(set.name) is listed twice")
    }
    try object.finish()
  }

  package var json: JSONValue {
    [
      "builtIn": .string(builtIn), "directory": .string(directory), "seed": .integer(Int64(seed)),
      "crowdVotes": .integer(Int64(crowdVotes)), "corruptionImages": .integer(Int64(corruptionImages)),
      "deployment": deployment.json, "evaluationSets": .array(evaluationSets.map(\.json)),
    ]
  }

  /// The organisation's own files by the name that a planned sweep knows them under: `deployment.images`,
  /// `set.NAME.labels`, …
  package var ownFiles: [String: String] {
    var files: [String: String] = [:]
    if case .files(let images, let labels, let target) = deployment {
      files = ["deployment.images": images, "deployment.labels": labels, "deployment.target": target]
    }
    for set in evaluationSets {
      files["\(set.metric).images"] = set.images
      files["\(set.metric).labels"] = set.labels
    }
    return files
  }
}

/// Where the samples of the deployment come from.
package enum DeploymentChoice: Hashable, Sendable {
  /// A built-in world; nil is the first one, any number draws another class mix and another camera.
  case world(Int?)
  /// Files of the organisation: labelled images to measure on, and an unlabelled target sample to choose by. IDX or
  /// NumPy, gzipped or not.
  case files(images: String, labels: String, target: String)

  /// Reads `{}`, `{"seed": N}`, or `{"images": FILE, "labels": FILE, "target": FILE}`.
  package init(json: JSONValue, place: String) throws {
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

  package var json: JSONValue {
    switch self {
    case .world(let seed): seed.map { ["seed": .integer(Int64($0))] } ?? [:]
    case .files(let images, let labels, let target):
      ["images": .string(images), "labels": .string(labels), "target": .string(target)]
    }
  }
}

/// A labelled set of the organisation, for example a natural out-of-distribution set.
package struct EvaluationSetChoice: Hashable, Sendable {
  /// How its labels relate to the classes.
  package enum Labels: Hashable, Sendable {
    /// They are the classes.
    case classes
    /// They are some of the classes; the others cannot be answered (as for ImageNet-A).
    case mask([Int])
    /// They are coarser: for each class the label that it means, −1 for none (as for ObjectNet).
    case map([Int])
    /// They are those of another task, which the network is adapted to with a part of the images.
    case task
  }

  /// What the metric is called: the accuracy on it is `set.NAME`, or `transfer.NAME` when it is another task.
  package let name: String
  package let images: String
  package let labels: String
  package let meaning: Labels

  package var metric: String { meaning == .task ? "transfer.\(name)" : "set.\(name)" }

  /// Reads `{"name", "images", "labels", "mask": [classes] | "map": {class: label} | "transfer": true}`; a class is a name or
  /// a number.
  package init(json: JSONValue, place: String) throws {
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

  package var json: JSONValue {
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
    var labels = [Int](repeating: -1, count: FashionPlusPlus.classNames.count)
    for key in object.keys {
      let number = try self.class(key, place: object.place)
      guard labels[number] < 0 else { throw object.error(key, "the class is listed twice") }
      guard let label = try object.integer(key, in: 0...FashionPlusPlus.classNames.count - 1) else { continue }
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
    let names = FashionPlusPlus.classNames
    if let number = names.firstIndex(of: text) { return number }
    guard let number = Int(text), names.indices.contains(number) else {
      throw ConfigurationError(place: place, problem: "unknown class: " + Suggestion.unknown(text, among: names))
    }
    return number
  }
}
