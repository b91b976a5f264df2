import Core
import Economics
import Execution
import Foundation
import Planning
import Sweeps
import Testing

/// The sweeps that the documents show can be planned.
@Suite struct DocumentedSweepTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path
  private static let pages = [
    "README.md", "Sources/winnow/Winnow.docc/Sweep.md", "Sources/winnow/Winnow.docc/ContinuousEvaluation.md",
  ]

  @Test(arguments: pages) func everySweepOnAPageResolves(page: String) throws {
    let sweeps = try jsonBlocks(on: page)
    #expect(!sweeps.isEmpty)
    for text in sweeps {
      let json = try JSONValue.parse(Array(text.utf8), source: page)
      _ = try ResolvedSweep(try Sweep(json: json, place: page), catalogue: .standard())
    }
  }

  /// Blocks of JSON; where a block shows several objects, each begins a line.
  private func jsonBlocks(on page: String) throws -> [String] {
    let text = try String(contentsOfFile: "\(Self.root)/\(page)", encoding: .utf8)
    return text.components(separatedBy: "```json\n").dropFirst().flatMap { rest -> [String] in
      let lines = rest.components(separatedBy: "\n```")[0].split(separator: "\n")
      var objects: [String] = []
      for line in lines {
        if line.hasPrefix("{") { objects.append("") }
        objects[objects.count - 1] += line + "\n"
      }
      return objects
    }
  }

  @Test func thePageListsExactlyTheItemsThatHavePrices() throws {
    let text = try String(contentsOfFile: "\(Self.root)/Sources/winnow/Winnow.docc/Sweep.md", encoding: .utf8)
    let rows = text.split(separator: "\n").drop { !$0.hasPrefix("| key of `prices` |") }.dropFirst(2)
      .prefix { $0.hasPrefix("|") }
    let listed = Dictionary(
      uniqueKeysWithValues: rows.map { row in
        let columns = row.split(separator: "|").map { $0.trimmingCharacters(in: [" ", "`"]) }
        return (columns[0], columns[2])
      })
    #expect(Set(listed.keys) == Set(PriceItem.allCases.map(\.rawValue) + ["currency", "shifts", "illustrative"]))
    for item in PriceItem.allCases {
      #expect(listed[item.rawValue].flatMap { Double($0) }.map { Price($0) } == PriceList.illustrative.prices[item])
    }
  }
}
