import Core
import Economics
import Sweeps
import Testing

@Suite("What trials and measures say") struct TrialValuesTests {
  private static func values() -> TrialValues {
    TrialValues(
      metrics: [:], perClass: [:], ledger: Ledger(budget: Money(1)), items: 0, poolSize: 0, candidates: 0, remarks: [])
  }

  @Test("values with random contents read back from their bytes") func roundTrip() throws {
    var generator = RandomSweep(seed: 11)
    for _ in 0..<300 {
      var values = Self.values()
      let classes = generator.below(6)
      for _ in 0..<generator.below(6) {
        let name = generator.name()
        values.metrics[name] = generator.random.normal()
        if generator.flag() { values.counts[name] = 1 + generator.below(10_000) }
        values.perClass[generator.name()] = (0..<classes).map { _ in generator.random.uniform() }
        values.split[generator.name()] = generator.random.uniform()
        values.remarks.append(Remark("c", numbers: [generator.name(): generator.random.normal()]))
      }
      values.confusion = ConfusionCounts(
        rows: (0..<classes).map { _ in (0..<classes).map { _ in max(0, generator.below(5) - 2) } })
      values.items = generator.below(1 << 31)
      values.poolSize = generator.below(1 << 31)
      values.candidates = generator.below(1 << 31)
      let bytes = values.json.canonical
      let read = try TrialValues(json: JSONValue.parse(bytes, source: "outcome"), place: "outcome")
      #expect(read == values && read.json.canonical == bytes)
    }
  }

  @Test("a metric that could not be computed is absent, not a number") func undefined() throws {
    var values = Self.values()
    values.metrics = ["good": 0.5, "bad": .nan, "worse": .infinity]
    let read = try TrialValues(json: JSONValue.parse(values.json.canonical, source: "o"), place: "o")
    #expect(read.metrics == ["good": 0.5])
  }

  @Test(
    "what is no trial is refused, and the place is named",
    arguments: [
      ("[]", "o"), ("{}", "o"), (#"{"ledger": 1}"#, "o.ledger"), (#"{"ledger": {}, "items": -1}"#, "o.items"),
      (#"{"ledger": {}, "poolSize": 1.5}"#, "o.poolSize"),
      (#"{"ledger": {}, "candidates": 2147483648}"#, "o.candidates"),
      (#"{"ledger": {}, "remarks": [1]}"#, "o.remarks[0]"), (#"{"ledger": {}, "confusion": [[1, 2]]}"#, "o.confusion"),
      (#"{"ledger": {}, "accuracy": 1}"#, "o"),
    ]) func refused(text: String, place: String) throws
  {
    let error = try #require(throws: ConfigurationError.self) {
      try TrialValues(json: JSONValue.parse(Array(text.utf8), source: "o"), place: "o")
    }
    #expect(error.place == place, "\(error)")
  }

  @Test("a measure's accuracy goes by the set's name, other metrics behind it") func measures() {
    var values = Self.values()
    values.metrics = ["accuracy": 0.5]
    values.add(
      ["metrics": ["accuracy": 0.25, "ece": 0.5, "none": nil], "counts": ["accuracy": 80, "ece": 0, "other": 1.5]],
      measuredOn: "field")
    #expect(values.metrics == ["accuracy": 0.5, "field": 0.25, "field.ece": 0.5] && values.counts == ["field": 80])
    for name in ["accuracy", "ece", "a.b"] {
      #expect(MeasuredName.short(MeasuredName.full(name, on: "field"), on: "field") == name)
    }
    #expect(MeasuredName.short("fieldwork", on: "field") == nil && MeasuredName.short("ece", on: "field") == nil)
  }

  @Test("counts of any number of classes read back, in the smaller form") func confusion() throws {
    let small = ConfusionCounts(rows: [[3, 0], [1, 4]])
    #expect(small.json == [[3, 0], [1, 4]] && small.entries.count == 3 && small.rows == [[3, 0], [1, 4]])
    #expect(try ConfusionCounts(json: small.json, place: "c") == small)
    var generator = SeededGenerator(seed: 1, purpose: "confusion")
    for classes in [0, 1, 255, 256, 257, 1_200] {
      var pairs: Set<[Int]> = []
      for _ in 0..<min(classes * classes, 50) {
        pairs.insert([generator.integer(below: classes), generator.integer(below: classes)])
      }
      let entries = pairs.map { ConfusionCounts.Entry(label: $0[0], prediction: $0[1], count: 1 + $0[0] % 3) }
      let counts = ConfusionCounts(classes: classes, entries: entries)
      #expect((counts.json.elements == nil) == (classes > 256))
      #expect(try ConfusionCounts(json: JSONValue.parse(counts.json.canonical, source: "c"), place: "c") == counts)
      #expect(ConfusionCounts(classes: classes, entries: entries.reversed()) == counts)
    }
  }

  @Test(
    "counts that are none are refused",
    arguments: [
      "1", "[1]", "[[1], [1]]", "[[-1]]", "[[0.5]]", "[[1099511627777]]", "{}", #"{"classes": -1}"#,
      #"{"classes": 1000001}"#, #"{"classes": 300, "entries": [[300, 0, 1]]}"#,
      #"{"classes": 300, "entries": [[0, 300, 1]]}"#, #"{"classes": 300, "entries": [[0, 0]]}"#,
      #"{"classes": 300, "entries": [[0, 0, 1], [0, 0, 2]]}"#, #"{"classes": 300, "more": 1}"#,
    ]) func noCounts(text: String) throws
  {
    let json = try JSONValue.parse(Array(text.utf8), source: "c")
    #expect(throws: ConfigurationError.self) { try ConfusionCounts(json: json, place: "c") }
  }

  @Test("failures whose numbers cannot be are somebody's words, and nothing traps") func hostileFailures() {
    let task = TaskID(Digest(of: "t"))
    for failure in [
      #"{"cause":"silent","seconds":1e300}"#, #"{"cause":"silent","seconds":-1}"#,
      #"{"cause":"signalled","signal":-9}"#,
      #"{"cause":"tooLarge","bytes":1,"objects":-1}"#, #"{"cause":"cannotTravel","excess":9,"count":1,"limit":1}"#,
    ] {
      let text = #"{"failure":\#(failure),"hosts":["h"],"exceptions":-3}"#
      let report = TaskFailureReport(bytes: Array(text.utf8), of: task)
      #expect(report.cause == .told(text) && report.exceptions == 0 && report.hosts == ["h"])
      #expect(report.cause.description == text)
    }
  }

  @Test("labels say the options in few characters, and choices read back") func labels() throws {
    let choice = NamedChoice(
      name: "mix",
      options: ["with": ["name": "k", "keep": 0.5], "proportions": ["b": 0.7, "a": 0.3], "list": [1, "x"]])
    #expect(choice.label == "mix(list=1+x,proportions=a:0.3+b:0.7,with=k(keep=0.5))")
    #expect(NamedChoice(name: "a").json == "a" && choice.isMix && !NamedChoice(name: "mixer").isMix)
    var generator = RandomSweep(seed: 5)
    for _ in 0..<200 {
      let choice = generator.choice()
      #expect(try NamedChoice(json: choice.json, place: "c") == choice)
    }
  }
}
