import Core
import Economics
import ObjectStore
import Planning
import Reporting
import Results
import Sweeps
import Testing

@Suite("Sweeps and trials read from a store") struct StoredSweepsTests {
  private let fixture: StoredFixture

  init() throws { fixture = try StoredFixture() }

  @Test("the trial table is the one that was planned, row by row") func table() throws {
    let planned = try fixture.add(StoredFixture.request())
    let stored = try fixture.sweeps.sweep("mine")
    let table = try #require(planned.table)
    #expect(stored.table == table && stored.id == planned.id && stored.name == "mine")
    // Two strategies on two pools and a mix, two seeds each; each trial is measured on the deployment set.
    #expect(table.rows.map(\.point) == stored.table.sweep.points && table.rows.count == 10)
    #expect(table.rows.allSatisfy { $0.measures.keys.sorted() == ["deployment"] })
    #expect(table.rows.allSatisfy { ($0.scores != nil) == ($0.point.strategy.name == "margin") })
    let named = table.labels()
    for node in planned.tasks { #expect(named[node.id] == node.label, "\(node.label)") }
    for file in stored.sources {
      #expect(file.value == planned.record["sources"]?[file.key]?.text.flatMap { Digest($0) })
    }
    #expect(!stored.sources.isEmpty)
  }

  @Test("results come in the order of the grid, with what their measures found, whatever the order they finished in")
  func results() throws {
    let planned = try fixture.add(StoredFixture.request())
    for node in planned.tasks.reversed() {
      switch node.specification.kind {
      case .trial: try fixture.finish(node, StoredFixture.trialValues(node.id))
      case .measure: try fixture.finish(node, ["metrics": ["accuracy": .number(StoredFixture.accuracy(node.id))]])
      default: break
      }
    }
    let sweep = try fixture.sweeps.sweep(nil)
    let results = try fixture.sweeps.results(of: sweep)
    #expect(results.map(\.point) == sweep.table.sweep.points)
    for (row, result) in zip(sweep.table.rows, results) {
      #expect(result.task == row.task && result.values.items == 100)
      #expect(
        result.values.metrics == [
          "accuracy": StoredFixture.accuracy(row.task),
          "deployment": StoredFixture.accuracy(row.measures["deployment"]!),
        ])
      #expect(try result.outcome == fixture.store.outcome(of: row.task)?.digest)
      #expect(try result.measures["deployment"] == fixture.store.outcome(of: row.measures["deployment"]!)?.digest)
      #expect(result.origin?.sweep == sweep.id && result.origin?.name == "mine")
    }
    #expect(try fixture.sweeps.finishedTrials(of: sweep) == 10)
  }

