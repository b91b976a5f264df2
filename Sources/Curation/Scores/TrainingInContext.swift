import Core
import Models

extension Trainer {
  /// Trains on `set`; every step proceeds in `context`.
  func train(
    on set: TrainingSet, in context: TaskContext, afterEpoch: (Int, Network) -> Void = { _, _ in }
  ) throws -> Network {
    var step = 0
    return try train(
      on: set,
      shouldContinue: {
        defer { step += 1 }
        return (try? context.proceed(step, of: recipe.steps)) != nil
      }, afterEpoch: afterEpoch)
  }
}
