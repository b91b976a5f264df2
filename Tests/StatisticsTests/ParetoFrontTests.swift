import Statistics
import Testing

@Suite struct ParetoFrontTests {
  private func objective(_ name: String, higher: Bool, tolerance: Double = 0, _ values: [[Double]]) -> ParetoObjective {
    ParetoObjective(name: name, isHigherBetter: higher, tolerance: tolerance, values: values)
  }

  @Test func clearCasesAreDecided() {
    // Costs 1, 2, 2; utilities .5, .9, .7: the third is dominated by the second.
    let front = ParetoFront(
      objectives: [
        objective("cost", higher: false, [[1, 1, 1], [2, 2, 2], [2, 2, 2]]),
        objective("accuracy", higher: true, [[0.5, 0.51, 0.49], [0.9, 0.91, 0.9], [0.7, 0.7, 0.72]]),
      ], resamples: PairedResamples(strata: [0, 0, 0], replicates: 300, seed: 0))
    #expect(front.members.map(\.state) == [.onFront, .onFront, .dominated])
    #expect(front.members.map(\.probability) == [1, 1, 0])
  }

  @Test func overlappingSubjectsAreAmbiguous() {
    let front = ParetoFront(
      objectives: [
        objective("cost", higher: false, [[1, 1, 1, 1], [1, 1, 1, 1]]),
        objective("accuracy", higher: true, [[0.5, 0.6, 0.4, 0.55], [0.6, 0.5, 0.5, 0.4]]),
      ], resamples: PairedResamples(strata: [0, 0, 0, 0], replicates: 1_000, seed: 0))
    #expect(front.members.map(\.state) == [.ambiguous, .ambiguous])
    #expect(front.members.map(\.isOnEstimatedFront) == [true, false])
  }

  @Test func differencesWithinTheToleranceDoNotMakeAPlaceOnTheFront() {
    let utility = objective("accuracy", higher: true, [[0.9, 0.9], [0.5, 0.5]])
    let resamples = PairedResamples(strata: [0, 0], replicates: 10, seed: 0)
    let cents = [[50.0, 50], [49.99, 49.99]]
    let strict = ParetoFront(objectives: [objective("cost", higher: false, cents), utility], resamples: resamples)
    #expect(strict.members.map(\.state) == [.onFront, .onFront])
    let tolerant = ParetoFront(
      objectives: [objective("cost", higher: false, tolerance: 0.5, cents), utility], resamples: resamples)
    #expect(tolerant.members.map(\.state) == [.onFront, .dominated])
  }

  @Test func equalSubjectsDoNotDominateEachOther() {
    let front = ParetoFront(
      objectives: [objective("accuracy", higher: true, [[1], [1]])],
      resamples: PairedResamples(strata: [0], replicates: 10, seed: 0))
    #expect(front.members.map(\.state) == [.onFront, .onFront])
  }
}
