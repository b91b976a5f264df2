import Core

/// Minimises a smooth function by the limited-memory method of Broyden, Fletcher, Goldfarb and Shanno (Liu and Nocedal 1989)
/// with a line search that ends at a point of the weak conditions of Wolfe (Lewis and Overton 2013).
struct LimitedMemoryBFGS {
  /// It has arrived when no component of the gradient is larger.
  let tolerance: Double
  let iterations: Int

  /// Steps whose curvature is remembered.
  private static let memory = 10
  private static let trials = 40
  /// Single-precision sums know a value no better than this; a step that seems to go up by less has not.
  private static let noise = 2e-7

  /// What a function is at a point.
  struct Value {
    var value: Double
    var gradient: [Double]
  }

  /// Where it ended.
  struct Result {
    let point: [Double]
    let value: Double
    /// The largest magnitude of a component of the gradient.
    let gradient: Double
    let iterations: Int
  }

  /// Starts from `start`. `function` is pure but for what it may throw.
  ///
  /// - Parameter proceed: called after each iteration with the largest component of the gradient.
  func minimise(
    from start: [Double], _ function: ([Double]) throws -> Value, proceed: (Double) throws -> Void
  ) throws -> Result {
    var (point, current) = (start, try function(start))
    var history: [Curvature] = []
    var iteration = 0
    var largest = Self.largest(current.gradient)
    while largest > tolerance, iteration < iterations {
      let direction = Self.direction(current.gradient, history)
      let first = history.isEmpty ? 1 / max(Self.dot(current.gradient, current.gradient).squareRoot(), 1) : 1
      guard let next = try search(from: point, current, direction, first: first, function) else { break }
      let step = zip(next.point, point).map { $0 - $1 }
      let change = zip(next.value.gradient, current.gradient).map { $0 - $1 }
      if let curvature = Curvature(step: step, change: change) {
        history = history.suffix(Self.memory - 1) + [curvature]
      }
      (point, current) = (next.point, next.value)
      largest = Self.largest(current.gradient)
      iteration += 1
      try proceed(largest)
    }
    return Result(point: point, value: current.value, gradient: largest, iterations: iteration)
  }

  /// A point along `direction` that is lower and where the slope is flatter; nil when rounding hides every such point.
  private func search(
    from point: [Double], _ start: Value, _ direction: [Double], first: Double,
    _ function: ([Double]) throws -> Value
  ) throws -> (point: [Double], value: Value)? {
    let slope = Self.dot(start.gradient, direction)
    let slack = Self.noise * max(abs(start.value), 1e-3)
    var (low, high, length) = (0.0, Double.infinity, first)
    for _ in 0..<Self.trials {
      let candidate = zip(point, direction).map { $0 + length * $1 }
      let value = try function(candidate)
      if !(value.value <= start.value + 1e-4 * length * slope + slack) {
        high = length
      } else if Self.dot(value.gradient, direction) < 0.9 * slope {
        low = length
      } else {
        return (candidate, value)
      }
      length = high.isFinite ? (low + high) / 2 : 2 * low
    }
    return nil
  }

  /// What one step has shown of the curvature.
  private struct Curvature {
    let step: [Double]
    let change: [Double]
    let inverse: Double

    /// nil when the function curved downwards, which only rounding can make it.
    init?(step: [Double], change: [Double]) {
      let product = dot(step, change)
      guard product > 0, product.isFinite else { return nil }
      (self.step, self.change, inverse) = (step, change, 1 / product)
    }
  }

  /// Down the gradient, corrected by what is known of the curvature (the two loops of Nocedal 1980).
  private static func direction(_ gradient: [Double], _ history: [Curvature]) -> [Double] {
    var direction = gradient.map { -$0 }
    guard let last = history.last else { return direction }
    var factors: [Double] = []
    for curvature in history.reversed() {
      let factor = curvature.inverse * dot(curvature.step, direction)
      factors.append(factor)
      add(-factor, curvature.change, to: &direction)
    }
    let scale = 1 / (last.inverse * dot(last.change, last.change))
    for index in direction.indices { direction[index] *= scale }
    for (curvature, factor) in zip(history, factors.reversed()) {
      add(factor - curvature.inverse * dot(curvature.change, direction), curvature.step, to: &direction)
    }
    return direction
  }

  private static func largest(_ values: [Double]) -> Double { values.reduce(0) { max($0, abs($1)) } }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for index in a.indices { sum += a[index] * b[index] }
    return sum
  }

  private static func add(_ factor: Double, _ values: [Double], to sum: inout [Double]) {
    for index in sum.indices { sum[index] += factor * values[index] }
  }
}
