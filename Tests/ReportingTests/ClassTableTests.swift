import Core
import Economics
import Reporting
import Results
import Sweeps
import Testing

@Suite("Classes, a thousand of them") struct ClassTableTests {
  /// Class n is known with an accuracy of n in a thousand; its other images are taken for class 0.
  private static func input(classes: Int = 1_000) -> ReportInput {
    let input = Measured(rows: [Measured.Row("random", ["accuracy": [0.5, 0.6]])]).input
    let results = input.results.map { result in
      result.with { values in
        values.perClass = ["accuracy": (0..<classes).map { Double($0) / Double(classes) }]
        values.confusion = ConfusionCounts(
          classes: classes,
          entries: (0..<classes).flatMap { label in
            [
              ConfusionCounts.Entry(label: label, prediction: label, count: label),
              ConfusionCounts.Entry(label: label, prediction: label == 0 ? 1 : 0, count: classes - label),
            ]
          })
      }
    }
    let names = (0..<classes).map { "kind \($0 % 7) number \($0)" }
    return input.with(results: results, poolFacts: ["expert": PartFacts(count: 1, classNames: names)])
  }

  private static var table: ClassTable { ClassTable(input().results, of: input()) }

  @Test("the worst come first, or the best, or by name") func order() {
    #expect(Self.table.rows(.worst).prefix(3).map(\.number) == [0, 1, 2])
    #expect(Self.table.rows(.best).prefix(3).map(\.number) == [999, 998, 997])
    let named = Self.table.rows(.name).map(\.name)
    #expect(named.count == 1_000 && named == named.sorted())
  }

  @Test("a search finds names whatever their case") func search() {
    #expect(Self.table.rows(.worst, search: "NUMBER 99").map(\.number) == [99] + Array(990...999))
    #expect(Self.table.rows(.worst, search: "terrier").isEmpty)
  }

  @Test("a row says how many images there were and what they are taken for") func row() {
    let row = Self.table.rows[10]
    #expect(row.images == 2_000 && row.takenFor?.name == "kind 0 number 0" && row.takenFor?.count == 1_980)
    #expect(abs((row.accuracy ?? 0) - 0.01) < 1e-12)
    let csv = ClassTable.csv([row]).split(separator: "\n")
    #expect(csv[1] == "10,kind 3 number 10,0.01,,2000,kind 0 number 0,1980")
  }

  @Test("a page of a thousand classes has the hardest, the easiest, and all by name") func page() throws {
    let page = try PageChecks.page(Self.input())
    let tables = page.tables.filter { $0.columns.first == "Class" }
    #expect(tables.map(\.rows.count) == [50, 50, 1_000])
    #expect(tables[0].rows[0].header.contains("number 0") && tables[1].rows[0].header.contains("number 999"))
    let few = try PageChecks.page(Self.input(classes: 50))
    #expect(few.tables.filter { $0.columns.first == "Class" }.map(\.rows.count) == [50])
  }
}
