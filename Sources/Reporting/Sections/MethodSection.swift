import Core
import Economics
import Results
import Sweeps

/// How the numbers were made.
struct MethodSection {
  let input: ReportInput
  let settings: [SettingAnalysis]

  var markup: Markup {
    let sizings = Sizing.allCases.filter { sizing in settings.contains { $0.setting.sizing == sizing } }
    let lengths = TrainingLength.Rule.allCases.filter { rule in
      settings.contains { $0.setting.trainingLength.rule == rule }
    }
    return .element(
      "section", ["id": "method"],
      [
        .heading(2, MethodWords.heading), .paragraph(MethodWords.question),
        .list(
          sizings.map { SettingWords.explanation($0) } + lengths.map { SettingWords.explanation($0) } + [
            MethodWords.separate, MethodWords.randomness, MethodWords.intervals, MethodWords.best, MethodWords.needed,
            MethodWords.front,
          ] + [MethodWords.dropped(TransferSummary(input).dropped)].compactMap { $0 }),
        .element("div", class: "pair", [recipe.markup, prices.markup]), .details(MethodWords.metrics, [metrics.markup]),
      ])
  }

  private var recipe: DataTable {
    let training = input.sweep.training
    let counts = Dictionary(grouping: Set(settings.map(\.setting.trainingLength)).sorted(), by: \.rule)
      .mapValues { $0.map { Numbers.count($0.count(in: training)) }.joined(separator: ", ") }
    var rows: [(Markup, Markup)] = [
      (MethodWords.dataset, .text(input.sweep.dataset.kind)),
      (MethodWords.modelName, .text(input.sweep.models.map(\.label).joined(separator: ", "))),
    ]
    let variants = input.sweep.datasets.compactMap(\.variant?.label)
    if !variants.isEmpty { rows.append((MethodWords.datasets, .text(variants.joined(separator: "; ")))) }
    if let steps = counts[.equalSteps] { rows.append((MethodWords.steps, .text(steps))) }
    if let epochs = counts[.equalEpochs] { rows.append((MethodWords.epochs, .text(epochs))) }
    rows += [
      (MethodWords.batch, .text(Numbers.count(training.batch))),
      (MethodWords.learningRate, plain(training.learningRate)),
      (MethodWords.momentum, plain(training.momentum)), (MethodWords.weightDecay, plain(training.weightDecay)),
      (MethodWords.warmup, .text(Numbers.count(training.warmupSteps))),
      (MethodWords.smoothing, plain(training.labelSmoothing)),
    ]
    rows += further(training)
    rows += [
      (MethodWords.seeds, .text(input.sweep.seeds.map(String.init).joined(separator: ", "))),
      (MethodWords.kernel, input.sweep.numericsCore.map { .text($0) } ?? MethodWords.ownKernel),
    ]
    return DataTable(
      caption: MethodWords.recipeCaption, corner: MethodWords.setting,
      columns: [.init(MethodWords.value, isNumber: false)],
      rows: rows.map { DataTable.Row([$0.0], [DataTable.Cell([$0.1], style: "prose")]) })
  }

  /// What differs from plain SGD with a cosine schedule and unchanged images.
  private func further(_ training: TrainingSettings) -> [(Markup, Markup)] {
    var rows: [(Markup, Markup)] = []
    if training.warmupShare > 0 { rows.append((MethodWords.warmupShare, plain(training.warmupShare))) }
    if training.optimizer != .sgd { rows.append((MethodWords.optimizer, .code(training.optimizer.rawValue))) }
    if training.schedule != .cosine {
      let steps = training.milestones.map { "\($0)" }.joined(separator: ", ") + "; × \(training.factor)"
      let name = training.schedule.rawValue
      rows.append((MethodWords.schedule, .text(training.schedule == .step ? "\(name) (\(steps))" : name)))
    }
    if training.averaging > 0 { rows.append((MethodWords.averaging, plain(training.averaging))) }
    let changes = training.augmentation.json.members ?? [:]
    if !changes.isEmpty {
      let list = changes.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.canonicalText)" }
      rows.append((MethodWords.augmentation, .code(list.joined(separator: ", "))))
    }
    return rows
  }

  private var prices: DataTable {
    let list = input.sweep.prices
    return DataTable(
      caption: MethodWords.pricesCaption, corner: MethodWords.item,
      columns: [
        .init(.text(list.currency)), .init(MethodWords.per, isNumber: false),
        .init(MethodWords.origin, isNumber: false),
      ],
      rows: PriceItem.allCases.map { item in
        let exceptions = list.exceptions.compactMap { shift, prices in
          prices[item].map { "\(shift) \(Self.text($0))" }
        }
        let price = list.prices[item].map(Self.text) ?? Numbers.missing
        return DataTable.Row(
          [.code(item.rawValue), .text(" "), .element("span", class: "note", [PriceWords.name(item)])],
          [
            .number(MethodWords.price(price, exceptions.sorted().joined(separator: ", "))),
            DataTable.Cell([MethodWords.unit(item)]), DataTable.Cell([origin(of: item)], style: "prose"),
          ])
      })
  }

  /// `0.004`, `0.004, after 1,000: 0.003`, `20.00 ÷ 20`.
  private static func text(_ price: Price) -> String {
    let shared = price.sharedBy > 1 ? " ÷ \(Numbers.count(price.sharedBy))" : ""
    return Numbers.money(price.amount) + shared
      + price.steps.map { ", >\(Numbers.count($0.after)): \(Numbers.money($0.price))" }.joined()
  }

  /// Whether a price is the user's own, in general and where a shift differs.
  private func origin(of item: PriceItem) -> Markup {
    let list = input.sweep.prices
    let shifts = list.exceptions.filter { $0.value[item] != nil }.keys.sorted()
    let isIllustrative =
      list.prices[item] == nil ? shifts.allSatisfy { list.isIllustrative(item, in: $0) } : list.isIllustrative(item)
    let others = shifts.filter { list.isIllustrative(item, in: $0) != isIllustrative }
    if isIllustrative { return others.isEmpty ? MethodWords.illustrative : MethodWords.ownIn(others) }
    return others.isEmpty ? MethodWords.own : MethodWords.illustrativeIn(others)
  }

  private var metrics: DataTable {
    let present = Set(input.results.flatMap { $0.values.metrics.keys })
    let known = input.metrics.metrics.filter {
      $0.thing == nil && (present.contains($0.name) || $0.role == .relativeCorruptionError)
    }
    return DataTable(
      caption: MethodWords.metricsCaption, corner: MethodWords.metric,
      columns: [.init(MethodWords.key, isNumber: false), .init(MethodWords.meaning, isNumber: false)],
      rows: known.map { metric in
        DataTable.Row(
          [metric.shownTitle],
          [DataTable.Cell([.code(metric.name)]), DataTable.Cell([metric.shownMeaning], style: "prose")])
      }, style: "wordy")
  }

  private func plain(_ value: Double) -> Markup { .text(JSONValue.number(value).canonicalText) }
}
