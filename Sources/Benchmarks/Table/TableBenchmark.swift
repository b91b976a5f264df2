import ArgumentParser
import Foundation
import Numerics

/// The table of what people wait for, each line as a share of what the machine does in the same run.
struct TableBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Benchmarks table",
    abstract: "Print rates of training, fitting and choosing, and what share of the machine's limit they are.",
    discussion: """
      EXAMPLES
        swift run -c release Benchmarks table --quick
        swift run -c release Benchmarks table --filter resnet --peers
        swift run -c release Benchmarks table --json > figures.jsonl

      One thread, processor time, medians. The limit is measured before and after every repetition. With --peers the same \
      work is done by the strongest library in Python that is installed, in turn, line by line (WINNOW_TEST_PYTHON names the \
      interpreter); what is not installed is passed over with a word.
      """)

  @Option(help: ArgumentHelp("Only lines whose name contains this.", valueName: "name")) var filter: String?
  @Flag(help: "Less work and fewer repetitions: a minute in all.") var quick = false
  @Flag(help: "Let libraries in Python do the same work.") var peers = false
  @Flag(help: "One JSON object a line.") var json = false
  @Option(help: "How often each line is measured.") var repetitions: Int?

  func validate() throws {
    if let repetitions, !(1...1_000).contains(repetitions) {
      throw ValidationError("--repetitions is from 1 to 1000")
    }
  }

  static func run(arguments: [String]) throws {
    do {
      var command = try parseAsRoot(arguments)
      try command.run()
    } catch { exit(withError: error) }
  }

  func run() throws {
    BLAS.setThreads(1)
    let environment = NumericsEnvironment.current
    if !json {
      print("OpenBLAS kernel \(environment.core), one thread; medians of processor time")
      for warning in environment.warnings() { print("warning: \(warning)") }
    }
    let all = LearningLines.lines(quick: quick) + FittingLines.lines(quick: quick) + ChoosingLines.lines(quick: quick)
    let lines = all.filter { line in filter.map { line.name.localizedCaseInsensitiveContains($0) } ?? true }
    guard !lines.isEmpty else {
      throw ValidationError("no line is called so; there are \(all.map(\.name).joined(separator: ", "))")
    }
    for line in lines {
      say(try figure(of: line), bound: line.bound)
      guard peers else { continue }
      switch PeerFigures.measure(line.name, quick: quick) {
      case .figures(let figures): for figure in figures { say(figure, bound: nil) }
      case .none(let why): if !json { print("  no peer: \(why)") }
      }
    }
  }

  private func figure(of line: BenchmarkLine) throws -> BenchmarkFigure {
    var (rates, ratios, limits): ([Double], [Double], [Double]) = ([], [], [])
    for _ in 0..<(repetitions ?? (quick ? 3 : 5)) {
      let before = line.limit.rate()
      let done = try line.measure()
      let limit = (before + line.limit.rate()) / 2
      rates.append(done.count / done.seconds)
      limits.append(limit)
      ratios.append(done.count / done.seconds * line.work / limit)
    }
    return BenchmarkFigure(
      name: line.name, by: "winnow", unit: line.unit, rate: Measuring.median(rates), ratio: Measuring.median(ratios),
      limit: line.limit.rawValue, limitRate: Measuring.median(limits))
  }

  private func say(_ figure: BenchmarkFigure, bound: String?) {
    guard !json else {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      if let bytes = try? encoder.encode(figure) { print(String(decoding: bytes, as: UTF8.self)) }
      return
    }
    let name = (bound == nil ? "  \(figure.by)" : figure.name).padding(toLength: 26, withPad: " ", startingAt: 0)
    let rate = String(format: figure.rate < 10 ? "%10.3f" : "%10.0f", figure.rate)
    let share = figure.ratio.map {
      String(format: "%.2f", $0) + " of \(figure.limit)'s " + String(format: "%.1f G/s", figure.limitRate / 1e9)
    }
    let unit = "\(figure.unit)/s".padding(toLength: 12, withPad: " ", startingAt: 0)
    print("\(name)\(rate) \(unit)\(share ?? "")\(bound.map { "; \($0)" } ?? "")")
    fflush(nil)
  }
}
