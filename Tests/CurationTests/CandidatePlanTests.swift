import Core
import Curation
import Economics
import Sweeps
import Testing

@Suite struct CandidatePlanTests {
  /// One random question of money, small enough to try every answer.
  private struct Question {
    let offer: Offer
    let look: Money
    let buy: Money
    let experts: Money?
    let budget: Money
    let poolSize: Int

    init(_ generator: inout SeededGenerator) {
      func price() -> Money {
        Money(millionths: generator.integer(below: 5) == 0 ? 0 : Int64(generator.integer(below: 40)))
      }
      let keeps = [1, 0.5, 0.25, 0.3, 0.7, 0.01, generator.uniform()]
      (look, buy) = (price(), price())
      let keep = Share(keeps[generator.integer(below: keeps.count)])
      let isFilter = generator.integer(below: 4) == 0
      experts = generator.integer(below: 3) == 0 ? price() : nil
      offer = Offer(
        look: look, buy: buy, keep: keep, isFilter: isFilter,
        experts: experts.map { ($0, Share(generator.uniform())) })
      budget = Money(millionths: Int64(generator.integer(below: 3_000)))
      poolSize = generator.integer(below: 120)
    }

    func cost(looking candidates: Int, buying purchases: Int) -> Money {
      let labels = experts.map { $0 * offer.experts!.floor(of: candidates) } ?? .zero
      return look * candidates + buy * purchases + labels
    }
  }

  private func forEachQuestion(_ check: (Question) throws -> Void) rethrows {
    var generator = SeededGenerator(seed: 11, purpose: "candidate plans")
    for _ in 0..<4_000 { try check(Question(&generator)) }
  }

  @Test func costsNoMoreThanTheBudgetAndBuysNoMoreThanItLooksAt() {
    forEachQuestion { question in
      let plan = CandidatePlan(offer: question.offer, budget: question.budget, poolSize: question.poolSize)
      #expect(question.cost(looking: plan.candidates, buying: plan.purchases) <= question.budget)
      #expect(plan.purchases >= 0 && plan.purchases <= plan.candidates && plan.candidates <= question.poolSize)
    }
  }

  @Test func looksAtTheLargestNumberWhoseShareCanBeBought() {
    forEachQuestion { question in
      let plan = CandidatePlan(offer: question.offer, budget: question.budget, poolSize: question.poolSize)
      let affordable = (0...question.poolSize).filter {
        question.cost(looking: $0, buying: question.offer.keep.floor(of: $0)) <= question.budget
      }
      #expect(plan.candidates == affordable.last)
    }
  }

  @Test func buysItsShareOrAllThatIsLeftForWhenTheWholePoolWasLookedAt() {
    forEachQuestion { question in
      let plan = CandidatePlan(offer: question.offer, budget: question.budget, poolSize: question.poolSize)
      let affordable = (0...plan.candidates).last {
        question.cost(looking: plan.candidates, buying: $0) <= question.budget
      }
      let share = question.offer.keep.floor(of: plan.candidates)
      #expect(plan.purchases == (plan.candidates == question.poolSize ? affordable : share))
    }
  }

  @Test func neverBuysLessWithMoreMoney() {
    forEachQuestion { question in
      let poor = CandidatePlan(offer: question.offer, budget: question.budget, poolSize: question.poolSize)
      for extra in [1, 7, 100] {
        let budget = question.budget + Money(millionths: Int64(extra))
        let rich = CandidatePlan(offer: question.offer, budget: budget, poolSize: question.poolSize)
        #expect(rich.candidates >= poor.candidates && rich.purchases >= poor.purchases)
      }
    }
  }

  @Test func theLeastBudgetBuysSomethingAndAMillionthLessDoesNot() {
    forEachQuestion { question in
      guard question.poolSize > 0 else { return }
      let least = question.offer.leastBudget(poolSize: question.poolSize)
      func purchases(_ budget: Money) -> Int {
        CandidatePlan(offer: question.offer, budget: budget, poolSize: question.poolSize).purchases
      }
      #expect(purchases(least) >= 1)
      if least > .zero { #expect(purchases(least - Money(millionths: 1)) == 0) }
    }
  }

  @Test func buysEverythingWhereEverythingIsFree() {
    let free = Offer(look: .zero, buy: .zero, keep: Share(0.5))
    let plan = CandidatePlan(offer: free, budget: .zero, poolSize: 1_000)
    #expect(plan.candidates == 1_000 && plan.purchases == 1_000)
  }

  @Test func standsPricesAndBudgetsAtTheEndOfTheirRange() {
    let dear = Offer(look: Money(1e11), buy: Money(1e11), keep: Share(1e-6))
    let plan = CandidatePlan(offer: dear, budget: Money(9e12), poolSize: .max / 2_000_000)
    #expect(plan.candidates == 90 && plan.purchases == 0)
    #expect(dear.leastBudget(poolSize: 1_000_000_000) == Money(millionths: .max))
  }

  @Test func equalItemsAllRivalsBuyTheSameNumberTheLargestThatEachCanAfford() {
    var generator = SeededGenerator(seed: 12, purpose: "rivals")
    for _ in 0..<1_000 {
      let first = Question(&generator)
      let offers = [first] + (0..<3).map { _ in Question(&generator) }
      let alone = offers.map {
        CandidatePlan(offer: $0.offer, budget: first.budget, poolSize: first.poolSize).purchases
      }
      for question in offers {
        let power = PurchasingPower(budget: first.budget, offer: question.offer, rivals: offers.map(\.offer))
        let plan = power.plan(poolSize: first.poolSize)
        #expect(plan.purchases == alone.min())
        #expect(question.cost(looking: plan.candidates, buying: plan.purchases) <= first.budget)
        #expect(plan.candidates >= plan.purchases && plan.candidates <= first.poolSize)
      }
    }
  }

  @Test func equalItemsLooksAtAsManyAsKeepTheShareAndAFilterAtAllItCanAfford() {
    let rival = Offer(look: Money(1), buy: Money(1), keep: .all)
    func plan(_ offer: Offer) -> CandidatePlan {
      PurchasingPower(budget: Money(20), offer: offer, rivals: [offer, rival]).plan(poolSize: 1_000)
    }
    let half = plan(Offer(look: Money(0.1), buy: Money(0.1), keep: Share(0.5)))
    #expect(half.candidates == 20 && half.purchases == 10)
    let filter = plan(Offer(look: Money(0.1), buy: Money(0.1), keep: Share(0.5), isFilter: true))
    #expect(filter.candidates == 190 && filter.purchases == 10)
  }

  @Test func purchasingPowerSurvivesItsJSONWhateverTheOrderOfTheRivals() throws {
    var generator = SeededGenerator(seed: 13, purpose: "power")
    for _ in 0..<200 {
      let question = Question(&generator)
      let rivals = (0..<3).map { _ in Question(&generator).offer }
      let power = PurchasingPower(budget: question.budget, offer: question.offer, rivals: rivals)
      #expect(try PurchasingPower(json: power.json, place: "test") == power)
      let reversed = PurchasingPower(budget: question.budget, offer: question.offer, rivals: rivals.reversed())
      #expect(reversed.json.canonical == power.json.canonical)
    }
  }

  @Test func aShareOfAWholeNumberIsExact() {
    #expect(Share(0.29).floor(of: 100) == 29)
    #expect(Share(0.5).whole(for: 3) == 6)
    #expect(Share(0.3).whole(for: 1) == 4)
    #expect(Share.all.floor(of: 12_345) == 12_345)
  }
}
