package import Core

/// The recipe that every model of a sweep is trained with.
package struct TrainingSettings: Hashable, Sendable {
  package enum Optimizer: String, CaseIterable, Hashable, Sendable {
    case sgd
    case nesterov = "sgd-nesterov"
    case adamW = "adamw"
  }

  package enum Schedule: String, CaseIterable, Hashable, Sendable {
    case cosine, constant, step
  }

  /// Optimiser steps, for `equal-steps`.
  package var steps = 400
  /// Passes over the subset, for `equal-epochs`.
  package var epochs = 20
  package var batch = 128
  package var learningRate = 0.05
  package var momentum = 0.9
  package var weightDecay = 5e-4
  /// Steps over which the learning rate grows from 0 before the schedule.
  package var warmupSteps = 0
  package var labelSmoothing = 0.0
  package var optimizer = Optimizer.sgd
  package var schedule = Schedule.cosine
  /// Shares of all steps at which `step` multiplies the rate by ``factor``; ascending.
  package var milestones = [0.5, 0.75]
  package var factor = 0.1
  /// Warm-up as a share of all steps, beside ``warmupSteps``.
  package var warmupShare = 0.0
  /// Decay of the running mean of the parameters that training ends with; 0 for none.
  package var averaging = 0.0
  package var augmentation = AugmentationSettings()

  /// Possible values of ``steps`` and of ``epochs``.
  static let stepCounts = 1...10_000_000
  static let epochCounts = 1...100_000

  package init() {}

  /// Reads settings, those that a `preset` names first. Throws a ``ConfigurationError``.
  package init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    if let preset = try object.choice("preset", TrainingPreset.self) { self = preset.settings }
    steps = try object.integer("steps", in: Self.stepCounts) ?? steps
    epochs = try object.integer("epochs", in: Self.epochCounts) ?? epochs
    batch = try object.integer("batch", in: 1...65_536) ?? batch
    learningRate = try object.number("learningRate", in: 1e-9...1e3) ?? learningRate
    momentum = try object.number("momentum", in: 0...0.9999) ?? momentum
    weightDecay = try object.number("weightDecay", in: 0...10) ?? weightDecay
    warmupSteps = try object.integer("warmupSteps", in: 0...10_000_000) ?? warmupSteps
    labelSmoothing = try object.number("labelSmoothing", in: 0...0.99) ?? labelSmoothing
    optimizer = try object.choice("optimizer", Optimizer.self) ?? optimizer
    schedule = try object.choice("schedule", Schedule.self) ?? schedule
    if let shares = try object.array("milestones") { milestones = try Self.milestones(shares, object) }
    factor = try object.number("factor", in: 0...1) ?? factor
    warmupShare = try object.number("warmupShare", in: 0...1) ?? warmupShare
    averaging = try object.number("averaging", in: 0...0.999999) ?? averaging
    if let value = object.value("augmentation") {
      augmentation = try AugmentationSettings(json: value, place: object.path("augmentation"), else: augmentation)
    }
    try object.finish()
  }

  private static func milestones(_ shares: [JSONValue], _ object: StrictObject) throws -> [Double] {
    let numbers = shares.compactMap(\.double)
    guard numbers.count == shares.count, numbers.allSatisfy({ $0 > 0 && $0 < 1 }), numbers == numbers.sorted(),
      (1...32).contains(numbers.count)
    else { throw object.error("milestones", "1 to 32 shares of all steps, between 0 and 1 and ascending, are needed") }
    return numbers
  }

  /// The settings of release 1 always, later ones where they differ from their defaults: tasks that do not use them keep their
  /// names.
  package var json: JSONValue {
    var members: [String: JSONValue] = [
      "steps": .integer(Int64(steps)), "epochs": .integer(Int64(epochs)), "batch": .integer(Int64(batch)),
      "learningRate": .number(learningRate),
      "momentum": .number(momentum), "weightDecay": .number(weightDecay), "warmupSteps": .integer(Int64(warmupSteps)),
      "labelSmoothing": .number(labelSmoothing),
    ]
    if optimizer != .sgd { members["optimizer"] = .string(optimizer.rawValue) }
    if schedule != .cosine { members["schedule"] = .string(schedule.rawValue) }
    if schedule == .step {
      members["milestones"] = .array(milestones.map { .number($0) })
      members["factor"] = .number(factor)
    }
    if warmupShare != 0 { members["warmupShare"] = .number(warmupShare) }
    if averaging != 0 { members["averaging"] = .number(averaging) }
    if augmentation != AugmentationSettings() { members["augmentation"] = augmentation.json }
    return .object(members)
  }
}
