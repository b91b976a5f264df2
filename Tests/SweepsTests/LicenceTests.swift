import Core
import Sweeps
import Testing

@Suite("Licences") struct LicenceTests {
  @Test(
    "an expression is allowed as SPDX means it",
    arguments: [
      ("MIT", true), ("mit", true), ("Apache-2.0", false), ("MIT AND CC-BY-4.0", true), ("MIT AND Apache-2.0", false),
      ("Apache-2.0 OR MIT", true), ("Apache-2.0 OR GPL-3.0-only", false),
      // AND binds closer than OR.
      ("MIT OR Apache-2.0 AND GPL-3.0-only", true), ("(MIT OR Apache-2.0) AND GPL-3.0-only", false),
      ("(Apache-2.0 OR (MIT))", true), ("MIT WITH some-exception", true), ("GPL-2.0 WITH some-exception", false),
      ("MIT+", true), ("contract of 3 May", true), ("Contract  of 3 May", true), ("contract", false),
      ("MIT AND", false), ("(MIT", false), ("", false), ("AND", false),
    ])
  func expression(text: String, isAllowed: Bool) {
    let accepted = ["MIT", "CC-BY-4.0", "contract of 3 May"]
    #expect(LicenceExpression(text).isAllowed(by: accepted) == isAllowed, "\(text)")
  }

  @Test("deep parentheses are no expression, and no crash") func depth() {
    let text = String(repeating: "(", count: 100_000) + "MIT" + String(repeating: ")", count: 100_000)
    #expect(!LicenceExpression(text).isAllowed(by: ["MIT"]))
  }

  @Test("a licence that nobody states is never allowed") func unknown() {
    #expect(!Provenance(licence: nil, synthetic: .no).isAllowed(by: ["MIT"]))
    #expect(Provenance(licence: "MIT", synthetic: .no).isAllowed(by: ["MIT"]))
  }

  @Test("a sweep keeps its licences, and one without them is written as before") func sweep() throws {
    let sweep = try Sweep(json: ["licences": ["MIT", "CC-BY-4.0"]], place: "sweep")
    #expect(try Sweep(json: sweep.json, place: "again") == sweep && sweep.licences == ["MIT", "CC-BY-4.0"])
    #expect(Sweep.builtIn.json["licences"] == nil)
  }

  @Test("what is no list of licences is refused at its place", arguments: ["[]", "[1]", #"["MIT","MIT"]"#, #"[""]"#])
  func mistakes(text: String) throws {
    let licences = try JSONValue.parse(Array(text.utf8), source: "test")
    let error = #expect(throws: ConfigurationError.self) { try Sweep(json: ["licences": licences], place: "s") }
    #expect(error?.place == "s.licences")
  }
}
