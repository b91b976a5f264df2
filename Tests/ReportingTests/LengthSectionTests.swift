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
}
