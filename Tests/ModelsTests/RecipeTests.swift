import Models
import Testing

@Suite struct RecipeTests {
  @Test func cosineFallsFromTheFullRateTowardsZero() {
    let recipe = Recipe(steps: 4, learningRate: 0.1)
    let rates = (0..<4).map { recipe.learningRate(at: $0) }
    let expected: [Float] = [0.1, 0.0853553, 0.05, 0.0146447]
    #expect(zip(rates, expected).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func warmsUpLinearlyToTheFullRate() {
    var recipe = Recipe(steps: 10, learningRate: 0.4)
    recipe.warmupSteps = 4
    let rates = (0..<6).map { recipe.learningRate(at: $0) }
    let expected: [Float] = [0.1, 0.2, 0.3, 0.4, 0.4, 0.4 * 0.9330127]
    #expect(zip(rates, expected).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func warmUpMayFillTheWholeTraining() {
    var recipe = Recipe(steps: 3, learningRate: 0.3)
    recipe.warmupSteps = 3
    #expect((0..<3).map { recipe.learningRate(at: $0) } == [0.1, 0.2, 0.3])
  }

  @Test func neverRisesAfterTheWarmUp() {
    var recipe = Recipe(steps: 200, learningRate: 1)
    recipe.warmupSteps = 20
    let rates = (19..<200).map { recipe.learningRate(at: $0) }
    #expect(zip(rates, rates.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(rates.allSatisfy { $0 > 0 })
  }
}
