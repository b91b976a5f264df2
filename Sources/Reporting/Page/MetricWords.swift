import Core
import Sweeps

extension Metric {
  /// The title in the language of the report.
  var shownTitle: Markup { Markup(title) }

  /// What it measures, without a full stop, in the language of the report.
  var shownMeaning: Markup { Markup(meaning) }
}

extension Markup {
  /// Words without places for values, in the language of the report.
  init(_ words: Core.Words) { self.init(english: "\(words.english)", japanese: "\(words.japanese)") }
}
