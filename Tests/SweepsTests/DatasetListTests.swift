import Core
import Sweeps
import Testing

@Suite("Several data sets in a sweep file") struct DatasetListTests {
  private func decode(_ text: String) throws -> Sweep {
    try Sweep(json: try JSONValue.parse(Array(text.utf8), source: "sweep.json"), place: "sweep.json")
  }

  @Test("a list of one is that one, to the byte") func listOfOne() throws {
    let alone = try decode(#"{"dataset": {"seed": 3}}"#)
    let listed = try decode(#"{"dataset": [{"seed": 3}]}"#)
    #expect(alone == listed && alone.id == listed.id)
    #expect(alone.json["dataset"]?.canonicalText == #"{"kind":"fashion++","seed":3}"#)
    #expect(listed.points.allSatisfy { $0.variant == nil })
  }

  @Test("several are an axis whose points say which they are of") func axis() throws {
    var sweep = try decode(#"{"dataset": [{"seed": 0}, {"seed": 1}], "shifts": ["a"], "seeds": 2, "budgets": [5]}"#)
    #expect(sweep.datasets.map(\.options) == [["seed": 0], ["seed": 1]] && sweep.dataset == sweep.datasets[0])
    sweep.datasets[0].variant = DatasetVariant(world: nil, draw: 0)
    sweep.datasets[1].variant = DatasetVariant(world: "shop", draw: 1)
    #expect(sweep.points.count == sweep.pointCount && sweep.pointCount == 2 * 2 * sweep.strategies.count)
    #expect(Set(sweep.points).count == sweep.pointCount)
    #expect(sweep.points[0].label == "random, a, budget 5.00, seed 0, draw 0")
    #expect(sweep.points.last?.label.hasSuffix("seed 1, shop, draw 1") == true)
    #expect(try Sweep(json: sweep.json, place: "again") == sweep)
  }

  @Test("an empty list, and a variant that is none, are named") func mistakes() {
    func problem(_ text: String) -> String {
      do { return "\(try decode(text))" } catch { return "\(error)" }
    }
    #expect(problem(#"{"dataset": []}"#).contains("no trial"))
    #expect(problem(#"{"dataset": [{"seed": 0}, 3]}"#).contains("sweep.json.dataset[1]"))
    #expect(
      problem(#"{"dataset": [{"seed": 0}, {"variant": {"wrold": "a"}}]}"#).contains("sweep.json.dataset[1].variant"))
  }
}
