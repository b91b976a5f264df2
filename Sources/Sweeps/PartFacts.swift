package import Core

/// What is known of one part of a data set: what its task's outcome says beside its objects. Values only; the words of its
/// remarks are given with the data set.
package struct PartFacts: Hashable, Sendable {
  /// Samples; nil for a part that holds several sets.
  package var count: Int?
  /// Samples by observed label.
  package var classCounts: [Int]
  package var classNames: [String]
  package var licence: String?
  /// How the labels were made.
  package var labelOrigin: Remark?
  /// The share of wrong labels, 0…1; nil where it is unknown.
  package var labelNoise: Double?
  /// The share of samples that show none of the classes, 0…1; nil where it is unknown.
  package var noneOfTheClasses: Double?
  /// What stands for the truth where nobody has checked it; nil where the truth is known. A noise of 0 is then no finding.
  package var uncheckedTruth: Remark?
  /// What a reader must see: a simulated channel, the generator.
  package var statements: [Remark]
  /// What else is to be said: the source, the camera.
  package var notes: [Remark]
  /// Every other number, by name.
  package var others: [String: Double]
  /// The downstream tasks that the part holds.
  package var transferTasks: [TransferSummary.KnownTask]

  package init(
    count: Int? = nil, classCounts: [Int] = [], classNames: [String] = [], licence: String? = nil,
    labelOrigin: Remark? = nil, labelNoise: Double? = nil, noneOfTheClasses: Double? = nil,
    uncheckedTruth: Remark? = nil, statements: [Remark] = [], notes: [Remark] = [], others: [String: Double] = [:],
    transferTasks: [TransferSummary.KnownTask] = []
  ) {
    self.count = count
    self.classCounts = classCounts
    self.classNames = classNames
    self.licence = licence
    self.labelOrigin = labelOrigin
    self.labelNoise = labelNoise
    self.noneOfTheClasses = noneOfTheClasses
    self.uncheckedTruth = uncheckedTruth
    self.statements = statements
    self.notes = notes
    self.others = others
    self.transferTasks = transferTasks
  }
}

extension PartFacts {
  package var json: JSONValue {
    var members: [String: JSONValue] = [:]
    members["count"] = count.map { .integer(Int64($0)) }
    if !classCounts.isEmpty { members["classCounts"] = .array(classCounts.map { .integer(Int64($0)) }) }
    if !classNames.isEmpty { members["classNames"] = .array(classNames.map { .string($0) }) }
    members["licence"] = licence.map { .string($0) }
    members["labelOrigin"] = labelOrigin?.json
    members["labelNoise"] = labelNoise.map { .number($0) }
    members["noneOfTheClasses"] = noneOfTheClasses.map { .number($0) }
    members["uncheckedTruth"] = uncheckedTruth?.json
    if !statements.isEmpty { members["statements"] = .array(statements.map(\.json)) }
    if !notes.isEmpty { members["notes"] = .array(notes.map(\.json)) }
    if !others.isEmpty { members["others"] = .object(others.mapValues { .number($0) }) }
    if !transferTasks.isEmpty { members["transferTasks"] = .array(transferTasks.map(\.json)) }
    return .object(members)
  }

  /// Reads what ``json`` writes; throws a ``ConfigurationError`` on anything else.
  package init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    let count = try object.integer("count", in: 0...Int(Int32.max))
    let classCounts = try object.list("classCounts", "whole numbers from 0") { $0.int.flatMap { $0 < 0 ? nil : $0 } }
    let classNames = try object.list("classNames", "strings", \.text)
    func remark(_ key: String) throws -> Remark? {
      try object.value(key).map { try Remark(json: $0, place: object.path(key)) }
    }
    let (origin, truth) = (try remark("labelOrigin"), try remark("uncheckedTruth"))
    let others = try object.members("others", "numbers", \.double)
    self.init(
      count: count, classCounts: classCounts, classNames: classNames, licence: try object.string("licence"),
      labelOrigin: origin, labelNoise: try object.number("labelNoise", in: 0...1),
      noneOfTheClasses: try object.number("noneOfTheClasses", in: 0...1), uncheckedTruth: truth,
      statements: try Remark.list(try object.array("statements"), place: object.path("statements")),
      notes: try Remark.list(try object.array("notes"), place: object.path("notes")), others: others,
      transferTasks: try (try object.array("transferTasks") ?? []).map {
        try TransferSummary.KnownTask(json: $0, place: object.path("transferTasks"))
      })
    try object.finish()
  }

  /// What the outcome of a part's task says, `Outcome.values` of it: `part`, or the `facts` of release 1. nil when it says
  /// nothing.
  package static func read(values: JSONValue, place: String) throws -> PartFacts? {
    if let part = values["part"] { return try PartFacts(json: part, place: place) }
    return values["facts"].map { PartFacts(release1: $0) }
  }
}

extension TransferSummary.KnownTask {
  package var json: JSONValue {
    ["name": .string(name), "chance": .number(chance), "testImages": .integer(Int64(testImages))]
  }

  /// Reads what ``json`` writes; throws a ``ConfigurationError`` on anything else.
  package init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    guard let name = try object.string("name"), let chance = try object.number("chance", in: 0...1),
      let images = try object.integer("testImages", in: 0...Int(Int32.max))
    else { throw ConfigurationError(place: place, problem: "a task has a name, a chance and a number of testImages") }
    try object.finish()
    self.init(name: name, chance: chance, testImages: images)
  }
}
