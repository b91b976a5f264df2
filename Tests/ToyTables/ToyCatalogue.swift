import Datasets
import Execution
import Models
package import Planning
import Utilities

extension Catalogue {
  /// What comes with Winnow, and one toy row in each of the four tables.
  package static var toy: Catalogue {
    .standard(
      tables: Tables(
        datasets: DatasetKinds.builtIn + [ToyDatasetKind()], models: ModelFamilies.builtIn + [ToyFamily()],
        utilities: UtilityTable(UtilityTable.builtIn.rows + [ToyUtility()])),
      tasks: [ToyTaskKind()])
  }
}
