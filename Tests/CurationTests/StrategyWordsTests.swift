import Core
import Curation
import Sweeps
import Testing

@Suite("What the table of strategies tells reports") struct StrategyWordsTests {
  private static func isJapanese(_ text: String) -> Bool {
    text.unicodeScalars.contains { (0x3040...0x30FF).contains($0.value) }
  }

  @Test("every row says in both languages what it does, and no two say the same", arguments: StrategyRegistry.listed)
  func words(_ row: StrategyDescription) {
    for words in [row.words, row.turn?.words].compactMap({ $0 }) {
      #expect(words.english.count > 8 && !Self.isJapanese(words.english) && !words.english.hasSuffix("."))
      #expect(Self.isJapanese(words.japanese) && !words.japanese.hasSuffix("。"))
    }
    let others = StrategyRegistry.listed.filter { $0.name != row.name }
    #expect(!others.contains { $0.words.english == row.words.english || $0.words.japanese == row.words.japanese })
  }

  @Test("what turns a row around is a value of an option, and not the usual one", arguments: StrategyRegistry.listed)
  func turns(_ row: StrategyDescription) throws {
    guard let turn = row.turn else { return }
    let option = try #require(row.options.first { $0.name == turn.option })
    #expect(option.words.contains(turn.value) && option.default != .string(turn.value))
  }

  @Test("each role has its rows") func roles() {
    func names(_ role: StrategyRole) -> [String] {
      StrategyRegistry.listed.filter { $0.roles.contains(role) }.map(\.name)
    }
    #expect(names(.baseline) == ["random"])
    #expect(names(.unachievable) == ["oracle-clean"])
    #expect(names(.knowsLabels) == ["oracle-clean"])
    #expect(names(.filtersLabels) == ["confident-filter"])
    #expect(names(.followsTarget) == ["target-nearest", "target-herding", "target-importance"])
    #expect(StrategyRegistry.catalogue.reference == StrategyChoice(name: "random"))
  }

  @Test("a strategy with options is not what everything is compared with, but keeps its other roles") func options() {
    let table = StrategyRegistry.catalogue
    #expect(!table.has(.baseline, StrategyChoice(name: "random", options: ["keep": 0.5])))
    #expect(table.has(.followsTarget, StrategyChoice(name: "target-nearest", options: ["keep": 0.5])))
    #expect(!table.has(.unachievable, StrategyChoice(name: "oracle-of-somebody")))
  }

  @Test("every mix that a sweep knows is a row") func mixes() {
    #expect(
      StrategyRegistry.listed.filter { StrategyChoice(name: $0.name).isMix }.map(\.name)
        == MixKind.allCases.map(\.rawValue))
    let even = StrategyChoice.evenMix(of: ["a", "b"])
    #expect(even.isMix && even.json == ["name": "mix", "proportions": ["a": 0.5, "b": 0.5]])
    #expect(even.spender == nil)
    #expect(StrategyChoice(name: "mix", options: ["with": "herding"]).spender == StrategyChoice(name: "herding"))
  }
}
