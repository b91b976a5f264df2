package import Core

/// Which of several data sets of a sweep one is.
package struct DatasetVariant: Hashable, Sendable {
  /// What people call the world that it is about: another world is another question. nil where all data sets are of one.
  package let world: String?
  /// Which drawing of its pools it is: draws of one world answer the same question, so that their spread belongs into the
  /// intervals. nil where all data sets are the same draw.
  package let draw: Int?

  package init(world: String?, draw: Int?) {
    self.world = world
    self.draw = draw
  }

  /// `world 1, draw 2`
  package var label: String { ([world] + [draw.map { "draw \($0)" }]).compactMap { $0 }.joined(separator: ", ") }

  package var json: JSONValue {
    var members: [String: JSONValue] = [:]
    members["world"] = world.map { .string($0) }
    members["draw"] = draw.map { .integer(Int64($0)) }
    return .object(members)
  }

  /// Reads what ``json`` writes; throws a ``ConfigurationError`` on anything else.
  package init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    world = try object.string("world")
    draw = try object.integer("draw", in: 0...Int(Int32.max))
    try object.finish()
  }
}
