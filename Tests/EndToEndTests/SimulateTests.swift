import Core
import Foundation
import Testing

@Suite("Simulated clusters on the command line") struct SimulateTests {
  @Test("seeds run to their end and are counted") func seeds() throws {
    let run = try Programs.run("winnow", ["simulate", "--seeds", "3..<9", "--json"])
    #expect(run.status == 0, "\(run.errors)")
    let found = try JSONValue.parse(Array(run.output.utf8), source: "simulate")
    #expect(found["seeds"]?.int == 6 && found["failed"]?.elements?.isEmpty == true)
    #expect(found["steps"]?.int ?? 0 > 1_000)
    // The same whatever runs beside it.
    #expect(
      try Programs.run("winnow", ["simulate", "--seeds", "3..<9", "--workers", "1", "--json"]).output == run.output)
  }

  @Test("a cluster that is broken on purpose is found out") func sabotage() throws {
    let run = try Programs.run("winnow", ["simulate", "--seeds", "0..<4", "--sabotage", "doubleGrants"])
    #expect(run.status == 0 && run.output.contains("doubleGrants was noticed in"), "\(run.output)")
  }

  @Test(
    "what is no seed is refused",
    arguments: [[], ["--seeds", "5..<5"], ["--seed", "1", "--seeds", "1..<2"], ["--seed", "-1"]])
  func mistakes(_ arguments: [String]) throws {
    #expect(try Programs.run("winnow", ["simulate"] + arguments).status == 64)
  }
}
