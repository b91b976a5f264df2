import Core
import Sweeps
import Testing

@Suite("Task specifications") struct TaskSpecificationTests {
  private static let full = TaskSpecification(
    kind: .trial, parameters: ["seed": 3, "keep": 0.25, "name": "é\n"],
    inputs: ["pool": TaskID(Digest(of: "pool")), "evaluation": TaskID(Digest(of: "evaluation"))],
    sources: ["subset": Digest(of: "subset")], algorithms: ["trial": 2, "random": 1], numericsCore: "Haswell")

  @Test("the bytes are stable: keys sorted, nothing between them, whole numbers whole") func bytes() {
    let (pool, evaluation) = (Digest(of: "pool"), Digest(of: "evaluation"))
    #expect(
      Self.full.json.canonicalText == """
        {"algorithms":{"random":1,"trial":2},"inputs":{"evaluation":"\(evaluation)","pool":"\(pool)"},"kind":"trial",\
        "numericsCore":"Haswell","parameters":{"keep":0.25,"name":"é\\n","seed":3},\
        "sources":{"subset":"\(Digest(of: "subset"))"}}
        """)
    #expect(Self.full.id.digest == Digest(of: Self.full.json.canonical))
    let nothing = TaskSpecification(kind: .nothing, parameters: [:])
    #expect(
      nothing.json.canonicalText
        == #"{"algorithms":{},"inputs":{},"kind":"nothing","numericsCore":null,"parameters":{},"sources":{}}"#)
    #expect(nothing.id.description == "\(Digest(of: nothing.json.canonicalText))")
  }

  @Test("every field has its part in the identity, and equal fields give the same one") func identity() {
    let full = Self.full
    func changed(
      kind: TaskKindName? = nil, parameters: JSONValue? = nil, inputs: [String: TaskID]? = nil,
      sources: [String: Digest]? = nil, algorithms: [String: Int]? = nil, core: String?? = nil
    ) -> TaskSpecification {
      TaskSpecification(
        kind: kind ?? full.kind, parameters: parameters ?? full.parameters, inputs: inputs ?? full.inputs,
        sources: sources ?? full.sources, algorithms: algorithms ?? full.algorithms,
        numericsCore: core ?? full.numericsCore)
    }
    func with<Value>(_ members: [String: Value], _ key: String, _ value: Value?) -> [String: Value] {
      var members = members
      members[key] = value
      return members
    }
    #expect(changed() == full && changed().id == full.id)
    // A number that is whole is that number, however it is held.
    let members = full.parameters.members!
    #expect(changed(parameters: .object(with(members, "seed", .number(3)))).id == full.id)
    let others = [
      changed(kind: .score), changed(parameters: [:]), changed(parameters: .object(with(members, "seed", 4))),
      changed(parameters: .object(with(members, "keep", .number(0.25.nextUp)))),
      changed(parameters: .object(with(members, "more", JSONValue.null))),
      changed(inputs: with(full.inputs, "pool", TaskID(Digest(of: "other")))),
      changed(inputs: with(full.inputs, "pool", nil)), changed(inputs: ["p": full.inputs["pool"]!]),
      changed(inputs: ["pool": full.inputs["evaluation"]!, "evaluation": full.inputs["pool"]!]),
      changed(sources: [:]), changed(sources: ["subset": Digest(of: "other")]),
      changed(sources: ["others": full.sources["subset"]!]), changed(algorithms: with(full.algorithms, "trial", 3)),
      changed(algorithms: with(full.algorithms, "random", nil)), changed(core: .some("Zen")), changed(core: .some(nil)),
    ]
    #expect(Set(others.map(\.id) + [full.id]).count == others.count + 1)
  }

  @Test("any specification reads back from its bytes with its identity") func roundTrip() throws {
    var generator = RandomSweep(seed: 7)
    for _ in 0..<300 {
      var (inputs, sources, algorithms): ([String: TaskID], [String: Digest], [String: Int]) = ([:], [:], [:])
      for _ in 0..<generator.below(5) { inputs[generator.name()] = TaskID(Digest(of: generator.name())) }
      for _ in 0..<generator.below(3) { sources[generator.name()] = Digest(of: generator.name()) }
      for _ in 0..<generator.below(4) { algorithms[generator.name()] = generator.below(100) }
      let specification = TaskSpecification(
        kind: [.part, .score, .trial, .measure][generator.below(4)], parameters: generator.object(), inputs: inputs,
        sources: sources, algorithms: algorithms, numericsCore: generator.flag() ? generator.name() : nil)
      let read = try TaskSpecification(bytes: specification.json.canonical, place: "store")
      #expect(read == specification && read.id == specification.id)
      #expect(read.json.canonical == specification.json.canonical)
    }
  }

  @Test(
    "what is no specification is refused, and the key is named",
    arguments: [
      ("[]", "task"), (#"{"kind": 1}"#, "task.kind"), (#"{"kind": "Trial"}"#, "task.kind"), ("{}", "task.kind"),
      (#"{"kind": "trial"}"#, "task.inputs"), (#"{"kind": "trial", "inputs": []}"#, "task.inputs"),
      (#"{"kind": "trial", "inputs": {"pool": "12"}}"#, "task.inputs.pool"),
      (#"{"kind": "trial", "inputs": {}}"#, "task.sources"),
      (#"{"kind": "trial", "inputs": {}, "sources": {"a": 1}}"#, "task.sources.a"),
      (#"{"kind": "trial", "inputs": {}, "sources": {}}"#, "task.algorithms"),
      (#"{"kind": "trial", "inputs": {}, "sources": {}, "algorithms": {"a": 1.5}}"#, "task.algorithms.a"),
      (#"{"kind": "trial", "inputs": {}, "sources": {}, "algorithms": {}}"#, "task"),
      (#"{"kind": "trial", "inputs": {}, "sources": {}, "algorithms": {}, "parameters": {}, "host": "h"}"#, "task"),
      (
        #"{"kind": "trial", "inputs": {}, "sources": {}, "algorithms": {}, "parameters": {}, "numericsCore": 1}"#,
        "task.numericsCore"
      ),
    ]) func refused(text: String, place: String) throws
  {
    let error = try #require(throws: ConfigurationError.self) {
      try TaskSpecification(bytes: Array(text.utf8), place: "task")
    }
    #expect(error.place == place, "\(error)")
  }

  @Test("names of kinds are 1 to 32 small letters and hyphens") func kinds() {
    for name in ["a", "find-splits", String(repeating: "z", count: 32)] {
      #expect(TaskKindName(reading: name)?.name == name)
    }
    for name in ["", "A", "a b", "a_b", "1", "é", "a`", "a{", String(repeating: "z", count: 33)] {
      #expect(TaskKindName(reading: name) == nil, "\(name)")
    }
    #expect([TaskKindName.trial, .measure, .part].sorted() == [.measure, .part, .trial])
  }
}
