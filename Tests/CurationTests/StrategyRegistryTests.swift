import Core
import Curation
import Sweeps
import Testing

@Suite struct StrategyRegistryTests {
  @Test func knowsEveryStrategyOfTheBuiltInSweep() {
    let names = StrategyRegistry.all.map(\.name)
    #expect(Set(names).isSuperset(of: Sweep.builtIn.strategies.map(\.name)))
    #expect(Set(names).count == names.count)
    #expect(StrategyRegistry.all.filter { !$0.isAchievable }.map(\.name) == ["oracle-clean"])
  }

  @Test(arguments: StrategyRegistry.all) func itsDefaultsAreAllowedAndItsOptionsDescribed(
    _ description: StrategyDescription
  ) throws {
    let files = description.options.filter { $0.values == .file }.map { ($0.name, JSONValue.string("a path")) }
    let choice = StrategyChoice(name: description.name, options: Dictionary(uniqueKeysWithValues: files))
    let strategy = try StrategyRegistry.resolve(choice)
    #expect(Set(strategy.options.keys) == Set(description.options.map(\.name)))
    #expect(description.options.allSatisfy { !$0.meaning.isEmpty } && !description.summary.isEmpty)
    let again = try StrategyRegistry.resolve(strategy.completeChoice)
    #expect(again.completeChoice == strategy.completeChoice)
    #expect(strategy.files.count == files.count)
    let terms = try SyntheticPools.terms(budget: 10)
    #expect((strategy.scoreParameters(in: terms) != nil) == description.needs.contains(.scores))
    #expect(strategy.scorerAlgorithms.isEmpty != description.needs.contains(.scores))
  }

  @Test func saysWhatEachStrategyCosts() throws {
    func costs(_ name: String, _ options: [String: JSONValue] = [:]) throws -> String {
      let costs = try StrategyRegistry.resolve(StrategyChoice(name: name, options: options)).costs
      return costs.looking.joined(separator: ", ") + " | " + costs.buying.joined(separator: ", ")
    }
    #expect(try costs("random") == " | the image, its label, storage")
    #expect(try costs("k-center") == "a look, 1 forward pass | the image, its label, storage")
    #expect(try costs("k-center", ["balanced": true]) == "a look, its label, 1 forward pass | the image, storage")
    #expect(
      try costs("el2n") == "a look, its label, 3 forward passes, 6 epochs of training | the image, storage")
  }

  @Test func saysWhatWasMeantByAMistypedNameOptionOrValue() throws {
    func problem(_ name: String, _ options: [String: JSONValue] = [:]) -> String {
      do {
        _ = try StrategyRegistry.resolve(StrategyChoice(name: name, options: options))
        return "none"
      } catch { return "\(error)" }
    }
    #expect(problem("herdin").contains("did you mean \"herding\"?"))
    #expect(problem("herding", ["kep": 0.5]).contains("did you mean \"keep\"?"))
    #expect(problem("random", ["keep": 0.5]).contains("no options"))
    #expect(problem("el2n", ["order": "larges"]).contains("did you mean \"largest\"?"))
    for keep: JSONValue in [0, -1, 1.01, "half", nil] {
      #expect(problem("k-center", ["keep": keep]).contains("above 0 and at most 1"))
    }
    #expect(problem("margin", ["epochs": 0]).contains("from 1 to 1000"))
    #expect(problem("margin", ["balanced": 1]).contains("true or false"))
    #expect(problem("margin", ["epochs": 7, "keep": 1, "balanced": true]) == "none")
  }

  @Test func choicesThatMeanTheSameShareTheirScores() throws {
    let terms = try SyntheticPools.terms(budget: 10)
    func parameters(_ name: String, _ options: [String: JSONValue], _ terms: Terms) throws -> String? {
      let strategy = try StrategyRegistry.resolve(StrategyChoice(name: name, options: options))
      return strategy.scoreParameters(in: terms)?.canonicalText
    }
    let plain = try parameters("el2n", [:], terms)
    #expect(try parameters("el2n", ["order": "smallest", "balanced": true, "keep": 0.75], terms) == plain)
    #expect(try parameters("el2n", ["runs": 4], terms) != plain)
    #expect(try parameters("el2n", ["keep": 0.4], terms) != plain)
    #expect(try parameters("margin", [:], terms) != plain)
    let others = [
      try SyntheticPools.terms(budget: 11), try SyntheticPools.terms(budget: 10, seed: 1),
      try SyntheticPools.terms(shift: "synthetic-text", budget: 10),
    ]
    for other in others { #expect(try parameters("el2n", [:], other) != plain) }
  }
}
