/// The shape of a network: fully connected layers with ReLU between them. No hidden layer means softmax regression.
package struct Architecture: Hashable, Sendable {
  package let inputs: Int
  package let hidden: [Int]
  package let classes: Int

  /// Every width must be at least 1, and there must be at least two classes; traps otherwise.
  package init(inputs: Int, hidden: [Int], classes: Int) {
    precondition(inputs > 0 && classes > 1 && hidden.allSatisfy { $0 > 0 }, "a layer needs a positive width")
    self.inputs = inputs
    self.hidden = hidden
    self.classes = classes
  }

  /// The widths from the input to the classes.
  package var widths: [Int] { [inputs] + hidden + [classes] }

  /// Weights and biases together.
  package var parameters: Int { zip(widths, widths.dropFirst()).reduce(0) { $0 + ($1.0 + 1) * $1.1 } }

  /// Floating-point operations of one training sample: forward, and backward but for the gradient of the input.
  package var trainingOperations: Int {
    let products = zip(widths, widths.dropFirst()).map { 2 * $0 * $1 }
    return 3 * products.reduce(0, +) - products[0]
  }
}
