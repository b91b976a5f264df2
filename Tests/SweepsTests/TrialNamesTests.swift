import Sweeps
import Testing

/// Names that stand in the specifications of tasks and in outcomes: another name is another task.
@Suite("Names of what trials read and make") struct TrialNamesTests {
  @Test("inputs are named as in every store") func inputs() {
    let inputs: [TrialInput] = [.pool, .source(shift: "web"), .scores, .judge, .trial]
    #expect(inputs.map(\.name) == ["pool", "pool.web", "scores", "judge", "trial"])
  }

  @Test("objects are named as in every store") func objects() {
    #expect(
      TrialObject.allCases.map(\.rawValue) == ["subset", "labels", "model", "weights", "sources", "shifts"])
    #expect(TrialObject.ofMixes == [.sources, .shifts])
  }
}
