import Core
import Numerics
import Testing

@Suite struct ConvolutionTests {
  /// A convolution of a size, and numbers to run it on.
  struct Case: CustomStringConvertible {
    let images: Int
    let height: Int
    let width: Int
    let inputs: Int
    let outputs: Int
    let kernel: Int
    let step: Int

    var description: String {
      "\(images) of \(height)×\(width)×\(inputs) to \(outputs), kernel \(kernel), step \(step)"
    }
    var layout: PlaneLayout { PlaneLayout(images: images, height: height, width: width, channels: inputs) }
    var convolution: Convolution { Convolution(layout, outputs: outputs, kernel: kernel, step: step) }
    var outputHeight: Int { (height + step - 1) / step }
    var outputWidth: Int { (width + step - 1) / step }
  }

  static let cases = [
    Case(images: 1, height: 1, width: 1, inputs: 1, outputs: 1, kernel: 3, step: 1),
    Case(images: 2, height: 3, width: 5, inputs: 2, outputs: 7, kernel: 3, step: 1),
    Case(images: 3, height: 7, width: 7, inputs: 3, outputs: 13, kernel: 3, step: 1),
    Case(images: 5, height: 28, width: 28, inputs: 1, outputs: 6, kernel: 3, step: 1),
    Case(images: 2, height: 6, width: 4, inputs: 4, outputs: 5, kernel: 1, step: 1),
    Case(images: 3, height: 6, width: 8, inputs: 2, outputs: 4, kernel: 3, step: 2),
    Case(images: 3, height: 5, width: 7, inputs: 3, outputs: 2, kernel: 3, step: 2),
    Case(images: 2, height: 7, width: 6, inputs: 3, outputs: 8, kernel: 1, step: 2),
    Case(images: 1, height: 1, width: 2, inputs: 2, outputs: 3, kernel: 3, step: 2),
  ]

  private func random(_ count: Int, _ seed: UInt64) -> [Float] {
    var generator = SeededGenerator(seed: seed, purpose: "convolution")
    return (0..<count).map { _ in Float(generator.normal()) }
  }

  /// Rows of channels × height × width values in planes.
  private func planes(_ rows: [Float], _ layout: PlaneLayout) -> [Float] {
    var planes = [Float](repeating: 0, count: layout.size)
    PlaneKernels.planes(ofChannelRows: rows, layout, into: &planes)
    return planes
  }

  private func rows(_ planes: [Float], _ layout: PlaneLayout) -> [Float] {
    var rows = [Float](repeating: 0, count: layout.images * layout.height * layout.width * layout.channels)
    PlaneKernels.rows(ofPlanes: planes, layout, into: &rows)
    return rows
  }

  /// Calls `body` with the places of output, weight and input of every product, those of one output in the order of the weights.
  private func forEachTerm(_ c: Case, _ body: (Int, Int, Int) -> Void) {
    for image in 0..<c.images {
      for output in 0..<c.outputs {
        for y in 0..<c.outputHeight {
          for x in 0..<c.outputWidth {
            let to = ((image * c.outputs + output) * c.outputHeight + y) * c.outputWidth + x
            for channel in 0..<c.inputs {
              for tap in 0..<c.kernel * c.kernel {
                let fromY = y * c.step + tap / c.kernel - c.kernel / 2
                let fromX = x * c.step + tap % c.kernel - c.kernel / 2
                guard (0..<c.height).contains(fromY), (0..<c.width).contains(fromX) else { continue }
                let weight = (output * c.inputs + channel) * c.kernel * c.kernel + tap
                body(to, weight, ((image * c.inputs + channel) * c.height + fromY) * c.width + fromX)
              }
            }
          }
        }
      }
    }
  }

  @Test(arguments: cases) func sumsAreThePlainOnesBitForBit(c: Case) {
    var convolution = c.convolution
    let (input, weights, bias) = (
      random(c.images * c.inputs * c.height * c.width, 1), random(convolution.weights, 2), random(c.outputs, 3)
    )
    var expected = [Float](repeating: 0, count: c.images * c.outputs * c.outputHeight * c.outputWidth)
    forEachTerm(c) { expected[$0] = expected[$0].addingProduct(weights[$1], input[$2]) }
    let area = c.outputHeight * c.outputWidth
    let biased = expected.enumerated().map { max($1 + bias[$0 / area % c.outputs], 0) }
    var out = [Float](repeating: 7, count: convolution.output.size)
    convolution.forward(planes(input, c.layout), weights: weights, bias: nil, rectifies: false, into: &out)
    #expect(rows(out, convolution.output) == expected)
    convolution.forward(planes(input, c.layout), weights: weights, bias: bias, rectifies: true, into: &out)
    #expect(rows(out, convolution.output) == biased)
    // Whatever lies beside the images is zero again.
    out = [Float](repeating: 0, count: out.count)
    convolution.forward(planes(input, c.layout), weights: weights, bias: bias, rectifies: false, into: &out)
    #expect(planes(rows(out, convolution.output), convolution.output) == out)
  }

