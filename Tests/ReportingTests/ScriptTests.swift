import Core
import Economics
import Foundation
import Reporting
import Results
import Sweeps
import Testing

/// A JavaScript engine of this machine.
private enum Engine {
  static let path: String? = ["/usr/bin/node", "/usr/bin/nodejs", "/usr/local/bin/node"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// What a program prints.
  static func run(_ program: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path!)
    process.arguments = ["-"]
    let (input, output) = (Pipe(), Pipe())
    (process.standardInput, process.standardOutput) = (input, output)
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(program.utf8))
    try input.fileHandleForWriting.close()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return text
  }
}

@Suite("The page's script")
struct ScriptTests {
  private static let synthetic: ReportInput = {
    var synthetic = SyntheticSweep()
    synthetic.sweep.strategies = ["random", "herding", "margin", "oracle-clean"].map { StrategyChoice(name: $0) }
    synthetic.sweep.shifts = ["expert", "synthetic-text"]
    synthetic.sweep.budgets = [Money(25), Money(50)]
    return synthetic.input
  }()

  /// The data and the script of a page.
  private func script(_ input: ReportInput) throws -> (data: JSONValue, text: String) {
    let page = HTMLReport.render(input)
    let start = try #require(page.firstRange(of: "/*<![CDATA[*/"))
    let end = try #require(page.firstRange(of: "/*]]>*/"))
    let text = String(page[start.upperBound..<end.lowerBound])
    let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("const data = ") })
    return (try JSONValue.parse(Array(line.dropFirst(13).dropLast().utf8), source: "the page"), text)
  }

  private func weights(_ data: JSONValue, _ count: Int) throws -> [[Double]] {
    var chance = SeededGenerator(seed: 7, purpose: "weights")
    let metrics = try #require(data["metrics"]?.elements).count
    let alone = (0..<metrics).map { metric in (0..<metrics).map { $0 == metric ? 1.0 : 0 } }
    return alone + (0..<count).map { _ in (0..<metrics).map { _ in (chance.uniform() * 20).rounded() } }
  }

  @Test("holds what the page's own answer is made from")
  func data() throws {
    let (data, _) = try script(Self.synthetic)
    let verdict = try #require(Verdict.all(of: Self.synthetic).first { $0.budget == Money(50) })
    let first = try #require(data["answer"]?["first"]?.int)
    #expect(data["answer"]?["score"]?.double == verdict.recommended.score)
    let options = try #require(data["options"]?.elements)
    #expect(options.count == verdict.standings.count, "no oracle among them")
    let name = try #require(options[Int(first)]["name"]?.text)
    #expect(name == "\(verdict.recommended.option.strategy.label) on \(verdict.recommended.option.shift)")
    #expect(data["metrics"]?.elements?.first?["name"]?.text == "deployment")
    #expect(options.allSatisfy { $0["levels"]?.elements?.count == 2 })
  }

  @Test("computes what the program computes, for any weights", .enabled(if: Engine.path != nil))
  func anyWeights() throws {
    let (data, text) = try script(Self.synthetic)
    let tried = try weights(data, 3)
    let names = try #require(data["metrics"]?.elements).compactMap { $0["name"]?.text }
    let options = try #require(data["options"]?.elements).compactMap { $0["name"]?.text }
    let asked = JSONValue.array(tried.map { .array($0.map { .number($0) }) }).canonicalText
    let printed = try Engine.run(
      "const document = { querySelectorAll: () => [], getElementById: () => null };" + text
        + "\nconsole.log(JSON.stringify(\(asked).map((w) => answer(data, w, data.items.map(() => 1)))));")
    let answers = try #require(try JSONValue.parse(Array(printed.utf8), source: "node").elements)
    for (weights, answer) in zip(tried, answers) {
      let stated = Dictionary(uniqueKeysWithValues: zip(names, weights))
      let verdict = try #require(Verdict.all(of: Self.synthetic.weighted(stated)).first { $0.budget == Money(50) })
      func name(_ standing: Verdict.Standing) -> String {
        "\(standing.option.strategy.label) on \(standing.option.shift)"
      }
      let order = try #require(answer["order"]?.elements).compactMap { $0.int.map { options[Int($0)] } }
      #expect(order == verdict.standings.map(name), "\(weights)")
      #expect(abs((answer["score"]?.double ?? .nan) - verdict.recommended.score) < 1e-9)
      #expect(abs((answer["lead"]?.double ?? .nan) - verdict.margin!.difference) < 1e-9)
      let interval = try #require(answer["interval"]?.elements).compactMap(\.double)
      #expect(abs(interval[0] - verdict.margin!.interval!.lowerBound) < 1e-9)
      #expect(abs(interval[1] - verdict.margin!.interval!.upperBound) < 1e-9)
    }
  }

  @Test("turns at the prices where the program says the answer turns", .enabled(if: Engine.path != nil))
  func prices() throws {
    let rows = [25.0, 50, 100].enumerated().flatMap { step, budget in
      [
        Measured.Row("random", budget: budget, ["accuracy": [0.5 + 0.1 * Double(step)]]),
        Measured.Row(
          "margin", budget: budget, ["accuracy": [0.55 + 0.1 * Double(step)]],
          spending: [.acquire: budget / 2, .score: budget / 2]),
      ]
    }
    let input = Measured(rows: rows).input
    let (data, text) = try script(input)
    let verdict = try #require(Verdict.all(of: input).last)
    let ratio = try #require(verdict.priceChanges?.first { $0.item == .score }).ratio
    let items = try #require(data["items"]?.elements).compactMap(\.text)
    let place = try #require(items.firstIndex(of: "score"))
    let printed = try Engine.run(
      "const document = { querySelectorAll: () => [], getElementById: () => null };" + text
        + """

        const found = [\(ratio * 0.999), \(ratio * 1.001)].map((x) =>
          data.options[answer(data, data.metrics.map((m) => m.weight), data.items.map((_, i) => i === \(place) ? x : 1)).first].name);
        console.log(found.join("; "));
        """)
    #expect(printed == "margin on expert; random on expert\n")
  }
}
