package import Core

/// Which downstream tasks tell models apart, and the mean accuracy on those.
///
/// A task on which every model of a sweep is at chance, or on which all are equal, says nothing; in a mean it would only
/// hide differences. (In SELECT's published results every model has 0.0 on LFW, because no test label occurs in training.)
package struct TransferSummary: Hashable, Sendable {
  /// What is known of a task beside its results: an entry of `transferTasks` in the facts of the part `evaluation`.
  package struct KnownTask: Hashable, Sendable {
    package let name: String
    /// The accuracy of always giving the most frequent answer.
    package let chance: Double
    package let testImages: Int

    package init(name: String, chance: Double, testImages: Int) {
      self.name = name
      self.chance = chance
      self.testImages = testImages
    }

    /// The largest accuracy that may still be chance when `models` are looked at: so many standard errors above it that the
    /// best of them passes it by luck about once in twenty sweeps (√(2 ln 20n) bounds a normal's tail).
    func limit(models: Int) -> Double {
      let errors = PortableMath.log(20 * Double(max(models, 1))) * 2
      return chance + (errors * chance * (1 - chance) / Double(max(testImages, 1))).squareRoot()
    }
  }

  /// Why a task is left out.
  package enum Reason: String, Hashable, Sendable {
    /// Every model has the same accuracy.
    case constant
    /// No model is further above chance than the luckiest of as many guessing ones would be.
    case chance
  }

  /// The tasks that are left out of the mean, with the reason.
  package let dropped: [String: Reason]
  /// The tasks that count, sorted.
  package let tasks: [String]

  /// Judges the tasks by all trials of a sweep.
  ///
  /// - Parameters:
  ///   - trials: ``TrialValues/metrics`` of every finished trial. A single trial drops no task for being constant.
  ///   - facts: what is known of the tasks; one that is not among them is never dropped for being at chance.
  package init(trials: [[String: Double]], facts: [KnownTask] = []) {
    let prefix = "transfer."
    var accuracies: [String: [Double]] = [:]
    for metrics in trials {
      for (name, value) in metrics where name.hasPrefix(prefix) {
        accuracies[String(name.dropFirst(prefix.count)), default: []].append(value)
      }
    }
    let limits = Dictionary(
      facts.map { ($0.name, $0.limit(models: trials.count)) }, uniquingKeysWith: { first, _ in first })
    var dropped: [String: Reason] = [:]
    for (name, values) in accuracies {
      if values.count > 1, values.min() == values.max() {
        dropped[name] = .constant
      } else if let limit = limits[name], values.allSatisfy({ $0 <= limit }) {
        dropped[name] = .chance
      }
    }
    self.dropped = dropped
    tasks = accuracies.keys.filter { dropped[$0] == nil }.sorted()
  }

  /// The tasks that count here and there, for comparing the two: a mean over other tasks would be another utility.
  package func common(with other: TransferSummary) -> TransferSummary {
    TransferSummary(
      dropped: dropped.merging(other.dropped) { own, _ in own }, tasks: tasks.filter(other.tasks.contains))
  }

  private init(dropped: [String: Reason], tasks: [String]) {
    self.dropped = dropped
    self.tasks = tasks
  }

  /// Whether some trial has a task at all.
  package var hasTasks: Bool { !tasks.isEmpty || !dropped.isEmpty }

  /// The mean accuracy of one trial on the tasks that count; nil when it lacks one of them, or when none is left.
  package func mean(of metrics: [String: Double]) -> Double? {
    let values = tasks.compactMap { metrics["transfer.\($0)"] }
    return values.isEmpty || values.count < tasks.count ? nil : values.reduce(0, +) / Double(values.count)
  }
}

extension TransferSummary.KnownTask {
  /// Reads `transferTasks` of the facts of the part `evaluation`; entries that cannot be read are left out.
  package static func read(facts: JSONValue?) -> [TransferSummary.KnownTask] {
    (facts?["transferTasks"]?.elements ?? []).compactMap { entry in
      guard let name = entry["name"]?.text, let chance = entry["chance"]?.double, let images = entry["testImages"]?.int
      else { return nil }
      return TransferSummary.KnownTask(name: name, chance: chance, testImages: images)
    }
  }
}
