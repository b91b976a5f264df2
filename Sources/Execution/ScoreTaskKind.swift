package import Core
import Curation
package import Planning
package import Sweeps

/// Computes scores over the candidates of a pool by training proxy models.
package struct ScoreTaskKind: TaskKind {
  let cache: InputCache

  package var name: TaskKindName { .score }
  package var version: Int { 1 }
  package var expectedSeconds: Double { 3 }

  package func durationClass(_ parameters: JSONValue) -> String? {
    parameters["scorer"].flatMap { $0.text ?? $0["name"]?.text }
  }

  package func run(
    _ specification: TaskSpecification, inputs: any InputReading, context: TaskContext
  ) throws -> TaskProduct {
    var clock = PhaseClock()
    let pool = try cache.pool(TrialInput.pool.name, inputs)
    clock.finish("read")
    let scores = try Curator.score(
      parameters: specification.parameters, pool: pool, context: context)
    clock.finish("score")
    return TaskProduct(objects: scores.objects(), values: [:], phaseSeconds: clock.seconds)
  }
}
