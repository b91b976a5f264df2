package import Core
import Economics

extension Sweep {
  /// Reads a sweep. `{}` is the built-in sweep; every key replaces one part of it. Unknown keys, empty axes,
  /// duplicates and values out of range throw a ``ConfigurationError`` that names the place.
  ///
  /// Names of strategies, models, kinds of data sets and pools are checked by whoever plans the sweep: the tables know them,
  /// this module does not.
  package init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json, place: place)
    self = .builtIn
    if let name = try object.string("name") {
      guard (1...200).contains(name.unicodeScalars.count),
        !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
      else { throw object.error("name", "a name has 1 to 200 characters, and no line ends or other controls") }
      self.name = name
    }
    if let dataset = object.value("dataset") {
      datasets = try DatasetChoice.list(json: dataset, place: object.path("dataset"))
    }
    if let choices = try object.array("strategies") {
      strategies = try choices.enumerated().map {
        try StrategyChoice(titledJSON: $0.element, place: "\(object.path("strategies"))[\($0.offset)]")
      }
      try Self.requireDistinct(strategies.map(\.description), key: "strategies", object)
      try Self.requireDistinct(strategies.map(\.label), key: "strategies", object)
    }
    if let names = try object.array("shifts") {
      shifts = try names.map {
        guard let name = $0.text else { throw object.error("shifts", "\($0.canonicalText) is no name of a pool") }
        return name
      }
      try Self.requireDistinct(shifts, key: "shifts", object)
    }
    if let names = try object.array("licences") {
      licences = try names.map {
        guard let name = $0.text, (1...200).contains(name.utf8.count) else {
          throw object.error("licences", "\($0.canonicalText) is no name of a licence, such as CC-BY-4.0")
        }
        return name
      }
      try Self.requireDistinct(licences, key: "licences", object)
    }
    if let amounts = try object.array("budgets") {
      budgets = try amounts.map {
        guard let amount = $0.double, amount <= 1e9, amount > 0, Money(amount) > .zero else {
          throw object.error(
            "budgets", "a budget is an amount above 0 (at least 0.000001) and at most 1e9, not \($0.canonicalText)")
        }
        return Money(amount)
      }
      try Self.requireDistinct(budgets.map(\.description), key: "budgets", object)
    }
    if let seeds = object.value("seeds") { self.seeds = try Self.seeds(seeds, object) }
    if let prices = object.value("prices") { self.prices = try PriceList(json: prices, place: object.path("prices")) }
    sizing = try Self.axis("sizing", Sizing.self, &object) ?? sizing
    try readModels(&object)
    try readTrainingLength(&object)
    if let evaluation = object.value("evaluation") {
      self.evaluation = try EvaluationSettings(json: evaluation, place: object.path("evaluation"))
    }
    if var numerics = try object.object("numerics") {
      numericsCore = try Self.numericsCore(&numerics)
      try numerics.finish()
    }
    storeWeights = try object.choice("storeWeights", StoredWeights.self) ?? storeWeights
    try object.finish()
  }

  /// The models, and the recipe that they are trained with. `hidden` among the settings of the training, as in the first
  /// release, is the option of the standard model.
  private mutating func readModels(_ object: inout StrictObject) throws {
    if let choices = try object.array("models") {
      models = try choices.enumerated().map {
        try ModelChoice(json: $0.element, place: "\(object.path("models"))[\($0.offset)]", what: "model")
      }
      try Self.requireDistinct(models.map(\.label), key: "models", object)
    }
    guard let training = object.value("training") else { return }
    var settings = training
    if case .object(var members) = training, let hidden = members.removeValue(forKey: "hidden") {
      guard models == [.standard] else {
        throw object.error(
          "training.hidden", "give the widths with the model: {\"name\": \"mlp\", \"hidden\": [256, 128]}")
      }
      models = [ModelChoice(name: ModelChoice.standard.name, options: ["hidden": hidden])]
      settings = .object(members)
    }
    self.training = try TrainingSettings(json: settings, place: object.path("training"))
  }

  /// The canonical form, with every default written out.
  package var json: JSONValue {
    var members: [String: JSONValue] = [
      "name": .string(name), "dataset": datasets.count == 1 ? dataset.json : .array(datasets.map(\.json)),
      "strategies": .array(strategies.map(\.titledJSON)),
      "budgets": .array(budgets.map(\.json)),
      "models": .array(models.map(\.json)), "seeds": .array(seeds.map { .integer(Int64($0)) }), "prices": prices.json,
      "sizing": .array(sizing.map { .string($0.rawValue) }),
      "trainingLength": .array(trainingLength.map { .string($0.label) }), "training": training.json,
      "evaluation": evaluation.json,
      "numerics": numericsJSON,
    ]
    // Without pools it asks for all that the data set has.
    if !shifts.isEmpty { members["shifts"] = .array(shifts.map { .string($0) }) }
    // No part of what is computed: sweeps that leave it out keep their names.
    if storeWeights != .one { members["storeWeights"] = .string(storeWeights.rawValue) }
    if !licences.isEmpty { members["licences"] = .array(licences.map { .string($0) }) }
    return .object(members)
  }

  private var numericsJSON: JSONValue {
    guard let numericsCore else { return [:] }
    return numericsCore == NumericsEngine.portable.rawValue
      ? ["engine": .string(numericsCore)] : ["core": .string(numericsCore)]
  }

  private static func numericsCore(_ numerics: inout StrictObject) throws -> String? {
    let core = try numerics.string("core")
    guard try numerics.choice("engine", NumericsEngine.self) == .portable else { return core }
    guard core == nil else {
      throw numerics.error("core", "the portable engine has no kernels to choose from; leave one of the two out")
    }
    return NumericsEngine.portable.rawValue
  }

  private static func seeds(_ json: JSONValue, _ object: StrictObject) throws -> [Int] {
    if let count = json.int {
      guard (1...10_000).contains(count) else {
        throw object.error("seeds", "a count of seeds is from 1 to 10000, not \(count)")
      }
      return Array(0..<count)
    }
    guard let elements = json.elements else {
      throw object.error("seeds", "a count such as 5, or a list such as [0, 1, 2], is needed")
    }
    let seeds = try elements.map {
      guard let seed = $0.int, (0...Int(Int32.max)).contains(seed) else {
        throw object.error("seeds", "a seed is a whole number from 0 to \(Int32.max), not \($0.canonicalText)")
      }
      return seed
    }
    try requireDistinct(seeds.map(String.init), key: "seeds", object)
    return seeds
  }

  /// Lengths as they are spelled; a whole number is a number of steps. Two lengths that train equally are one.
  private mutating func readTrainingLength(_ object: inout StrictObject) throws {
    guard let value = object.value("trainingLength") else { return }
    trainingLength = try (value.elements ?? [value]).map { element in
      let label = element.text ?? element.int.map { "\($0)-steps" }
      guard let length = label.flatMap(TrainingLength.init(label:)) else {
        throw object.error(
          "trainingLength",
          "\(element.canonicalText) is not known; equal-steps, equal-epochs, a number of steps such as 2000-steps or of passes such as 20-epochs is needed"
        )
      }
      return length
    }
    try Self.requireDistinct(
      trainingLength.map { "\($0.count(in: training))-\($0.rule == .equalSteps ? "steps" : "epochs")" },
      key: "trainingLength",
      object)
  }

  private static func axis<Choice: RawRepresentable & CaseIterable & Hashable>(
    _ key: String, _ type: Choice.Type, _ object: inout StrictObject
  ) throws -> [Choice]? where Choice.RawValue == String {
    guard let value = object.value(key) else { return nil }
    let names = value.text.map { [JSONValue.string($0)] } ?? value.elements ?? [value]
    let choices = try names.map { name in
      guard let choice = name.text.flatMap(Choice.init(rawValue:)) else {
        throw object.error(
          key, Suggestion.unknown(name.text ?? name.canonicalText, among: Choice.allCases.map(\.rawValue)))
      }
      return choice
    }
    try requireDistinct(choices.map(\.rawValue), key: key, object)
    return choices
  }

  private static func requireDistinct(_ names: [String], key: String, _ object: StrictObject) throws {
    guard !names.isEmpty else { throw object.error(key, "the list is empty, so the sweep would have no trial") }
    var seen: Set<String> = []
    for name in names where !seen.insert(name).inserted { throw object.error(key, "\(name) is listed twice") }
  }
}
