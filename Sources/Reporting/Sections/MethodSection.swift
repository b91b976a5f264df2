import Core
import Sweeps

/// How the numbers were made.
struct MethodSection {
  let input: ReportInput
  let settings: [SettingAnalysis]

  private enum Words {
    static let heading = "How this was measured"
    static let question: Markup =
      "A strategy gets a pool, a budget, a price list and a seed, and chooses images to buy; what it pays to find out what to choose counts too. A model is then trained on the choice, always with the same recipe, and measured. The design follows SELECT (Feuer et al., NeurIPS 2024)."
    static func sizing(_ sizing: Sizing) -> Markup {
      "\(strong: capital(SettingWords.sizing(sizing))): \(SettingWords.explanation(sizing))."
    }
    static func length(_ length: TrainingLength) -> Markup {
      "\(strong: capital(SettingWords.length(length))): \(SettingWords.explanation(length))."
    }
    static let separate: Markup = "Results under different settings or budgets are never mixed in one table."
    static let randomness: Markup =
      "Trials of one seed share their candidates' order, initial weights and order of batches, so that differences between strategies are not blurred by chance that both could share. Test images never influence choosing, stopping or settings; the number reported is the last step's."
    static let intervals: Markup =
      "Intervals are 95\u{A0}% percentile intervals of a paired bootstrap with 10,000 resamples: seeds are drawn again within each way of collecting, the same for all strategies. “First” is the share of resamples in which a strategy has the best mean. “Clear” means that the interval of the difference leaves out 0 and that there are at least 6 pairs, the fewest with which a two-sided signed-rank test can be significant at 5\u{A0}%; anything else is called not separable at this number of seeds, which is not the same as no difference."
    static let front: Markup =
      "The Pareto front is resampled 1,000 times over seeds: on the front or dominated in at least 95\u{A0}% of the resamples, else open."
    static let needed: Markup =
      "The number of seeds needed is the one that would show the observed lead in four sweeps of five (5\u{A0}% two-sided, normal approximation)."
    static let recipeCaption = "The recipe of every trial. One row is one setting."
    static let pricesCaption = "Prices. One row is one item."
    static let metrics = "What each metric means"
    static let metricsCaption = "One row is one metric of the first page and of the tables."
    static func capital(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
    static func price(_ text: String, _ exceptions: String) -> String {
      exceptions.isEmpty ? text : "\(text) (\(exceptions))"
    }
    static func model(_ hidden: [Int]) -> String {
      hidden.isEmpty
        ? "softmax regression"
        : "multi-layer perceptron, hidden layers \(hidden.map(String.init).joined(separator: ", "))"
    }
  }

  var markup: Markup {
    let sizings = Sizing.allCases.filter { sizing in settings.contains { $0.setting.sizing == sizing } }
    let lengths = TrainingLength.allCases.filter { length in settings.contains { $0.setting.trainingLength == length } }
    return .element(
      "section", ["id": "method"],
      [
        .heading(2, Words.heading), .paragraph(Words.question),
        .list(
          sizings.map(Words.sizing) + lengths.map(Words.length) + [
            Words.separate, Words.randomness, Words.intervals, Words.needed, Words.front,
          ]),
        .element("div", class: "pair", [recipe.markup, prices.markup]), .details(Words.metrics, [metrics.markup]),
      ])
  }

  private var recipe: DataTable {
    let training = input.sweep.training
    let lengths = settings.map(\.setting.trainingLength)
    var rows: [(String, String)] = [
      ("data set", input.sweep.dataset.builtIn), ("model", Words.model(training.hidden)),
    ]
    if lengths.contains(.equalSteps) { rows.append(("optimiser steps", Numbers.count(training.steps))) }
    if lengths.contains(.equalEpochs) { rows.append(("epochs", Numbers.count(training.epochs))) }
    rows += [
      ("batch", Numbers.count(training.batch)), ("learning rate", plain(training.learningRate)),
      ("momentum", plain(training.momentum)), ("weight decay", plain(training.weightDecay)),
      ("warm-up steps", Numbers.count(training.warmupSteps)), ("label smoothing", plain(training.labelSmoothing)),
      ("seeds", input.sweep.seeds.map(String.init).joined(separator: ", ")),
      ("BLAS kernel", input.sweep.numericsCore ?? "each host's own"),
    ]
    return DataTable(
      caption: Words.recipeCaption, corner: "Setting", columns: [.init("Value", isNumber: false)],
      rows: rows.map { DataTable.Row([.text($0.0)], [.text($0.1, style: "prose")]) })
  }

  private var prices: DataTable {
    let list = input.sweep.prices
    return DataTable(
      caption: Words.pricesCaption, corner: "Item", columns: [.init(list.currency), .init("Per", isNumber: false)],
      rows: PriceItem.allCases.map { item in
        let exceptions = list.exceptions.compactMap { shift, prices in
          prices[item].map { "\(shift) \(Numbers.money($0))" }
        }
        let price = Numbers.money(list.prices[item] ?? .zero)
        return DataTable.Row(
          [.text(item.rawValue)],
          [.number(Words.price(price, exceptions.sorted().joined(separator: ", "))), .text(item.unit)])
      })
  }

  private var metrics: DataTable {
    let present = Set(input.results.flatMap { $0.values.metrics.keys })
    let known = MetricCatalogue.metrics.filter { present.contains($0.name) || $0.name == "robustness.mce" }
    return DataTable(
      caption: Words.metricsCaption, corner: "Metric",
      columns: [.init("Key", isNumber: false), .init("Meaning", isNumber: false)],
      rows: known.map { metric in
        DataTable.Row(
          [.text(metric.title)], [DataTable.Cell([.code(metric.name)]), .text(metric.meaning, style: "prose")])
      }, style: "wordy")
  }

  private func plain(_ value: Double) -> String { JSONValue.number(value).canonicalText }
}
