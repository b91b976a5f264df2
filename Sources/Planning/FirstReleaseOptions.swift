import Core
import Sweeps

/// How the tasks of the first release say a strategy: without the options that came later, and with the defaults of then.
enum FirstReleaseOptions {
  /// Options that came later, each with a default that no task of the first release could state.
  private static let newer: Set<String> = ["pictures", "judge"]

  /// - Parameters:
  ///   - completed: the strategy with every option of today.
  ///   - stated: as the sweep asked for it.
  static func choice(_ completed: StrategyChoice, stated: StrategyChoice) -> StrategyChoice {
    var options = completed.options.filter { !newer.contains($0.key) || stated.options[$0.key] != nil }
    // A mix says the strategy within as a whole.
    if let within = options["with"], let choice = try? StrategyChoice(json: within, place: "with") {
      let asked = (stated.options["with"]).flatMap { try? StrategyChoice(json: $0, place: "with") }
      options["with"] = self.choice(choice, stated: asked ?? StrategyChoice(name: choice.name)).json
    }
    return StrategyChoice(name: completed.name, options: options)
  }
}
