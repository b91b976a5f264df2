import Core

/// SGD with momentum, weight decay, label smoothing and a cosine schedule to 0 after a linear warm-up.
package struct Recipe: Hashable, Sendable {
  package var batch = 128
  package var steps: Int
  package var learningRate: Float
  package var momentum: Float = 0.9
  /// Added to the gradient of every parameter, biases too, as PyTorch does.
  package var weightDecay: Float = 0
  package var warmupSteps = 0
  /// The share of each target that is spread evenly over all classes, in 0...1.
  package var labelSmoothing: Float = 0
  /// What is done to images before each step.
  package var augmentation = Augmentation()

  package init(steps: Int, learningRate: Float) {
    self.steps = steps
    self.learningRate = learningRate
  }

  /// The learning rate of a step, from 0: (step + 1) / warmupSteps of the full rate while warming up, then
  /// ½ (1 + cos π t) of it, where t runs from 0 at the first step after the warm-up towards 1 at the end.
  package func learningRate(at step: Int) -> Float {
    guard step >= warmupSteps else { return learningRate * Float(step + 1) / Float(warmupSteps) }
    let progress = Double(step - warmupSteps) / Double(max(steps - warmupSteps, 1))
    return learningRate * Float(0.5 * (1 + PortableMath.cos(.pi * min(progress, 1))))
  }
}
