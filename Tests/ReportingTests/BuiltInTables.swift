import Curation
import Datasets
import Sweeps
import TestSupport
import Utilities

extension MetricCatalogue {
  /// The metrics of the built-in sweep.
  static let builtIn = UtilityTable.builtIn.catalogue(for: .builtIn())
}

extension StrategyCatalogue {
  /// All strategies of the registry.
  static let builtIn = StrategyRegistry.catalogue
}
