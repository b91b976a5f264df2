package import Results

/// The report as one self-contained HTML page: no network, no scripts, plots as inline SVG.
package enum HTMLReport {
  /// The whole page, valid both as HTML and as XML. Equal input gives equal bytes; the order of results does not
  /// matter. Names that people gave, and remarks kept in the store, are shown as they are in every language. Without any finished trial the page says so, and lists the failures.
  package static func render(_ input: ReportInput, language: Language = .english) -> String {
    let settings = Setting.all(of: input).map { SettingAnalysis(input, $0) }
    let body = Markup.element("body", [:], [StackedBar.hatch, header(input, settings), main(input, settings)])
    return "<!DOCTYPE html>"
      + Markup.element("html", ["lang": language.rawValue], [head(input), body])
      .rendered(in: language) + "\n"
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
    return .element(
      "header", [:],
      [
        .element("a", ["class": "skip", "href": "#main"], [PageWords.skip]),
        .paragraph(PageWords.product, class: "eyebrow"), .heading(1, .text(input.sweep.name)),
        .paragraph(
          AnswerWords.subtitle(
            strategies: grid?.strategies.count ?? 0, shifts: grid?.shifts.count ?? 0, seeds: grid?.seeds.count ?? 0,
            finished: finished, expected: input.expectedTrials), class: "subtitle"),
      ])
  }

  private static func main(_ input: ReportInput, _ settings: [SettingAnalysis]) -> Markup {
    let currency = input.sweep.prices.currency
    let curves = CurveSection.all(settings, currency: currency)
    let evidence = settings.filter { !$0.utilities.isEmpty }
    let decision = DecisionSection(input: input, settings: settings).markup
    let worth = MultiplierSection(input, settings)?.markup
    let sections =
      [decision, worth].compactMap { $0 } + [
        AnswerSection(input: input, settings: settings).markup,
        UncertaintySection(input: input, settings: settings).markup,
      ] + curves + [MixSection(settings: settings, currency: currency).markup]
      + evidence.map { Self.evidence($0, input) }
    let end = [
      PictureSection(input: input).markup, PoolsSection(input: input).markup,
      FailuresSection(input: input, settings: settings).markup,
      MethodSection(input: input, settings: settings).markup, ProvenanceSection(input: input).markup,
      TrialsSection(settings: settings, objects: input.objects, currency: currency).markup,
      .element("footer", [:], [.paragraph(PageWords.footer)]),
    ]
    let links = evidence.map { (id: Anchor.evidence($0.setting), title: evidenceTitle($0, currency)) }
    let isAbsent: [String: Bool] = [
      "decision": decision == nil, "worth": worth == nil, "curves": curves.isEmpty,
      "pictures": input.pictures.isEmpty, "mixes": evidence.isEmpty,
    ]
    let absent = Set(isAbsent.filter(\.value).keys)
    return .element("main", ["id": "main"], [contents(links, without: absent)] + sections + end)
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

  private static func contents(
    _ evidence: [(id: String, title: Markup)], without absent: Set<String>
  ) -> Markup {
    let present = PageWords.entries.filter { !absent.contains($0.id) }
    let first = present.prefix { !["pictures", "pools"].contains($0.id) }
    let last = present.dropFirst(first.count)
    let links = (first + evidence + last).map { entry in
      Markup.element("li", [:], [.element("a", ["href": "#\(entry.id)"], [entry.title])])
    }
    return .element("nav", labels: ["aria-label": PageWords.contents], [.element("ul", [:], links)])
  }
}
