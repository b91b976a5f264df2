import Economics
import Sweeps
import Testing

@Suite("A sweep's rounds") struct SweepRoundsTests {
  private func sweep(_ strategies: [String], seeds: [Int] = [0, 1]) -> Sweep {
    Sweep(
      strategies: strategies.map { StrategyChoice(name: $0) }, shifts: ["expert", "field", "web"], budgets: [Money(8)],
      seeds: seeds)
  }

  @Test("further seeds are the smallest that the sweep does not have, after its own")
  func seeds() {
    #expect(sweep(["random"], seeds: [7, 1]).withSeeds(5).seeds == [7, 1, 0, 2, 3])
    #expect(sweep(["random"], seeds: [0, 1]).withSeeds(4).seeds == [0, 1, 2, 3])
    #expect(sweep(["random"], seeds: [4, 5, 6]).withSeeds(2).seeds == [4, 5, 6])
  }

  @Test("only what is kept is left, in the sweep's order")
  func restricted() {
    let left = sweep(["herding", "random", "margin", "el2n"])
      .restricted(
        strategies: [StrategyChoice(name: "margin"), StrategyChoice(name: "random")], shifts: ["web", "expert"])
    #expect(left.strategies.map(\.name) == ["random", "margin"])
    #expect(left.shifts == ["expert", "web"])
  }

  @Test("pools stay while a mix is left, because it may buy from all of them")
  func mixes() {
    let all = sweep(["random", "margin", "mix"])
    let mixed = all.restricted(strategies: [StrategyChoice(name: "mix")], shifts: ["mix"])
    #expect(mixed.shifts == all.shifts && mixed.strategies.map(\.name) == ["mix"])
    #expect(all.restricted(strategies: [StrategyChoice(name: "margin")], shifts: ["web"]).shifts == ["web"])
  }

  @Test("nothing is left out where sizes follow the strategy that can afford the fewest")
  func equalItems() {
    var all = sweep(["random", "margin"])
    all.sizing = [.equalCost, .equalItems]
    #expect(all.restricted(strategies: [StrategyChoice(name: "margin")], shifts: ["web"]) == all)
  }

  @Test("a further budget comes after the sweep's own, once")
  func budgets() {
    let more = sweep(["random"]).withBudget(Money(3))
    #expect(more.budgets == [Money(8), Money(3)])
    #expect(more.withBudget(Money(3)) == more)
  }

  @Test("a sweep has the points that it lists and no others")
  func membership() {
    let all = sweep(["random", "margin", "mix"])
    let part = all.restricted(strategies: [StrategyChoice(name: "random")], shifts: ["web"]).withSeeds(3)
    #expect(all.points.allSatisfy(all.hasPoint) && part.points.allSatisfy(part.hasPoint))
    #expect(all.points.filter(part.hasPoint).map(\.label) == part.points.filter(all.hasPoint).map(\.label))
    #expect(part.points.count { !all.hasPoint($0) } == 1)
    let other = all.withBudget(Money(3))
    #expect(other.points.count { !all.hasPoint($0) } == all.points.count)
    #expect(
      !all.hasPoint(TrialPoint(strategy: StrategyChoice(name: "random"), shift: "mix", budget: Money(8), seed: 0)))
  }
}
