import Core
import Foundation
import Testing

@Suite("A sweep of several data sets", .enabled(if: SmallSweep.isPossible), .serialized) struct DatasetAxisRunTests {
  private static let text = """
    {"name": "two draws in two worlds", "shifts": ["expert", "field"], "strategies": ["random", "class-balanced"],
     "dataset": [
       {"seed": 0, "corruptionImages": 10}, {"seed": 1, "corruptionImages": 10},
       {"seed": 0, "corruptionImages": 10, "deployment": {"seed": 1}},
       {"seed": 1, "corruptionImages": 10, "deployment": {"seed": 1}}],
     "budgets": [10, 20], "seeds": 2, "models": [{"name": "mlp", "hidden": [16]}], "training": {"steps": 40}}
    """

  @Test("is planned, run, told apart in tables and reported by draw and by world; --until refuses it") func whole()
    throws
  {
    let scratch = try ScratchDirectory()
    let store = scratch.path("store")
    let sweep = try scratch.write(Self.text, to: "sweep.json")
    let plan = try Programs.run("winnow", ["plan", sweep, "--store", store])
    // Of 64 trials the 16 that buy from experts in the second world are those of the first.
    #expect(plan.output.contains("4 data sets: 64 trials") && plan.output.contains("trial: 48 tasks"))
    let refused = try Programs.run("winnow", ["run", sweep, "--store", store, "--until", "decided"])
    #expect(refused.status != 0 && refused.errors.contains("4"), "\(refused.errors)")
    let run = try Programs.run("winnow", ["run", sweep, "--store", store, "--workers", "2"])
    #expect(run.status == 0, "\(run.errors)")
    let results = try Programs.run("winnow", ["results", "--store", store, "--json"])
    #expect(results.lines.count == 64)
    let listing = try Programs.run("winnow", ["store", "ls", "--store", store])
    #expect(listing.output.contains("64/64 trials"), "\(listing.output)")
    let sets = Dictionary(grouping: results.lines) { $0["dataset"]?.text ?? "" }
    #expect(
      sets.mapValues(\.count) == [
        "fashion++, standard world, draw 0": 16, "fashion++, standard world, draw 1": 16,
        "fashion++, world 1, draw 0": 16, "fashion++, world 1, draw 1": 16,
      ])
    for (language, heading) in [("en", "Worlds and draws"), ("ja", "運用環境とデータの引き直し")] {
      let page = scratch.path("\(language).html")
      let report = try Programs.run("winnow", ["report", "--store", store, "--lang", language, "--output", page])
      #expect(report.status == 0, "\(report.errors)")
      let text = try String(contentsOf: URL(fileURLWithPath: page), encoding: .utf8)
      #expect(text.contains("id=\"datasets\"") && text.contains(heading) && text.contains("id=\"field\""))
    }
    let again = try Programs.run("winnow", ["run", sweep, "--store", store, "--workers", "1"])
    #expect(again.status == 0 && again.errors.contains("already in the store") || again.output.contains("finished"))
  }
}
