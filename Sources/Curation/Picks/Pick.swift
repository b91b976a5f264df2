import Core

/// How candidates are chosen by a number that each has.
struct Pick: Sendable {
  /// Chooses up to `count` candidates, of each of which there is one of `values`.
  let choose: @Sendable (_ count: Int, _ values: [Double], _ setting: Setting) throws -> Selection

  init(_ choose: @escaping @Sendable (_ count: Int, _ values: [Double], _ setting: Setting) throws -> Selection) {
    self.choose = choose
  }
}

extension Pick {
  /// The largest, largest first; within each observed class where the strategy is balanced.
  static let largest = Pick { count, values, setting in
    try setting.select(count) { members, quota, _ in Selection(Ranking.largest(quota, of: members.map { values[$0] })) }
  }

  /// The same, where the values say what each pick adds.
  static let largestGains = Pick { count, values, setting in
    let picks = try largest.choose(count, values, setting).positions
    return Selection(picks, gains: picks.map { values[$0] })
  }

  /// The smallest, smallest first; within each observed class where the strategy is balanced.
  static let smallest = Pick { count, values, setting in
    try setting.select(count) { members, quota, _ in Selection(Ranking.smallest(quota, of: members.map { values[$0] }))
    }
  }

  /// As the `option` says: `largest` when it is `word`, otherwise ``smallest``.
  static func largest(when option: String, is word: String) -> Pick {
    Pick { count, values, setting in
      try (setting.options.word(option) == word ? largest : smallest).choose(count, values, setting)
    }
  }

  /// At random without replacement, in proportion to the exponentials of the values: adding Gumbel noise to the logarithm
  /// of a weight and keeping the largest draws so.
  static let gumbel = Pick { count, values, setting in
    var generator = setting.candidates.generator("gumbel")
    return try largest.choose(count, values.map { $0 - PortableMath.log(generator.exponential()) }, setting)
  }

  /// Evenly from small to large, without the share `drop` of the smallest: ``CoverageStrata``. No more are dropped than the
  /// count leaves over.
  static let strata = Pick { count, values, setting in
    let (candidates, options) = (setting.candidates, setting.options)
    var generator = candidates.generator("strata")
    return Selection(
      CoverageStrata.select(
        count, scores: values.map { Float($0) },
        dropped: min(options.share("drop").floor(of: candidates.count), candidates.count - count),
        strata: options.wholeNumber("strata"), generator: &generator))
  }
}
