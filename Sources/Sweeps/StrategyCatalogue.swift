package import Core

/// What a strategy is to those who compare strategies.
package enum StrategyRole: String, CaseIterable, Sendable, Hashable {
  /// Buys unseen: everything is compared with it.
  case baseline
  /// Chooses by what nobody can know: shown, but never ranked or recommended.
  case unachievable
  /// Leaves out candidates whose label looks wrong, and pays nobody to look again.
  case filtersLabels
  /// Buys only candidates whose label is true.
  case knowsLabels
  /// Chooses what resembles the place of use.
  case followsTarget
}

/// What reports know of strategies. The table of strategies says it; who reads results asks here and knows none by name.
package struct StrategyCatalogue: Hashable, Sendable {
  /// An option that turns a strategy around when it has this value, and what the strategy does then.
  package struct Turn: Hashable, Sendable {
    package let option: String
    package let value: String
    package let words: Words

    package init(_ option: String, is value: String, words: Words) {
      self.option = option
      self.value = value
      self.words = words
    }
  }

  package struct Row: Hashable, Sendable {
    package let name: String
    /// What it does in words that need no study, to follow “that is:”.
    package let words: Words
    package let turn: Turn?
    package let roles: Set<StrategyRole>

    package init(name: String, words: Words, turn: Turn? = nil, roles: Set<StrategyRole> = []) {
      self.name = name
      self.words = words
      self.turn = turn
      self.roles = roles
    }
  }

  /// What everything is compared with; nil when the table has no such row.
  package let reference: StrategyChoice?
  private let rows: [String: Row]

  /// Takes rows of different names; a name that comes twice traps.
  package init(_ rows: [Row]) {
    self.rows = Dictionary(uniqueKeysWithValues: rows.map { ($0.name, $0) })
    reference = rows.first { $0.roles.contains(.baseline) }.map { StrategyChoice(name: $0.name) }
  }

  /// Whether `choice` has that role. What is in no table, such as a strategy of an older store, has none.
  package func has(_ role: StrategyRole, _ choice: StrategyChoice) -> Bool {
    role == .baseline ? choice == reference : rows[choice.name]?.roles.contains(role) ?? false
  }

  /// What `choice` does; nil for what is in no table.
  package func words(of choice: StrategyChoice) -> Words? {
    guard let row = rows[choice.name] else { return nil }
    guard let turn = row.turn, choice.options[turn.option]?.text == turn.value else { return row.words }
    return turn.words
  }
}
