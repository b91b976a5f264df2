import Sweeps

extension ResultsTable {
  /// A summary for a terminal of `width` columns (at least 40 are used): one block a setting with one row a strategy,
  /// best accuracy first, then the winner of each utility. ANSI colours only when `colours` is set. Ends in a newline.
  package static func terminal(_ input: ReportInput, width: Int = 80, colours: Bool = false) -> String {
    let settings = Setting.all(of: input).map { SettingAnalysis(input, $0) }
    let finished = settings.reduce(0) { $0 + $1.finished }
    let blocks = settings.filter { !$0.utilities.isEmpty }.map { setting in
      TerminalTable(setting: setting, currency: input.sweep.prices.currency, width: max(40, width), colours: colours)
        .text
    }
    let count = "\(Numbers.count(finished)) of \(Numbers.count(input.expectedTrials)) trials finished."
    let failed = input.failures.isEmpty ? "" : " \(Numbers.counted(input.failures.count, "failure"))."
    let prices = input.sweep.prices.isIllustrative && finished > 0 ? ["Prices are illustrative."] : []
    return (blocks + [count + failed] + prices).joined(separator: "\n") + "\n"
  }
}

/// One setting's summary in plain text.
struct TerminalTable {
  let setting: SettingAnalysis
  let currency: String
  let width: Int
  let colours: Bool

  private static let bold = "\u{1B}[1m"
  private static let reset = "\u{1B}[0m"
  private static let columnWidth = 14

  var text: String {
    let title = SettingWords.title(setting.setting, currency: currency).plainText(in: .english)
    let hasOracle = setting.grid.strategies.contains(where: \.isOracle)
    let notes = wrapped(TerminalWords.note) + (hasOracle ? wrapped(TerminalWords.oracle) : [])
    let lines = [emphasised(title), ""] + table + mixes + [""] + notes + [""] + winners + [""]
    return lines.joined(separator: "\n")
  }

  /// As many utilities as fit beside the names.
  private var utilities: [UtilityAnalysis] {
    Array(setting.utilities.prefix(max(1, (width - nameWidth) / Self.columnWidth)))
  }

  private var nameWidth: Int {
    min(max(8, (setting.grid.strategies.map { Self.name($0).count }.max() ?? 0)), width - Self.columnWidth)
  }

  private static func name(_ strategy: StrategyChoice) -> String {
    strategy.isOracle ? strategy.label + " †" : strategy.label
  }

  private var table: [String] {
    guard let first = setting.utilities.first else { return [] }
    let heading = padded("strategy", nameWidth) + utilities.map { flushRight($0.metric.title.english) }.joined()
    let rows = first.standings.map { standing in
      let strategy = setting.grid.strategies[standing.strategy]
      let cells = utilities.map { flushRight(cell($0, standing.strategy)) }.joined()
      let line = Self.trimmed(padded(Self.name(strategy), nameWidth) + cells)
      return standing.strategy == first.winner?.strategy ? emphasised(line) : line
    }
    return [heading] + rows
  }

  /// Below the strategies, because a mix is one row for all sources: its name, then its means.
  private var mixes: [String] {
    let grid = setting.mixes
    let rows = grid.strategies.indices.filter { !grid.results($0).isEmpty }.flatMap { mix in
      let cells = utilities.map { utility in
        let mean = grid.mean(utility.metric.name, mix).map { Numbers.value($0, of: utility.metric, bare: true) }
        return flushRight((mean ?? Numbers.missing) + "       ")
      }
      return [String(grid.strategies[mix].label.prefix(width))] + [Self.trimmed(padded("", nameWidth) + cells.joined())]
    }
    return rows.isEmpty ? [] : ["", TerminalWords.mixes] + rows
  }

  private func cell(_ utility: UtilityAnalysis, _ strategy: Int) -> String {
    guard let standing = utility.standings.first(where: { $0.strategy == strategy }) else { return Numbers.missing }
    let mean = Numbers.value(standing.mean, of: utility.metric, bare: true)
    guard let difference = standing.difference else { return mean + "       " }
    let signed = Numbers.difference(difference.difference, of: utility.metric)
    return mean + " " + padded(signed + (utility.differsFromReference(strategy, setting.grid) ? "*" : ""), 6)
  }

  /// One line a utility: who is best, by how much, how sure.
  private var winners: [String] {
    let rows = setting.utilities.compactMap { utility -> [String]? in
      guard let winner = utility.winner else { return nil }
      let status = UtilityCard(setting: setting, utility: utility, level: 0).status.badge.plainText(in: .english)
      return [
        "  " + utility.metric.title.english, setting.name(winner.strategy), margin(winner, utility.metric), status,
      ]
    }
    let widths = (0..<4).map { column in rows.map { $0[column].count + 2 }.max() ?? 0 }
    let lines = rows.map { row in
      let line = zip(row, widths).map { padded($0, $1) }.joined()
      return String(Self.trimmed(line).prefix(width))
    }
    return wrapped(TerminalWords.best(setting.grid.seeds.count)) + lines
  }

  private func margin(_ winner: UtilityAnalysis.Standing, _ metric: Metric) -> String {
    guard let difference = winner.difference else { return TerminalWords.reference }
    let signed = Numbers.difference(difference.difference, of: metric)
    guard let interval = difference.interval else { return signed }
    return "\(signed) (\(SettingWords.interval(interval, metric).plainText(in: .english)))"
  }

  // MARK: Layout

  private func padded(_ text: String, _ width: Int) -> String {
    let cut = text.count > width ? text.prefix(width - 1) + "…" : text[...]
    return cut + String(repeating: " ", count: width - cut.count)
  }

  private static func trimmed(_ line: String) -> String {
    String(line.reversed().drop { $0 == " " }.reversed())
  }

  private func flushRight(_ text: String) -> String {
    String(repeating: " ", count: max(1, Self.columnWidth - text.count)) + text
  }

  private func emphasised(_ line: String) -> String { colours ? Self.bold + line + Self.reset : line }

  /// Lines of at most `width` columns; continuations are indented.
  private func wrapped(_ sentence: String) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in sentence.split(separator: " ") {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = "  " + word
      } else {
        line += (line.isEmpty ? "" : " ") + word
      }
    }
    return lines + [line]
  }
}
