import Core
import Planning
import Sweeps
import Testing

@Suite("Licences of a sweep") struct LicenceSweepTests {
  /// Three pools: one under MIT, one under a choice of two licences, one of which nobody knows.
  private static func resolve(_ changes: [String: JSONValue] = [:], reference: String = "ours") throws -> ResolvedSweep
  {
    let manifest: JSONValue = [
      "classes": ["up", "down"], "samples": ["image": ["size": 8]], "test": "t.tar", "reference": .string(reference),
      "pools": [
        ["name": "ours", "source": "a.tar", "licence": "MIT"],
        ["name": "web", "source": "b.tar", "licence": "CC-BY-4.0 OR Apache-2.0"], ["name": "found", "source": "c.tar"],
      ],
    ]
    var members: [String: JSONValue] = [
      "dataset": ["kind": "files", "manifest": manifest], "strategies": ["random"], "licences": ["MIT", "Apache-2.0"],
    ]
    for (key, value) in changes { members[key] = value }
    return try PlanningFixture.resolve(try Sweep(json: .object(members), place: "sweep"))
  }

  @Test("pools that are not allowed are left out before anything is chosen") func leftOut() throws {
    let resolved = try Self.resolve()
    #expect(resolved.sweep.shifts == ["ours", "web"])
    #expect(resolved.refusedPools.map(\.name) == ["found"] && resolved.refusedPools[0].licence == nil)
    #expect(!resolved.neededParts(of: resolved.description).contains { $0.name.hasPrefix("found") })
    #expect(try Self.resolve(["licences": ["MIT"]]).sweep.shifts == ["ours"])
  }

  @Test("a pool whose samples have licences of their own is used, and its blocks leave the others out") func bySample()
    throws
  {
    func resolved(_ licences: JSONValue) throws -> ResolvedSweep {
      let manifest: JSONValue = [
        "classes": ["up", "down"], "samples": ["image": ["size": 8]], "test": "t.tar",
        "pools": [
          ["name": "ours", "source": "a.tar", "licence": "MIT"],
          ["name": "web", "source": "b.tar", "licence": ["field": "licence"]],
        ],
      ]
      return try Self.resolve(["dataset": ["kind": "files", "manifest": manifest], "licences": licences])
    }
    let (wide, limited) = (try resolved(["MIT", "Apache-2.0"]), try resolved(["MIT"]))
    #expect(limited.sweep.shifts == ["ours", "web"] && limited.filteredPools == ["web"])
    let changed = limited.description.parts.filter { $0.parameters != wide.description.part($0.name)?.parameters }
    #expect(changed.map(\.name) == ["web/0"])
    #expect(changed[0].parameters["block"]?["origins"]?["allowed"] == ["MIT"])
  }

  private static let mistakes: [(changes: [String: JSONValue], reference: String, words: String)] = [
    (["shifts": ["ours", "found"]], "ours", "found does not state its licence"),
    (["licences": ["MIT"], "shifts": ["web"]], "ours", "web is under CC-BY-4.0 OR Apache-2.0"),
    (["licences": ["GPL-3.0-only"]], "ours", "no pool is under one of them"),
    (["licences": ["Apache-2.0"]], "ours", "it is the reference"),
    (["strategies": [["name": "mix", "proportions": ["ours": 1, "found": 1]]]], "ours", "found does not state"),
  ]

  @Test("what asks for a pool that is not allowed is refused", arguments: mistakes.indices)
  func refused(index: Int) throws {
    let (changes, reference, words) = Self.mistakes[index]
    let error = #expect(throws: ConfigurationError.self) { try Self.resolve(changes, reference: reference) }
    #expect(error?.problem.contains(words) == true, "\(error?.description ?? "")")
  }
}
