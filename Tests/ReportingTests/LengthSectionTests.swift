import Core
import Economics
import Reporting
import Sweeps
import Testing

@Suite("Training length")
struct LengthSectionTests {
  @Test("is a table of what comes first by length, with how far the orders agree")
  func table() throws {
    var synthetic = SyntheticSweep()
    synthetic.sweep.strategies = ["random", "herding", "k-center"].map { StrategyChoice(name: $0) }
    synthetic.sweep.shifts = ["expert", "synthetic-text"]
    #expect(try PageChecks.page(synthetic.input).element(id: "lengths") == nil)
    synthetic.sweep.trainingLength = [.equalSteps, .equalEpochs]
    let page = try PageChecks.page(synthetic.input, inAll: true)
    let table = try #require(page.table("What comes first by training length"))
    #expect(table.rows.count == 2 && table.rows[0].cells[3] == "–" && table.rows[1].cells[4] == "6")
    #expect(Double(table.rows[1].cells[3]).map { (-1...1).contains($0) } == true)
    #expect(page.element(id: "lengths")?.text.contains("training length") == true)
  }

  @Test("takes numbers of steps and passes in ascending order, each a setting of its own")
  func numbers() throws {
    var synthetic = SyntheticSweep()
    synthetic.sweep.strategies = ["random", "herding", "k-center"].map { StrategyChoice(name: $0) }
    synthetic.sweep.shifts = ["expert", "synthetic-text"]
    synthetic.sweep.trainingLength = [.epochs(5), .steps(1600), .steps(200)]
    let page = try PageChecks.page(synthetic.input, inAll: true)
    let table = try #require(page.table("What comes first by training length"))
    let titles = table.rows.map(\.header)
    #expect(
      titles.count == 3 && titles[0].hasSuffix("200 steps") && titles[1].hasSuffix("1,600 steps")
        && titles[2].hasSuffix("5 epochs"))
    #expect(page.element(id: "method")?.text.contains("200, 1,600") == true)
    let text = try #require(page.element(id: "lengths")).text
    let isChanging = Set(table.rows.map { $0.cells[0] }).count > 1
    let isDecided = table.rows.contains { $0.cells[2].contains("clear") }
    #expect(text.contains("may be chance") == (isChanging && !isDecided))
    #expect(text.contains("However long is trained") == !isChanging)
  }
}
