import Core
package import Datasets
package import Economics
package import Models
package import Numerics
package import Samples
package import Sweeps

/// What is measured: a trained network, with what it was trained on and the samples to measure it on.
///
/// What several utilities need is computed once, when the first of them asks. Used by one thread.
package final class MeasuredSubject {
  /// What a trial bought.
  package struct Choice {
    package let pool: Pool
    /// Rows of `pool`, in the order of choice; at least one.
    package let rows: [Int]
    /// The labels that the network was trained with, one for each of `rows`, 0..<classes.
    package let labels: [Int32]
    package let ledger: Ledger

    package init(pool: Pool, rows: [Int], labels: [Int32], ledger: Ledger) {
      precondition(rows.count == labels.count && !rows.isEmpty, "a subset has samples, and one label for each")
      self.pool = pool
      self.rows = rows
      self.labels = labels
      self.ledger = ledger
    }
  }

  /// One more labelled set.
  package struct FurtherSet {
    package let description: SetDescription
    package let samples: SampleSet
    package let labels: [Int32]
  }

  package let network: Network
  /// Of the trial; draws the sub-samples of distances between distributions and fresh heads.
  package let seed: UInt64
  package let settings: EvaluationSettings
  package let choice: Choice?
  package let reference: Pool?
  package let sets: EvaluationSets?
  package let deployment: DeploymentSets?
  package let furtherSet: FurtherSet?
  /// Of the base test set, where it is known already.
  private var knownLikeness: LikenessThreshold?
  /// Features of what was chosen in the fixed representation, one row a sample, as they are.
  package let chosenFeatures: Matrix

  /// What the trial's own task measures: what was bought, and the network that was trained on it.
  ///
  /// - Parameter likeness: of the base test set, where it is known already.
  package init(
    network: Network, choice: Choice, reference: Pool, sets: EvaluationSets, likeness: LikenessThreshold? = nil,
    settings: EvaluationSettings, seed: UInt64
  ) {
    knownLikeness = likeness
    (self.network, self.seed, self.settings) = (network, seed, settings)
    (self.choice, self.reference, self.sets) = (choice, reference, sets)
    (deployment, furtherSet) = (nil, nil)
    chosenFeatures = choice.pool.features.selecting(rows: choice.rows).matrix
  }

  /// What a measure task on the deployment measures.
  ///
  /// - Parameter features: those of what was chosen, in the order of choice.
  package init(network: Network, features: Matrix, deployment: DeploymentSets, seed: UInt64) {
    (self.network, self.seed, self.settings) = (network, seed, EvaluationSettings())
    (choice, reference, sets) = (nil, nil, nil)
    (self.deployment, furtherSet) = (deployment, nil)
    chosenFeatures = features
  }

  /// What a measure task on one more labelled set measures.
  package init(
    network: Network, set: OwnEvaluationSet, meaning: LabelMeaning, transfer: EvaluationSettings.Transfer, seed: UInt64
  ) {
    var settings = EvaluationSettings()
    settings.transfer = transfer
    (self.network, self.seed, self.settings) = (network, seed, settings)
    (choice, reference, sets, deployment) = (nil, nil, nil, nil)
    // What a sweep calls the set is not known here: see ``MeasuredName``.
    furtherSet = FurtherSet(
      description: SetDescription(name: "this", part: "this", meaning: meaning), samples: set.images,
      labels: set.labels)
    chosenFeatures = Matrix(rows: 0, columns: 0, values: [])
  }

  package var classes: Int { network.classes }

  package func meets(_ needs: Set<UtilityNeed>) -> Bool {
    needs.allSatisfy { need in
      switch need {
      case .images: samples?.shape.isImage ?? false
      case .choice: choice != nil
      case .reference: reference != nil
      case .evaluation: sets != nil
      case .corruptions: sets.map { !$0.corruptions.isEmpty } ?? false
      case .transferTasks: sets.map { !$0.transfer.isEmpty } ?? false
      case .deployment: deployment != nil
      case .furtherSet: furtherSet.map { $0.description.meaning != .task } ?? false
      case .furtherTask: furtherSet?.description.meaning == .task
      }
    }
  }

  /// Samples that it is measured on; those of the base test set where there are several.
  package var samples: SampleSet? {
    furtherSet?.samples ?? sets.map { $0.base.images } ?? deployment.map { $0.test.images }
  }

  /// What the accuracy on the set of a measure task is called.
  var measuredName: String { furtherSet?.description.metric ?? DeploymentUtility.name }

  // MARK: Computed once

  private var knownClassification: Classification?
  private(set) lazy var chosenUnitFeatures = chosenFeatures.withUnitRows()
  private(set) lazy var testUnitFeatures = sets?.base.features.withUnitRows()
  private(set) lazy var balance = choice.map { ClassBalance(labels: $0.labels, classes: classes) }

  /// From which cosine on samples are nearly the same, by the base test set; nil below two samples. Traps without such a set.
  func likeness(_ context: TaskContext) throws -> LikenessThreshold? {
    if let knownLikeness { return knownLikeness }
    guard let test = testUnitFeatures else {
      preconditionFailure("a row asks for what it does not name among its needs")
    }
    knownLikeness = try LikenessThreshold(different: test, context: context)
    return knownLikeness
  }

  /// What the network's answers on the base test set are worth. Traps without such a set.
  func classification(_ context: TaskContext) throws -> Classification {
    if let knownClassification { return knownClassification }
    guard let base = sets?.base else { preconditionFailure("a row asks for what it does not name among its needs") }
    let found = try network.classification(of: base.images, labels: base.labels, context: context)
    knownClassification = found
    return found
  }
}
