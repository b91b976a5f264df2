package import Core

/// An object that an outcome refers to.
package struct ObjectReference: Hashable, Sendable {
  package let digest: Digest
  /// Size in bytes.
  package let size: Int

  package init(digest: Digest, size: Int) {
    self.digest = digest
    self.size = size
  }
}

/// What a task produced. Equal work gives equal bytes: no times, no host names.
package struct Outcome: Hashable, Sendable {
  package let task: TaskID
  package let kind: TaskKindName
  /// Arrays and files it made, by name.
  package let objects: [String: ObjectReference]
  /// Small results, an object; for a trial what ``TrialResult`` reads.
  package let values: JSONValue

  package init(task: TaskID, kind: TaskKindName, objects: [String: ObjectReference], values: JSONValue) {
    self.task = task
    self.kind = kind
    self.objects = objects
    self.values = values
  }

  package var json: JSONValue {
    [
      "task": .string(task.description), "kind": .string(kind.name), "values": values,
      "objects": .object(
        objects.mapValues { ["digest": .string($0.digest.description), "size": .integer(Int64($0.size))] }),
    ]
  }

  /// The bytes that the store keeps; their digest is the outcome's name.
  package var canonical: [UInt8] { json.canonical }

  /// Reads what ``canonical`` writes; throws a ``ConfigurationError`` on anything else.
  package init(bytes: [UInt8], place: String) throws {
    var object = try StrictObject(try JSONValue.parse(bytes, source: place), place: place)
    guard let task = try object.string("task").flatMap({ TaskID($0) }),
      let kind = try object.string("kind").flatMap({ TaskKindName(reading: $0) }),
      let references = object.value("objects")?.members
    else { throw ConfigurationError(place: place, problem: "an outcome has a task, a kind and objects") }
    self.task = task
    self.kind = kind
    objects = try references.mapValues { value in
      var entry = try StrictObject(value, place: place + ".objects")
      guard let digest = try entry.string("digest").flatMap({ Digest($0) }),
        let size = try entry.integer("size", in: 0...(1 << 50))
      else { throw ConfigurationError(place: entry.place, problem: "an object has a digest and a size") }
      try entry.finish()
      return ObjectReference(digest: digest, size: size)
    }
    values = try object.require("values")
    try object.finish()
  }
}
