import Core
package import Results

/// The report as one self-contained HTML page: no network, plots as inline SVG, one small script that it is complete
/// without.
package enum HTMLReport {
  /// The whole page, valid both as HTML and as XML. Equal input gives equal bytes; the order of results does not
  /// matter. Names that people gave, and remarks kept in the store, are shown as they are in every language. Without any
  /// finished trial the page says so, and lists the failures.
  package static func render(_ analysis: ReportAnalysis, language: Language = .english) -> String {
    let input = analysis.input
    let body = Markup.element(
      "body", [:], [StackedBar.hatch, header(input, analysis.settings), main(analysis), script(analysis)])
    return "<!DOCTYPE html>"
      + Markup.element("html", ["lang": language.rawValue], [head(input), body])
      .rendered(in: language) + "\n"
  }

  private static func script(_ analysis: ReportAnalysis) -> Markup {
    let whatIf = WhatIf(analysis)
    func text(_ language: Language) -> Markup {
      let members = (whatIf?.json(in: language) ?? [:]).merging(["words": WhatIfWords.json(in: language)]) { $1 }
      // No character that could end the script, or mean something in XML.
      let data = JSONValue.object(members).canonicalText
        .replacing("<", with: "\\u003c").replacing(">", with: "\\u003e").replacing("&", with: "\\u0026")
      return .verbatim(Script.text(data))
    }
    return .element("script", [:], [Markup(english: "\(text(.english))", japanese: "\(text(.japanese))")])
  }

  /// The page of what was not analysed yet.
  package static func render(_ input: ReportInput, language: Language = .english) -> String {
    render(ReportAnalysis(input), language: language)
  }

  private static func head(_ input: ReportInput) -> Markup {
    .element(
      "head", [:],
      [
        .element("meta", ["charset": "utf-8"]),
        .element("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
        .element("meta", ["name": "color-scheme", "content": "light dark"]),
        .element("title", [:], [PageWords.title(input.sweep.name)]),
        .element("style", [:], [.verbatim(Stylesheet.text)]),
      ])
  }

  private static func header(_ input: ReportInput, _ settings: [SettingAnalysis]) -> Markup {
    let grid = settings.first?.grid
    let finished = settings.reduce(0) { $0 + $1.finished }
    let banner =
      finished < input.expectedTrials
      ? [
        Markup.paragraph(
          AnswerWords.unfinished(
            finished: finished, expected: input.expectedTrials, failed: input.failures.count), class: "banner")
      ] : []
    return .element(
      "header", [:],
      [
        .element("a", ["class": "skip", "href": "#main"], [PageWords.skip]),
        .paragraph(PageWords.product, class: "eyebrow"), .heading(1, .text(input.sweep.name)),
        .paragraph(
          AnswerWords.subtitle(
            strategies: grid?.strategies.count ?? 0, shifts: grid?.shifts.count ?? 0,
            seeds: grid.map { Set($0.trials.map(\.seed)).count } ?? 0,
            finished: finished, expected: input.expectedTrials), class: "subtitle"),
      ] + (input.effort.map { [.paragraph(ProvenanceWords.line($0), class: "subtitle small")] } ?? []) + banner)
  }

  private static func main(_ analysis: ReportAnalysis) -> Markup {
    let (input, settings) = (analysis.input, analysis.settings)
    let currency = input.sweep.prices.currency
    let evidence = settings.filter { !$0.utilities.isEmpty }
    let curves = CurveSection.all(settings, currency: currency)
    let screen: [(id: String, markup: Markup?)] = [
      ("decision", DecisionSection(analysis: analysis).markup), ("worth", MultiplierSection(analysis)?.markup),
      ("uncertain", UncertaintySection(input: input, settings: settings).markup),
    ]
    let answers: [(id: String, markup: Markup?)] = [
      ("field", FieldSection(analysis)?.markup), ("choosing", ChoosingSection(analysis)?.markup),
      ("answer", AnswerSection(analysis: analysis).markup), ("facts", FactSection(analysis: analysis).markup),
      ("curves", curves.isEmpty ? nil : .group(curves)), ("lengths", LengthSection(analysis: analysis).markup),
      ("datasets", DatasetsSection(analysis: analysis).markup),
      ("mixes", MixSection(settings: settings, currency: currency, shifts: input.sweep.shifts).markup),
    ]
    let end: [(id: String, markup: Markup?)] = [
      ("pictures", input.pictures.isEmpty ? nil : PictureSection(input: input).markup),
      ("pools", PoolsSection(input: input).markup),
      ("missing", FailuresSection(input: input, settings: settings).markup),
      ("method", MethodSection(input: input, settings: settings).markup),
      ("provenance", ProvenanceSection(input: input).markup),
      ("trials", TrialsSection(settings: settings, objects: input.objects, currency: currency).markup),
    ]
    let details = evidence.map { (id: Anchor.evidence($0.setting), title: evidenceTitle($0, currency)) }
    let links = (screen + answers).compactMap(link) + details + end.compactMap(link)
    let sections = answers.compactMap(\.markup) + evidence.map { Self.evidence($0, input) } + end.compactMap(\.markup)
    let appendix = [Markup.element("div", ["id": "appendix", "class": "appendix"], [.paragraph(PageWords.appendix)])]
    return .element(
      "main", ["id": "main"],
      screen.prefix(1).compactMap(\.markup) + [contents(links)] + screen.dropFirst().compactMap(\.markup)
        + appendix + sections + [.element("footer", [:], [.paragraph(PageWords.footer)])])
  }

  private static func link(_ section: (id: String, markup: Markup?)) -> (id: String, title: Markup)? {
    section.markup == nil ? nil : PageWords.entries.first { $0.id == section.id }
  }

  private static func evidenceTitle(_ setting: SettingAnalysis, _ currency: String) -> Markup {
    PageWords.evidence(SettingWords.title(setting.setting, currency: currency))
  }

  private static func evidence(_ setting: SettingAnalysis, _ input: ReportInput) -> Markup {
    let currency = input.sweep.prices.currency
    let parts =
      RankingSection(setting: setting, level: 3).markup + ShiftSection(setting: setting, level: 3).markup
      + FrontSection(setting: setting, currency: currency, level: 3).markup
      + JointFrontSection(setting: setting, currency: currency, level: 3).markup
      + StabilitySection(setting: setting, currency: currency, level: 3).markup
      + LedgerSection(setting: setting, currency: currency, level: 3).markup
      + PriceSection(setting: setting, currency: currency, level: 3).markup
      + RobustnessSection(setting: setting, level: 3).markup
      + ClassSection(setting: setting, classNames: input.classNames, level: 3).markup
      + DataSection(setting: setting, level: 3).markup
      + SanitySection(setting: setting, currency: currency, level: 3).markup
      + StatisticsSection(setting: setting, level: 3).markup
    return .element(
      "section", ["id": Anchor.evidence(setting.setting)], [.heading(2, evidenceTitle(setting, currency))] + parts)
  }

  private static func contents(_ entries: [(id: String, title: Markup)]) -> Markup {
    let links = entries.map { entry in
      Markup.element("li", [:], [.element("a", ["href": "#\(entry.id)"], [entry.title])])
    }
    return .element("nav", labels: ["aria-label": PageWords.contents], [.element("ul", [:], links)])
  }
}
