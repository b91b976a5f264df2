import ArgumentParser
import Core
import Curation
import Sweeps

/// `winnow strategies`: what can stand in a sweep's `strategies`.
struct StrategiesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "strategies", abstract: "List the strategies: definition, source, needs, costs and options.")

  @Flag(help: "Print one JSON array with every strategy.") var json = false

  func run() throws {
    if json {
      try Terminal.print(json: .array(StrategyRegistry.listed.map(Self.json)))
    } else {
      try Terminal.print(StrategyRegistry.listed.map(Self.text).joined(separator: "\n"))
    }
  }

  private static func text(_ strategy: StrategyDescription) -> String {
    var lines = [strategy.name + (strategy.isAchievable ? "" : "   (a reference that nobody can buy)")]
    lines.append("    \(strategy.summary)")
    lines.append("    source: \(strategy.source)")
    let needs = strategy.needs.map(\.rawValue).sorted()
    lines.append("    needs: \(needs.isEmpty ? "nothing" : needs.joined(separator: ", "))")
    if let costs = costs(of: strategy) {
      let looking = costs.looking.isEmpty ? "nothing" : costs.looking.joined(separator: ", ")
      lines.append("    pays for each image looked at: \(looking); bought: \(costs.buying.joined(separator: ", "))")
    } else {
      lines.append("    pays what the strategies of its parts pay")
    }
    for option in strategy.options {
      let words = option.words.isEmpty ? "" : " (\(option.words.joined(separator: ", ")))"
      lines.append("    option \(option.name) = \(option.default.canonicalText)\(words): \(option.meaning)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What it pays with its default options, in words; nil for mixes.
  private static func costs(of strategy: StrategyDescription) -> (looking: [String], buying: [String])? {
    let files = strategy.options.filter { $0.values == .file }.map { ($0.name, JSONValue.string("a file")) }
    let choice = StrategyChoice(name: strategy.name, options: Dictionary(uniqueKeysWithValues: files))
    return choice.isMix ? nil : try? StrategyRegistry.resolve(choice).costs
  }

  private static func json(_ strategy: StrategyDescription) -> JSONValue {
    let costs = costs(of: strategy)
    return [
      "name": .string(strategy.name), "summary": .string(strategy.summary), "source": .string(strategy.source),
      "needs": .array(strategy.needs.map(\.rawValue).sorted().map { .string($0) }),
      "costs": costs.map {
        ["looking": .array($0.looking.map { .string($0) }), "buying": .array($0.buying.map { .string($0) })]
      } ?? .null,
      "isAchievable": .bool(strategy.isAchievable), "version": .integer(Int64(strategy.version)),
      "options": .array(
        strategy.options.map {
          ["name": .string($0.name), "default": $0.default, "meaning": .string($0.meaning)]
        }),
    ]
  }
}