  @Test("a trial waits for its measure; a measure that failed leaves the trial without that metric") func measures()
    throws
  {
    let planned = try fixture.add(StoredFixture.request())
    let rows = try #require(planned.table).rows
    let (waiting, failed) = (rows[2], rows[3])
    let missing = Set([waiting, failed].map { $0.measures["deployment"]! })
    try fixture.finishAll(of: planned) { !missing.contains($0.id) }
    try fixture.fail(planned.node(failed.measures["deployment"]!))
    let sweep = try fixture.sweeps.sweep("mine")
    var found = try fixture.sweeps.results(of: sweep)
    #expect(found.map(\.point) == rows.map(\.point).filter { $0 != waiting.point })
    let trial = try #require(found.first { $0.point == failed.point })
    #expect(trial.values.metrics.keys.sorted() == ["accuracy"] && trial.measures.isEmpty)
    #expect(try fixture.sweeps.finishedTrials(of: sweep) == 10)
    // When the part that measures need has failed, nothing waits any more.
    try fixture.fail(planned.node(try #require(planned.table?.parts[0]["deployment"])))
    found = try fixture.sweeps.results(of: sweep)
    #expect(found.map(\.point) == rows.map(\.point))
    #expect(found[2].values.metrics["deployment"] == nil && found[4].values.metrics["deployment"] != nil)
  }

  @Test("all failures of a sweep are there, also beyond the hundredth, and those of others are not") func failures()
    throws
  {
    let planned = try fixture.add(StoredFixture.request(seeds: Array(0..<30)))
    let other = try fixture.add(StoredFixture.request("other", seeds: Array(100..<103)))
    let (own, foreign) = (planned.nodes(.trial), other.nodes(.trial))
    #expect(own.count == 150)
    for node in own { try fixture.fail(node, .signalled(9)) }
    for node in foreign { try fixture.fail(node) }
    let input = try fixture.sweeps.reportInput(sweep: "mine")
    #expect(input.failures.count == 150 && input.results.isEmpty && input.expectedTrials == 150)
    #expect(Set(input.failures.map(\.label)) == Set(own.map(\.label)))
    #expect(Set(input.failures.map(\.cause)) == [.signalled(9)])
    let page = HTMLReport.render(input)
    #expect(own.allSatisfy { page.contains(">\($0.label)<") })
    #expect(try fixture.sweeps.reportInput(sweep: "other").failures.count == foreign.count)
  }

  @Test("a task that is finished after all is no failure any more") func finishedAfterAll() throws {
    let planned = try fixture.add(StoredFixture.request())
    for node in planned.nodes(.trial) { try fixture.fail(node) }
    try fixture.finishAll(of: planned)
    let input = try fixture.sweeps.reportInput(sweep: nil)
    #expect(input.failures.isEmpty && input.results.count == 10)
  }

  @Test("of two sweeps of one name the newest is meant; ids and their beginnings find either") func names() throws {
    let first = try fixture.add(StoredFixture.request(seeds: [0]))
    let second = try fixture.add(StoredFixture.request(seeds: [0, 1]))
    let sweeps = fixture.sweeps
    #expect(try sweeps.sweep("mine").id == second.id && sweeps.sweep(nil).id == second.id)
    for planned in [first, second] {
      #expect(try sweeps.sweep(planned.id.description).id == planned.id)
      #expect(try sweeps.sweep(planned.id.short).id == planned.id)
    }
    // Submitted again, the older one is the newest.
    try fixture.add(StoredFixture.request(seeds: [0]))
    #expect(try sweeps.sweep("mine").id == first.id && fixture.all().map(\.id) == [second.id, first.id])
  }

  @Test("what cannot be found is answered with what there is") func unknown() throws {
    #expect(throws: ConfigurationError.self) { try fixture.sweeps.sweep(nil) }
    let planned = try fixture.add(StoredFixture.request())
    let error = try #require(throws: ConfigurationError.self) { try fixture.sweeps.sweep("june") }
    #expect(error.problem.contains("june") && error.problem.contains("\(planned.id.short) (mine)"))
    for number in 0..<40 { try fixture.add(StoredFixture.request("sweep \(number)", seeds: [number])) }
    // Of 41 ids some begin alike.
    let starts = Dictionary(grouping: try fixture.all().map(\.id)) { $0.description.prefix(1) }
    let (start, ids) = try #require(starts.first { $0.value.count > 1 })
    let several = try #require(throws: ConfigurationError.self) { try fixture.sweeps.sweep(String(start)) }
    #expect(several.problem.contains("may be one of") && ids.allSatisfy { several.problem.contains($0.short) })
  }

  @Test("over all sweeps a shared trial is there once") func shared() throws {
    let first = try fixture.add(StoredFixture.request("first", seeds: [0]))
    let second = try fixture.add(StoredFixture.request("second", seeds: [0, 1]))
    try fixture.finishAll(of: first)
    try fixture.finishAll(of: second)
    #expect(
      try fixture.results("first").count == 5 && fixture.results("second").count == 10)
    let all = try fixture.results(nil)
    #expect(all.count == 10 && Set(all.map(\.point)).count == 10)
    #expect(all.count { $0.origin?.name == "first" } == 5)
  }

  @Test("a sweep without trials is left out; one that cannot be read is named, and hides no other") func others() throws
  {
    let nothing: JSONValue = ["nothing": ["tasks": 3]]
    try fixture.store.addSweep(id: Digest(of: nothing.canonical), name: "nothing", json: nothing.canonical)
    #expect(try fixture.all().isEmpty)
    let whole = try fixture.add(StoredFixture.request("whole"))
    try fixture.finishAll(of: whole)
    let planned = try fixture.add(StoredFixture.request(), withTable: false)
    var named: [UnreadableSweep] = []
    #expect(try fixture.sweeps.all { named.append($0) }.map(\.id) == [whole.id])
    #expect(try fixture.sweeps.results(sweep: nil) { named.append($0) }.count == 10)
    #expect(named.map(\.id) == [planned.id, planned.id] && named[0].name == "mine")
    let error = try #require(throws: ConfigurationError.self) { try fixture.sweeps.sweep(nil) }
    #expect(error.place.contains(planned.id.short) && error.problem.contains("run it again"))
    #expect(named[0].reason == error)
    #expect(try fixture.sweeps.sweep("whole").id == whole.id)
    let guide = ResultsGuide(
      tables: StoredFixture.guide.tables, firstRelease: { _, sweep in try StoredFixture.plan(sweep).table })
    #expect(try StoredSweeps(fixture.store, guide: guide).sweep("mine").table == planned.table)
  }

  @Test("a table that is damaged is named with its sweep") func damaged() throws {
    let planned = try fixture.add(StoredFixture.request())
    try fixture.store.setTrialTable(Array(planned.table!.bytes.dropLast()), of: planned.id)
    let error = try #require(throws: ConfigurationError.self) { try fixture.sweeps.sweep("mine") }
    #expect(error.place.contains(planned.id.short) && error.problem.contains("plan the sweep again"))
  }

  @Test("an outcome that is no trial's is an error that names the trial") func noTrial() throws {
    let planned = try fixture.add(StoredFixture.request())
    let node = planned.nodes(.trial)[0]
    try fixture.finishAll(of: planned) { $0.id != node.id }
    try fixture.finish(node, ["metrics": [:]])
    let error = try #require(throws: ConfigurationError.self) { try fixture.results("mine") }
    #expect(error.place == "outcome of \(node.label)" && error.problem.contains("ledger"))
  }

  @Test("a report knows facts of parts, kernels of attempts and digests of raw files") func reportInput() throws {
    let planned = try fixture.add(StoredFixture.request())
    let parts = try #require(planned.table).parts[0]
    let facts = PartFacts(count: 9, classCounts: [4, 5], labelNoise: 0.25)
    try fixture.finish(
      planned.node(parts["expert"]!), ["part": facts.json],
      attempt: ["blasCore": "Zen", "cpuSeconds": 2.5, "finishedAt": 100.0, "wallSeconds": 3, "host": "b"])
    try fixture.finish(
      planned.node(parts["crowdsourced"]!), [:],
      attempt: [
        "blasCore": "Haswell", "cpuSeconds": 1, "finishedAt": 200.0, "wallSeconds": 1, "host": "a", "program": "p",
      ])
    try fixture.finishAll(of: planned)
    let input = try fixture.sweeps.reportInput(sweep: "mine")
    #expect(input.poolFacts == ["expert": facts] && input.expectedTrials == 10 && input.results.count == 10)
    let effort = try #require(input.effort)
    #expect(effort.begin == 97 && effort.end == 200 && effort.cpuSeconds == 3.5)
    #expect(effort.hosts == ["a", "b"] && effort.programs == ["p"] && effort.cpuSecondsByTask[parts["expert"]!] == 2.5)
    let stored = try fixture.sweeps.sweep("mine")
    let sources = stored.sources.sorted { $0.key < $1.key }.map { ReportInput.Fact.source(name: $0.key, $0.value) }
    #expect(!sources.isEmpty)
    #expect(
      input.provenance == [
        .program(version: Version.current), .storeFormat(Store.formatVersion), .sweep(planned.id),
        .kernels(["Haswell", "Zen"]),
      ] + sources)
    #expect(input.metrics[name: "accuracy"] != nil && !input.words.isEmpty && input.objects.isEmpty)
    #expect(HTMLReport.render(input).contains("Haswell, Zen"))
  }
}
