package import Core
package import Datasets
package import Sweeps

/// What the trial spent, and what it got for it.
package struct CostUtility: UtilityKind {
  package init() {}

  package var name: String { "cost" }
  package var version: Int { 1 }
  package var needs: Set<UtilityNeed> { [.choice] }
  package var placement: UtilityPlacement { .trial }

  package func metrics(of dataset: DatasetDescription) -> [Metric] {
    [
      .amount("cost.total", ("Spent", "支出"), ("what the trial spent in all", "その試行で支払った総額")),
      .amount(
        "cost.selection", ("Spent on choosing", "選ぶための支出"),
        ("what the trial spent on finding out what to buy", "何を買うかを調べるために支払った額")),
      .count("cost.items", ("Items", "枚数"), ("images bought", "購入した画像の枚数"), .descriptive, .cost),
      .amount(
        "cost.per-accuracy-point", ("Per point", "1ポイントあたりの費用"),
        ("total spent for each percentage point of accuracy", "正解率1ポイントあたりの支出")),
    ]
  }

  package func measure(_ subject: MeasuredSubject, context: TaskContext) throws -> Measurement {
    guard let choice = subject.choice else { return Measurement() }
    let total = choice.ledger.total.amount
    var metrics = [
      "cost.total": total, "cost.selection": choice.ledger.total(for: .selection).amount,
      "cost.items": Double(choice.labels.count),
    ]
    if subject.sets != nil {
      let accuracy = try subject.classification(context).confusion.accuracy
      if accuracy > 0 { metrics["cost.per-accuracy-point"] = total / (100 * accuracy) }
    }
    return Measurement(metrics: metrics)
  }
}
