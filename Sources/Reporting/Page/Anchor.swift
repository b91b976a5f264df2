import Core
import Sweeps

/// Names of places on the page that numbers link to.
enum Anchor {
  /// The evidence of one setting.
  static func evidence(_ setting: Setting) -> String { "evidence-\(suffix(setting))" }

  /// The overall ranking by one metric.
  static func ranking(_ setting: Setting, _ metric: Metric) -> String { "ranking-\(metric.name)-\(suffix(setting))" }

  /// The table of one metric by strategy and way of collecting.
  static func shifts(_ setting: Setting, _ metric: Metric) -> String { "shifts-\(metric.name)-\(suffix(setting))" }

  static func ledger(_ setting: Setting) -> String { "ledger-\(suffix(setting))" }
  static func prices(_ setting: Setting) -> String { "prices-\(suffix(setting))" }
  static func mixes(_ setting: Setting) -> String { "mixes-\(suffix(setting))" }

  /// The trials of a strategy of `grid`, in one shift or in all.
  static func trials(_ grid: Grid, _ strategy: Int, shift: Int? = nil) -> String {
    let kind = grid.shifts == [Grid.mix] ? "m" : "t"
    return "\(kind)\(strategy)\(shift.map { "-\($0)" } ?? "")-\(suffix(grid.setting))"
  }

  private static func suffix(_ setting: Setting) -> String {
    // Any text may stand in a model's options; an address has letters and digits. A page has thousands, so they are short.
    let model = setting.model == .standard ? "" : "-\(Digest(of: setting.model.label).short)"
    let sizing = setting.sizing == .equalCost ? "c" : "i"
    let length =
      switch setting.trainingLength {
      case .equalSteps: "s"
      case .equalEpochs: "e"
      case .steps(let count): "s\(count)"
      case .epochs(let count): "e\(count)"
      }
    let (whole, rest) = setting.budget.millionths.quotientAndRemainder(dividingBy: 1_000_000)
    let world = setting.world.map { "-\(Digest(of: $0).short)" } ?? ""
    return "\(whole)\(rest == 0 ? "" : "_\(rest)")\(sizing)\(length)\(model)\(world)"
  }
}

extension Markup {
  /// A number that links to what it was made from.
  static func traced(_ content: Markup, to anchor: String) -> Markup {
    .element("a", ["href": "#\(anchor)"], [content])
  }

  static func traced(_ text: String, to anchor: String) -> Markup { traced(.text(text), to: anchor) }
}
