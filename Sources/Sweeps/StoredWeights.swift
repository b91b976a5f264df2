package import Core

/// Which trained networks of a sweep stay in the store once everything was measured on them. It says nothing of what is computed:
/// outcomes name the networks by their digests either way.
package enum StoredWeights: String, CaseIterable, Hashable, Sendable {
  case none
  /// Those of the sweep's first seed: one of each strategy, pool, budget and setting.
  case one
  case all
}

extension TrialTable {
  /// The trials whose networks stay, as the sweep asks.
  package var trialsWithStoredWeights: Set<TaskID> {
    switch sweep.storeWeights {
    case .none: []
    case .one: Set(rows.filter { $0.point.seed == sweep.seeds.first }.map(\.task))
    case .all: Set(rows.map(\.task))
    }
  }
}
