import Core
package import Results
import Sweeps

extension ResultsTable {
  /// A summary for a terminal of `width` columns, which no line exceeds: the answer of the page's first screen, then one block
  /// a setting with one row a way of collecting, one row a strategy, and the winner of each utility. ANSI colours only when
  /// `colours` is set. Ends in a newline.
  package static func terminal(
    _ input: ReportInput, width: Int = 80, colours: Bool = false, language: Language = .english
  ) -> String {
    terminal(ReportAnalysis(input), width: width, colours: colours, language: language)
  }

  /// The same of what is analysed already.
  package static func terminal(
    _ analysis: ReportAnalysis, width: Int = 80, colours: Bool = false, language: Language = .english
  ) -> String {
    let (input, settings, finished) = (analysis.input, analysis.settings, analysis.finished)
    let answer = TerminalAnswer(analysis: analysis, width: width, colours: colours, language: language).text
    let blocks = settings.filter { !$0.utilities.isEmpty }.map { setting in
      TerminalTable(
        setting: setting, currency: input.sweep.prices.currency, width: width, colours: colours, language: language
      ).text
    }
    let isIllustrative = input.sweep.prices.isIllustrative && finished > 0
    let closing =
      [TerminalWords.finished(finished, of: input.expectedTrials, failures: input.failures.count)]
      + (isIllustrative ? [TerminalWords.illustrative] : [])
    let lines = closing.map { TextLines.wrapped($0.plainText(in: language), width: width) }
    return ((answer.map { [$0] } ?? []) + blocks + lines).joined(separator: "\n") + "\n"
  }
}

/// One setting's summary in plain text.
struct TerminalTable {
  let setting: SettingAnalysis
  let currency: String
  let width: Int
  let colours: Bool
  let language: Language

  private static let bold = "\u{1B}[1m"
  private static let reset = "\u{1B}[0m"

  var text: String {
    let title = wrapped(SettingWords.title(setting.setting, currency: currency)).map(emphasised)
    let table = table
    let notes: [Markup?] = [
      hasReference ? TerminalWords.note : TerminalWords.noReference,
      table.isStarred ? TerminalWords.star : nil,
      !setting.grid.strategies.indices.allSatisfy(setting.grid.isAchievable) ? TerminalWords.oracle : nil,
    ]
    let explained = notes.compactMap { $0 }.flatMap(wrapped)
    let collecting =
      CollectingTable(setting: setting, currency: currency, fact: nil).text(language)?.lines(width: width).map(\.text)
    let parts = [title] + (collecting.map { [$0] } ?? []) + [table.lines + mixes, explained, winners]
    return parts.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private var hasReference: Bool { setting.grid.reference != nil }

  // MARK: Strategies

  private var table: (lines: [String], isStarred: Bool) {
    guard let first = setting.utilities.first else { return ([], false) }
    let strategies = first.standings.map(\.strategy)
    let winner = strategies.firstIndex { $0 == first.winner?.strategy }
    let columns = setting.utilities.map { utility in
      column(utility, strategies.map { strategy in utility.standings.first { $0.strategy == strategy } })
    }
    let names = strategies.map { strategy in
      setting.name(strategy) + (setting.grid.isAchievable(strategy) ? "" : " †")
    }
    let table = TextTable(
      names: TextTable.Column(heading: spoken(TerminalWords.strategy), cells: names), columns: columns)
    let lines = table.lines(width: width).map { $0.row != nil && $0.row == winner ? emphasised($0.text) : $0.text }
    return (lines, columns.contains { $0.cells.contains { $0.contains("*") } })
  }

  /// Means below each other, and what they differ by beside them.
  private func column(_ utility: UtilityAnalysis, _ standings: [UtilityAnalysis.Standing?]) -> TextTable.Column {
    let metric = utility.metric
    let means = standings.map { Numbers.value($0?.mean, of: metric, bare: true) }
    let differences = standings.map { standing in
      guard let standing, let comparison = standing.difference else { return "" }
      let isDecided = utility.differsFromReference(standing.strategy, setting.grid)
      return Numbers.difference(comparison.difference, of: metric) + (isDecided ? "*" : "")
    }
    let (meanWidth, width) = (Self.width(of: means), Self.width(of: differences))
    let cells = zip(means, differences).map { mean, difference in
      TextTable.padded(mean, meanWidth, isFlushRight: true) + (width > 0 ? " " : "")
        + TextTable.padded(difference, width)
    }
    return TextTable.Column(heading: spoken(metric.shownTitle), isFlushRight: true, cells: cells)
  }

  /// Below the strategies, because a mix is one row for all sources.
  private var mixes: [String] {
    let grid = setting.mixes
    let rows = grid.strategies.indices.filter { !grid.results($0).isEmpty }
    guard !rows.isEmpty else { return [] }
    let columns = setting.utilities.map { utility in
      TextTable.Column(
        heading: spoken(utility.metric.shownTitle), isFlushRight: true,
        cells: rows.map { Numbers.value(grid.mean(utility.metric.name, $0), of: utility.metric, bare: true) })
    }
    let table = TextTable(
      names: TextTable.Column(heading: spoken(TerminalWords.strategy), cells: rows.map { grid.strategies[$0].label }),
      columns: columns)
    return [""] + wrapped(TerminalWords.mixes) + table.lines(width: width).map(\.text)
  }

  // MARK: Winners

  /// Who is best by each utility, by how much, how sure.
  private var winners: [String] {
    let rows = setting.utilities.compactMap { utility -> (title: String, cells: [String])? in
      guard let winner = utility.winner else { return nil }
      let status = AnswerWords.badge(utility.certainty(seeds: setting.grid.replicates.count))
      return (
        "  " + spoken(utility.metric.shownTitle),
        [setting.name(winner.strategy), spoken(margin(winner, utility)), spoken(status)]
      )
    }
    let table = TextTable(
      names: TextTable.Column(cells: rows.map(\.title)),
      columns: (0..<3).map { column in TextTable.Column(cells: rows.map { $0.cells[column] }) })
    let grid = setting.grid
    return wrapped(
      TerminalWords.best(grid.replicates.count, areDraws: grid.hasDraws, isAgainstReference: hasReference))
      + table.lines(width: width).map(\.text)
  }

  /// Against the reference; without one, or when it is the winner, against the second.
  private func margin(_ winner: UtilityAnalysis.Standing, _ utility: UtilityAnalysis) -> Markup {
    if setting.grid.reference == winner.strategy { return TerminalWords.notBeaten }
    guard let comparison = hasReference ? winner.difference : utility.runnerUp?.comparison else {
      return .text(Numbers.missing)
    }
    let signed = Numbers.difference(comparison.difference, of: utility.metric)
    guard let interval = comparison.interval else { return .text(signed) }
    return TerminalWords.margin(signed, SettingWords.interval(interval, utility.metric))
  }

  // MARK: Text

  private func spoken(_ words: Markup) -> String { words.plainText(in: language) }
  private func wrapped(_ words: Markup) -> [String] { TextLines.lines(spoken(words), width: width) }
  private func emphasised(_ line: String) -> String { colours ? Self.bold + line + Self.reset : line }
  private static func width(of texts: [String]) -> Int { texts.map { TextWidth.of($0) }.max() ?? 0 }
}
