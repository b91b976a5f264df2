package import Core
package import Datasets
package import Sweeps

/// What the trained body is worth for the downstream tasks of the data set.
package struct TransferUtility: UtilityKind {
  package init() {}

  package var name: String { "transfer" }
  package var version: Int { 1 }
  package var needs: Set<UtilityNeed> { [.transferTasks] }
  package var placement: UtilityPlacement { .trial }

  package func metrics(of dataset: DatasetDescription) -> [Metric] {
    [
      .share(
        "transfer", ("Transfer", "転移"),
        (
          "top-1 accuracy on downstream tasks with a fresh head on the trained body, mean of the tasks",
          "学習済みの本体に新しい出力層を付けたときの、下流タスクの正解率（タスクの平均）"
        ), .higherIsBetter, .utility, isHeadline: true, role: .transferMean)
    ]
      + dataset.transfer.map { task in
        .share(
          "transfer.\(task.name)", (task.title.english, task.title.japanese),
          (
            "top-1 accuracy on a downstream task: \(task.meaning.english)",
            "\(task.meaning.japanese)下流タスクの正解率"
          ), .higherIsBetter, .utility)
      }
  }

  package func measure(_ subject: MeasuredSubject, context: TaskContext) throws -> Measurement {
    try TaskAdaptation.measure(
      subject.network, tasks: subject.sets?.transfer ?? [], mode: subject.settings.transfer, seed: subject.seed,
      context: context)
  }
}

/// What the trained body is worth for one more task of an organisation's own.
package struct FurtherTaskUtility: UtilityKind {
  package init() {}

  package var name: String { "further-task" }
  package var version: Int { 1 }
  package var needs: Set<UtilityNeed> { [.furtherTask] }
  package var placement: UtilityPlacement { .measure(.transfer) }

  package func metrics(of dataset: DatasetDescription) -> [Metric] {
    dataset.sets.filter { $0.meaning == .task }.map { set in
      .share(
        set.metric, (set.name, set.name),
        ("top-1 accuracy on the downstream task \(set.name)", "下流タスク \(set.name) の正解率"), .higherIsBetter, .utility)
    }
  }

  package func measure(_ subject: MeasuredSubject, context: TaskContext) throws -> Measurement {
    guard let set = subject.furtherSet else { return Measurement() }
    let task = try TransferTask(name: set.description.name, images: set.samples, labels: set.labels)
    var found = try TaskAdaptation.measure(
      subject.network, tasks: [task], mode: subject.settings.transfer, seed: subject.seed, context: context)
    // The mean of one task says nothing more.
    found.metrics["transfer"] = nil
    return found
  }
}
