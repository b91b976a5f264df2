package import Core
package import Datasets
import Formats
package import Planning
package import Sweeps

/// A kind of task that Winnow knows nothing of: counts the different labels that a trial bought.
package struct ToyTaskKind: TaskKind {
  package init() {}

  package var name: TaskKindName { TaskKindName("census") }
  package var version: Int { 1 }
  package var expectedSeconds: Double { 0.01 }

  package func measures(of dataset: DatasetDescription, sweep: Sweep) -> [MeasurePlan] {
    [MeasurePlan(name: "census", parameters: { _ in [:] }, parts: [:])]
  }

  package func run(
    _ specification: TaskSpecification, inputs: any InputReading, context: TaskContext
  ) throws -> TaskProduct {
    try context.proceed(0)
    let labels = try NumPyArray(reading: try inputs.object("labels", of: "trial"), name: "labels of the trial")
    let different = Set(labels.values.integers ?? []).count
    return TaskProduct(values: ["metrics": ["labels": .integer(Int64(different))]])
  }
}
