import Core
import Execution
import Planning
import Sweeps
import Testing

@Suite("Tasks that take about equally long") struct DurationClassTests {
  private let planner = SweepPlanner(catalogue: .standard())

  private func name(_ kind: TaskKindName, _ parameters: JSONValue) -> String {
    planner.durationClass(
      TaskSpecification(
        kind: kind, parameters: parameters, inputs: [:], sources: [:], algorithms: [:], numericsCore: nil))
  }

  @Test("trials are told apart by their strategy, scores by their scorer, other tasks by their kind alone")
  func classes() {
    #expect(name(.trial, ["strategy": "random"]) == "trial random")
    #expect(name(.trial, ["strategy": ["name": "herding", "keep": 0.5]]) == "trial herding")
    #expect(name(.trial, ["mix": ["name": "mix", "with": "random"]]) == "trial mix")
    #expect(name(.score, ["scorer": ["name": "last-layer", "epochs": 5]]) == "score last-layer")
    #expect(name(.part, ["dataset": "fashion++", "options": ["part": "web"]]) == "part")
    #expect(name(.measure, ["seed": 1]) == "measure")
  }
}