  @Test(arguments: cases) func gradientsAreThePlainOnes(c: Case) {
    var convolution = c.convolution
    let (input, weights) = (random(c.images * c.inputs * c.height * c.width, 4), random(convolution.weights, 5))
    let gradient = random(c.images * c.outputs * c.outputHeight * c.outputWidth, 6)
    var inputs = [Double](repeating: 0, count: input.count)
    let start = random(weights.count, 7)
    var sums = start.map(Double.init)
    forEachTerm(c) { to, weight, from in
      inputs[from] += Double(gradient[to]) * Double(weights[weight])
      sums[weight] += Double(gradient[to]) * Double(input[from])
    }
    var back = [Float](repeating: 0, count: c.layout.size)
    convolution.backward(planes(gradient, convolution.output), weights: weights, into: &back)
    #expect(zip(rows(back, c.layout), inputs).allSatisfy { abs(Double($0) - $1) < 1e-4 })
    #expect(planes(rows(back, c.layout), c.layout) == back)
    var accumulated = start
    convolution.addWeightGradient(
      planes(gradient, convolution.output), input: planes(input, c.layout), to: &accumulated)
    #expect(zip(accumulated, sums).allSatisfy { abs(Double($0) - $1) < 1e-3 })
  }

  @Test func aSmallerBatchInTheBuffersOfALargerOneIsNotDisturbed() {
    let (large, small) = (
      Self.cases[2], Case(images: 1, height: 7, width: 7, inputs: 3, outputs: 13, kernel: 3, step: 1)
    )
    let weights = random(large.convolution.weights, 8)
    var (big, little) = (large.convolution, small.convolution)
    var input = planes(random(3 * 3 * 49, 9), large.layout)
    var out = [Float](repeating: 0, count: big.output.size)
    big.forward(input, weights: weights, bias: nil, rectifies: false, into: &out)
    let rows = random(3 * 49, 10)
    PlaneKernels.planes(ofChannelRows: rows, small.layout, into: &input)
    little.forward(input, weights: weights, bias: nil, rectifies: false, into: &out)
    var fresh = [Float](repeating: 0, count: little.output.size)
    little.forward(planes(rows, small.layout), weights: weights, bias: nil, rectifies: false, into: &fresh)
    #expect(self.rows(out, little.output) == self.rows(fresh, little.output))
  }

  @Test func sumsOverPlanesAreThePlainOnes() {
    let layout = PlaneLayout(images: 3, height: 5, width: 4, channels: 2)
    let (a, b) = (random(120, 11), random(120, 12))
    let (planesA, planesB) = (planes(a, layout), planes(b, layout))
    func total(_ channel: Int, _ term: (Int) -> Double) -> Double {
      (0..<120).filter { $0 / 20 % 2 == channel }.reduce(0) { $0 + term($1) }
    }
    for channel in 0..<2 {
      #expect(abs(PlaneKernels.sums(planesA, layout)[channel] - total(channel) { Double(a[$0]) }) < 1e-5)
      let products = PlaneKernels.products(planesA, planesB, layout)
      #expect(abs(products[channel] - total(channel) { Double(a[$0]) * Double(b[$0]) }) < 1e-5)
      let deviations = PlaneKernels.squaredDeviations(planesA, layout, mask: layout.mask, means: [0.5, -1])
      let mean = [0.5, -1][channel]
      #expect(abs(deviations[channel] - total(channel) { (Double(a[$0]) - mean) * (Double(a[$0]) - mean) }) < 1e-4)
    }
  }

  @Test func poolingTakesTheLargestAndItsGradientGoesToTheFirst() {
    let layout = PlaneLayout(images: 1, height: 3, width: 5, channels: 1)
    let input: [Float] = [1, 2, 5, 5, 9, 4, 3, 5, 5, 9, 9, 9, 9, 9, 9]
    var pooled = [Float](repeating: 0, count: layout.pooled.size)
    PlaneKernels.pool(planes(input, layout), layout, into: &pooled)
    #expect(rows(pooled, layout.pooled) == [4, 5])
    var back = [Float](repeating: 3, count: layout.size)
    PlaneKernels.poolBackward(planes([10, 20], layout.pooled), input: planes(input, layout), layout, into: &back)
    #expect(rows(back, layout) == [0, 0, 20, 0, 0, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0])
  }
}
