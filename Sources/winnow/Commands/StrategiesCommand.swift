import ArgumentParser
import Core
import Curation

/// `winnow strategies`: what can stand in a sweep's `strategies`.
struct StrategiesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "strategies", abstract: "List the strategies: definition, source, needs and options.")

  @Flag(help: "One JSON object with every strategy.") var json = false

  func run() throws {
    if json {
      Terminal.print(json: .array(StrategyRegistry.listed.map(Self.json)))
    } else {
      print(StrategyRegistry.listed.map(Self.text).joined(separator: "\n"))
    }
  }

  private static func text(_ strategy: StrategyDescription) -> String {
    var lines = [strategy.name + (strategy.isAchievable ? "" : "   (a reference that nobody can buy)")]
    lines.append("    \(strategy.summary)")
    lines.append("    source: \(strategy.source)")
    let needs = strategy.needs.map(\.rawValue).sorted()
    lines.append("    needs: \(needs.isEmpty ? "nothing" : needs.joined(separator: ", "))")
    for option in strategy.options {
      lines.append("    option \(option.name) = \(option.default.canonicalText): \(option.meaning)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func json(_ strategy: StrategyDescription) -> JSONValue {
    [
      "name": .string(strategy.name), "summary": .string(strategy.summary), "source": .string(strategy.source),
      "needs": .array(strategy.needs.map(\.rawValue).sorted().map { .string($0) }),
      "isAchievable": .bool(strategy.isAchievable), "version": .integer(Int64(strategy.version)),
      "options": .array(
        strategy.options.map {
          ["name": .string($0.name), "default": $0.default, "meaning": .string($0.meaning)]
        }),
    ]
  }
}
