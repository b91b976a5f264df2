import Core

/// Stochastic gradient descent: which optimiser, which rate when, and what is done to samples and labels before each step.
package struct Recipe: Hashable, Sendable {
  package enum Optimiser: Hashable, Sendable {
    /// With momentum.
    case sgd
    /// With Nesterov's momentum.
    case nesterov
    /// Adam with decoupled weight decay; takes no notice of ``Recipe/momentum``.
    case adamW
  }

  /// The learning rate after the warm-up.
  package enum Schedule: Hashable, Sendable {
    /// Half a cosine down to 0.
    case cosine
    case constant
    /// Times `factor` at each of these shares of all steps.
    case steps(at: [Double], factor: Float)
  }

  package var batch = 128
  package var steps: Int
  package var learningRate: Float
  package var optimiser = Optimiser.sgd
  package var momentum: Float = 0.9
  /// Added to the gradient of every parameter, biases too, as PyTorch does; AdamW shrinks the parameters instead.
  package var weightDecay: Float = 0
  package var schedule = Schedule.cosine
  package var warmupSteps = 0
  /// The share of each target that is spread evenly over all classes, in 0...1.
  package var labelSmoothing: Float = 0
  /// d of the running mean of the parameters that training ends with: after each step d · mean + (1 − d) · parameters, from the
  /// initial ones (Polyak and Juditsky 1992). 0 ends with the parameters themselves.
  package var averaging: Float = 0
  /// What is done to images before each step.
  package var augmentation = Augmentation()

  package init(steps: Int, learningRate: Float) {
    self.steps = steps
    self.learningRate = learningRate
  }

  /// The learning rate of a step, from 0: (step + 1) / warmupSteps of the full rate while warming up, then what the schedule
  /// says: ½ (1 + cos π t) of it for the cosine, where t runs from 0 at the first step after the warm-up towards 1 at the end.
  package func learningRate(at step: Int) -> Float {
    guard step >= warmupSteps else { return learningRate * Float(step + 1) / Float(warmupSteps) }
    switch schedule {
    case .cosine:
      let progress = Double(step - warmupSteps) / Double(max(steps - warmupSteps, 1))
      return learningRate * Float(0.5 * (1 + PortableMath.cos(.pi * min(progress, 1))))
    case .constant: return learningRate
    case .steps(let shares, let factor):
      let passed = shares.count { Double(step) >= $0 * Double(steps) }
      return (0..<passed).reduce(learningRate) { rate, _ in rate * factor }
    }
  }
}
