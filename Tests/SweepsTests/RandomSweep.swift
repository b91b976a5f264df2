import Core
import Economics
import Sweeps

/// Requests with random contents that a file may have.
struct RandomSweep {
  var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed, purpose: "random sweeps") }

  mutating func below(_ bound: Int) -> Int { random.integer(below: bound) }
  mutating func flag() -> Bool { random.next() & 1 == 0 }

  /// Letters that have to be escaped, or have several bytes, among them.
  mutating func name() -> String {
    let letters: [Character] = ["a", "b", " ", "-", "é", "界", "🦜", "\"", "\\", "/"]
    return String((0...below(12)).map { _ in letters[below(letters.count)] })
  }

  mutating func json(depth: Int = 0) -> JSONValue {
    switch below(depth > 2 ? 4 : 6) {
    case 0: .bool(flag())
    case 1: .integer(Int64(below(2_000)) - 1_000)
    case 2: .number(random.normal())
    case 3: .string(name())
    case 4: .array((0..<below(4)).map { _ in json(depth: depth + 1) })
    default: object(depth: depth + 1)
    }
  }

  mutating func object(depth: Int = 1) -> JSONValue {
    var members: [String: JSONValue] = [:]
    for _ in 0..<below(4) { members[name()] = json(depth: depth) }
    return .object(members)
  }

  mutating func choice() -> NamedChoice {
    var options = object().members!
    options["name"] = nil
    return NamedChoice(name: name(), options: flag() ? options : [:])
  }

  mutating func distinct<Element>(_ most: Int, by label: (Element) -> String, _ make: (inout RandomSweep) -> Element)
    -> [Element]
  {
    var (seen, found): (Set<String>, [Element]) = ([], [])
    for _ in 0...below(most) {
      let element = make(&self)
      if seen.insert(label(element)).inserted { found.append(element) }
    }
    return found
  }

  mutating func sweep() -> Sweep {
    var sweep = Sweep(
      strategies: distinct(4, by: \.label) { $0.choice() },
      shifts: flag() ? [] : distinct(3, by: { $0 }) { $0.name() },
      budgets: distinct(3, by: \.description) { Money(millionths: Int64($0.below(1 << 49)) + 1) },
      seeds: distinct(4, by: { String($0) }) { $0.below(Int(Int32.max) + 1) })
    sweep.name = name()
    sweep.dataset = DatasetChoice(
      kind: name(), options: .object(object().members!.filter { !["kind", "builtIn"].contains($0.key) }))
    sweep.models = distinct(3, by: \.label) { $0.choice() }
    sweep.sizing = flag() ? [.equalItems] : [.equalItems, .equalCost]
    sweep.training.steps = 1 + below(10_000_000)
    sweep.training.epochs = 1 + below(100_000)
    sweep.trainingLength = flag() ? [.equalEpochs, .equalSteps] : [.equalEpochs]
    if flag() {
      sweep.trainingLength += [
        .steps(sweep.training.steps % 10_000_000 + 1), .epochs(sweep.training.epochs % 100_000 + 1),
      ]
    }
    sweep.training.batch = 1 + below(65_536)
    sweep.training.optimizer = flag() ? .adamW : .sgd
    sweep.training.schedule = flag() ? .step : .constant
    sweep.training.averaging = flag() ? 0.5 : 0
    sweep.training.augmentation.mixup = flag() ? random.uniform() : 0
    sweep.training.learningRate = random.uniform() + 1e-9
    sweep.training.momentum = random.uniform() * 0.9999
    sweep.training.weightDecay = random.uniform() * 10
    sweep.training.warmupSteps = below(10_000_001)
    sweep.training.labelSmoothing = random.uniform() * 0.99
    sweep.evaluation.transfer = flag() ? .freeze : .fineTune
    sweep.evaluation.absentClasses = flag() ? .stayAbsent : .absentAsPublished
    sweep.evaluation.memoryPerClass = 1 + below(100_000)
    sweep.numericsCore = flag() ? name() : nil
    return sweep
  }
}
