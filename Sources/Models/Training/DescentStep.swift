import Numerics

/// How one step changes parameters, given their gradient.
enum DescentStep: Hashable, Sendable {
  /// SGD with momentum; the kernels that compute gradients do it on the way.
  case momentum(MomentumStep)
  /// SGD with Nesterov's momentum, as PyTorch has it.
  case nesterov(MomentumStep)
  case adamW(AdamWStep)

  /// What the kernels do on the way: nothing but leave the gradient as the velocity, for all but plain momentum.
  var fused: MomentumStep {
    guard case .momentum(let step) = self else { return MomentumStep(rate: 0, momentum: 1, decay: 0) }
    return step
  }
}

/// Adam with decoupled weight decay (Loshchilov and Hutter 2019), with PyTorch's β₁ = 0.9, β₂ = 0.999 and ε = 10⁻⁸.
struct AdamWStep: Hashable, Sendable {
  static let (firstDecay, secondDecay, epsilon): (Float, Float, Float) = (0.9, 0.999, 1e-8)

  let rate: Float
  let decay: Float
  /// 1 − β₁ᵗ and 1 − β₂ᵗ for the step t, from 1.
  let corrections: (first: Float, second: Float)

  static func == (left: AdamWStep, right: AdamWStep) -> Bool {
    (left.rate, left.decay) == (right.rate, right.decay) && left.corrections == right.corrections
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(rate)
    hasher.combine(decay)
  }
}

/// What an optimiser remembers of an array of parameters between steps, beside the velocity of plain momentum.
struct ParameterMemory: Sendable {
  private var first: [Float] = []
  private var second: [Float] = []

  /// Changes `weights`; the gradient is 0 afterwards. Plain momentum has done its work already.
  mutating func apply(_ step: DescentStep, weights: inout [Float], gradient: inout [Float]) {
    switch step {
    case .momentum: return
    case .nesterov(let step): nesterov(step, &weights, gradient)
    case .adamW(let step): adamW(step, &weights, gradient)
    }
    for index in gradient.indices { gradient[index] = 0 }
  }

  /// g += decay · w; v = momentum · v + g; w −= rate · (g + momentum · v).
  private mutating func nesterov(_ step: MomentumStep, _ weights: inout [Float], _ gradient: [Float]) {
    if first.isEmpty { first = [Float](repeating: 0, count: weights.count) }
    for index in weights.indices {
      let slope = gradient[index] + step.decay * weights[index]
      first[index] = step.momentum * first[index] + slope
      weights[index] -= step.rate * (slope + step.momentum * first[index])
    }
  }

  /// w −= rate · decay · w; m and s are running means of g and g²; w −= rate · m̂ / (√ŝ + ε).
  private mutating func adamW(_ step: AdamWStep, _ weights: inout [Float], _ gradient: [Float]) {
    if first.isEmpty {
      first = [Float](repeating: 0, count: weights.count)
      second = first
    }
    let (b1, b2) = (AdamWStep.firstDecay, AdamWStep.secondDecay)
    for index in weights.indices {
      let slope = gradient[index]
      first[index] = b1 * first[index] + (1 - b1) * slope
      second[index] = b2 * second[index] + (1 - b2) * slope * slope
      let deviation = (second[index] / step.corrections.second).squareRoot() + AdamWStep.epsilon
      let kept = weights[index] - step.rate * step.decay * weights[index]
      weights[index] = kept - step.rate * (first[index] / step.corrections.first) / deviation
    }
  }
}
