import Core
import Economics

/// Everything that decides the outcome of a score task.
struct ScoreTask: Hashable, Sendable {
  let scorer: Scorer
  let shift: String
  let seed: Int
  /// Decides how many candidates are scored.
  let power: PurchasingPower

  init(scorer: Scorer, shift: String, seed: Int, power: PurchasingPower) {
    self.scorer = scorer
    self.shift = shift
    self.seed = seed
    self.power = power
  }

  var json: JSONValue {
    ["scorer": scorer.json, "shift": .string(shift), "seed": .integer(Int64(seed)), "power": power.json]
  }

  /// Reads what ``json`` writes; throws a ``ConfigurationError`` on anything else.
  init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    scorer = try Scorer(json: try object.require("scorer"), place: object.path("scorer"))
    power = try PurchasingPower(json: try object.require("power"), place: object.path("power"))
    guard let shift = try object.string("shift"), let seed = try object.integer("seed", in: 0...Int(Int32.max)) else {
      throw ConfigurationError(place: place, problem: "a score task has a shift and a seed")
    }
    self.shift = shift
    self.seed = seed
    try object.finish()
  }
}
