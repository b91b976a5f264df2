import Core
import Foundation
import Testing

@Suite("winnow run", .enabled(if: SmallSweep.isPossible), .serialized) struct RunTests {
  @Test("a sweep runs, verifies, reports, and is done at once the second time") func wholeSweep() throws {
    let scratch = try ScratchDirectory()
    let store = scratch.path("store")
    let sweep = try scratch.write(SmallSweep.text, to: "sweep.json")
    let first = try Programs.run("winnow", ["run", sweep, "--store", store, "--workers", "2"])
    #expect(first.status == 0, "\(first.errors)")
    let page = try Data(contentsOf: URL(fileURLWithPath: "\(store)/report.html"))

    let results = try Programs.run("winnow", ["results", "--store", store, "--json"])
    #expect(results.lines.count == SmallSweep.trials)
    for line in results.lines {
      for key in ["strategy", "shift", "budget", "seed", "metrics", "ledger", "task", "outcome"] {
        #expect(line[key] != nil, "\(key) is missing")
      }
      #expect((line["ledger"]?["total"]?.double ?? 9) <= 8)
      #expect((line["metrics"]?["accuracy"]?.double ?? 0) > 0.3)
    }
    #expect(try Programs.run("winnow", ["store", "check", "--store", store]).status == 0)

    let attempts = try attemptCount(store)
    let second = try Programs.run("winnow", ["run", sweep, "--store", store, "--workers", "2"])
    #expect(second.status == 0, "\(second.errors)")
    #expect(try attemptCount(store) == attempts, "something was computed again")
    #expect(try Data(contentsOf: URL(fileURLWithPath: "\(store)/report.html")) == page)

    let one = scratch.path("one-worker")
    #expect(try Programs.run("winnow", ["run", sweep, "--store", one, "--workers", "1"]).status == 0)
    #expect(try SmallSweep.outcomes(of: one) == SmallSweep.outcomes(of: store))
    let other = try Data(contentsOf: URL(fileURLWithPath: "\(one)/report.html"))
    #expect(try withoutEffort(other) == withoutEffort(page))
  }

  /// The page without what says when and where the attempts of its store were made: a line at its head, and a table.
  private func withoutEffort(_ page: Data) throws -> Substring {
    var text = Substring(String(decoding: page, as: UTF8.self))
    let places = [
      (#"<section id="provenance">"#, "</table>", " UTC"), (#"<p class="subtitle small">"#, "</p>", "Finished on"),
    ]
    for (opening, closing, mark) in places {
      let begin = try #require(text.firstRange(of: opening))
      let end = try #require(text[begin.upperBound...].firstRange(of: closing))
      #expect(text[begin.upperBound..<end.lowerBound].contains(mark))
      text.removeSubrange(begin.upperBound..<end.upperBound)
    }
    return text
  }

  private func attemptCount(_ store: String) throws -> Int {
    let listing = try Programs.run("winnow", ["store", "ls", "--store", store, "--json"])
    return try #require(try JSONValue.parse(Array(listing.output.utf8), source: "ls")["attempts"]?.int)
  }
}
