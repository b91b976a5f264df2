import Core
import Foundation
import Testing

@Suite("winnow run --until decided", .enabled(if: SmallSweep.isPossible), .serialized) struct DecisionRunTests {
  private func decision(_ ending: Programs.Ending) throws -> JSONValue {
    try #require(try JSONValue.parse(Array(ending.output.utf8), source: "run")["decision"])
  }

  private func attempts(_ store: String) throws -> Int {
    let listing = try Programs.run("winnow", ["store", "ls", "--store", store, "--json"])
    return try #require(try JSONValue.parse(Array(listing.output.utf8), source: "ls")["attempts"]?.int)
  }

  @Test(
    "rounds are the same for any number of workers and wherever it was stopped, and an ended run computes nothing again"
  )
  func resume() throws {
    let scratch = try ScratchDirectory()
    let sweep = try scratch.write(SmallSweep.text, to: "sweep.json")
    let until = ["--until", "decided", "--max-trials", "20", "--json"]
    let whole = scratch.path("whole")
    let first = try Programs.run("winnow", ["run", sweep, "--store", whole, "--workers", "2"] + until)
    #expect(first.status == 2, "\(first.errors)")
    let found = try decision(first)
    // Two seeds of four options, then two more; the six trials or more of the third round have no room.
    #expect(found["decided"] == .bool(false) && found["ended"]?.text == "trials")
    #expect(found["looks"]?.int == 2 && found["seeds"]?.int == 4 && found["trials"]?.int == 16)
    let open = try #require(found["open"]?.elements)
    #expect(!open.isEmpty && open.allSatisfy { ($0["behind"]?.double ?? -1) >= 0 })

    // Stopped after the first round, then gone on with by one worker.
    let parts = scratch.path("parts")
    #expect(try Programs.run("winnow", ["run", sweep, "--store", parts, "--workers", "1"]).status == 0)
    let second = try Programs.run("winnow", ["run", sweep, "--store", parts, "--workers", "1"] + until)
    #expect(try decision(second) == found)
    #expect(try SmallSweep.outcomes(of: parts) == SmallSweep.outcomes(of: whole))

    let before = try attempts(whole)
    let again = try Programs.run("winnow", ["run", sweep, "--store", whole, "--workers", "2"] + until)
    #expect(try decision(again) == found)
    #expect(try attempts(whole) == before, "something was computed again")
  }

  @Test("a real difference is decided with more seeds than were stated, in words and as a status")
  func decided() throws {
    let scratch = try ScratchDirectory()
    let sweep = try scratch.write(
      """
      {"name": "two pools", "strategies": ["random"], "shifts": ["expert", "synthetic-text"],
       "budgets": [8], "seeds": 3, "training": {"hidden": [16], "steps": 60}, "dataset": {"corruptionImages": 20}}
      """, to: "sweep.json")
    let store = scratch.path("store")
    let ending = try Programs.run(
      "winnow", ["run", sweep, "--store", store, "--workers", "2", "--until", "decided", "--error", "0.2"])
    #expect(ending.status == 0, "\(ending.errors)\(ending.output)")
    #expect(ending.output.contains("is better than every other option at the largest budget"))
    #expect(ending.output.contains("wrong in at most 20.0 % of the sweeps"))
    #expect(ending.errors.contains("leads;"))
  }

  @Test("budgets are added where another option may be better, the same ones wherever it was stopped")
  func crossings() throws {
    let scratch = try ScratchDirectory()
    // Of 5 the crowd's setup leaves .2, so that experts are better; of 20 it leaves more than they buy.
    let sweep = try scratch.write(
      """
      {"name": "a setup that pays later", "strategies": ["random"], "shifts": ["expert", "crowdsourced"],
       "budgets": [5, 20], "seeds": 3, "training": {"hidden": [16], "steps": 60}, "dataset": {"corruptionImages": 10},
       "prices": {"label.expert": 0.2, "shifts": {"crowdsourced": {"setup": 4.8}}}}
      """, to: "sweep.json")
    let (whole, parts) = (scratch.path("whole"), scratch.path("parts"))
    let until = ["--until", "decided", "--error", "0.2", "--json"]
    let first = try Programs.run("winnow", ["run", sweep, "--store", whole, "--workers", "2"] + until)
    #expect(first.status == 0, "\(first.errors)")
    let found = try decision(first)
    #expect(found["leader"]?["shift"]?.text == "crowdsourced" && found["decided"] == .bool(true))
    let crossings = try #require(found["crossings"])
    let added = try #require(crossings["addedBudgets"]?.elements).compactMap(\.double)
    #expect(!added.isEmpty && added.allSatisfy { $0 > 5 && $0 < 20 })
    let below = try #require(crossings["below"]?.elements?.first)
    #expect(below["option"]?["shift"]?.text == "expert")
    // Whatever was added lies within what the sweep itself left open.
    let (last, from) = (try #require(below["betterUpTo"]?.double), try #require(below["bestFrom"]?.double))
    #expect(last >= 5 && from > last && from <= 20)

    #expect(try Programs.run("winnow", ["run", sweep, "--store", parts, "--workers", "1"]).status == 0)
    let second = try Programs.run("winnow", ["run", sweep, "--store", parts, "--workers", "1"] + until)
    #expect(try decision(second) == found)
    #expect(try SmallSweep.outcomes(of: parts) == SmallSweep.outcomes(of: whole))
  }

  @Test("what makes no sense is said before anything is computed")
  func mistakes() throws {
    let scratch = try ScratchDirectory()
    let sweep = try scratch.write(SmallSweep.text, to: "sweep.json")
    let cases: [(arguments: [String], words: String)] = [
      (["--error", "0.01"], "belong to --until decided"),
      (["--until", "decided", "--error", "0.5"], "a share from 0.0001 to 0.2"),
      (["--until", "decided", "--max-time", "soon"], "--max-time"),
      (["--until", "decided", "--max-trials", "7"], "has 8 trials, more than --max-trials 7"),
      (["--until", "tired"], "--until"),
    ]
    for (arguments, words) in cases {
      let ending = try Programs.run("winnow", ["run", sweep, "--store", scratch.path("none")] + arguments)
      #expect(ending.status != 0 && ending.errors.contains(words), "\(arguments): \(ending.errors)")
    }
    #expect(!FileManager.default.fileExists(atPath: scratch.path("none")))
  }
}
