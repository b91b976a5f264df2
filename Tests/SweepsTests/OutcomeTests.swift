import Core
import Economics
import Sweeps
import Testing

@Suite("Outcome") struct OutcomeTests {
  @Test("an outcome reads back, and equal outcomes give equal bytes") func roundTrip() throws {
    let objects = ["subset": ObjectReference(digest: Digest(of: "x"), size: 12)]
    let outcome = Outcome(
      task: TaskID(Digest(of: "t")), kind: .trial, objects: objects, values: ["a": 0.5, "b": [1, 2]])
    #expect(try Outcome(bytes: outcome.canonical, place: "store") == outcome)
    #expect(try Outcome(bytes: outcome.canonical, place: "store").canonical == outcome.canonical)
  }

  @Test("strange bytes are refused with a sentence") func hostile() {
    for text in ["", "[]", "{}", #"{"task":"12","kind":"trial","objects":{},"values":{}}"#] {
      #expect(throws: ConfigurationError.self) { try Outcome(bytes: Array(text.utf8), place: "store") }
    }
  }

  @Test("trial values read back") func trialValues() throws {
    let values = TrialValues(
      metrics: ["accuracy": 0.5], perClass: ["count": [1, 2]], confusion: ConfusionCounts(rows: [[3, 1], [0, 4]]),
      ledger: Ledger(budget: Money(5)), items: 3, poolSize: 9, candidates: 6, remarks: [Remark(.allBought)])
    #expect(try TrialValues(json: values.json, place: "outcome") == values)
  }
}
