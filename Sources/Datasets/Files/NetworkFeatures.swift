import Core
import Formats
import Numerics
import Samples

/// Features that a network in a file makes of images.
struct NetworkFeatures {
  private let network: InferenceNetwork
  private let parameters: NetworkParameters
  private let width: Int
  /// Samples at a time.
  private let batch: Int
  /// Whether there are always as many.
  private let isFixed: Bool

  private static let usualBatch = 16
  private static let outputLimit = 64 << 20
  private static let place = "the representation"

  /// - Parameter width: numbers a sample.
  /// - Throws: a ``DatasetError`` where this host has no ONNX Runtime, or the network is not what `parameters` say.
  init(_ model: [UInt8], _ parameters: NetworkParameters, width: Int) throws {
    (self.parameters, self.width) = (parameters, width)
    do throws(InferenceProblem) {
      let library = try InferenceLibrary.shared.get()
      network = try InferenceNetwork(model, output: parameters.output, library: library)
    } catch {
      throw DatasetError(
        Self.place, "\(error.description); `winnow doctor` says what this host has, and how to install ONNX Runtime")
    }
    let shape = network.inputShape
    guard shape.count == 4 else {
      throw DatasetError(
        Self.place, "the network takes an input of \(shape.count) dimensions, and batches of images have 4")
    }
    isFixed = shape[0] != nil
    batch = max(1, shape[0] ?? Self.usualBatch)
    let sides = parameters.layout == .nchw ? [shape[2], shape[3]] : [shape[1], shape[2]]
    guard sides.allSatisfy({ $0 == nil || $0 == parameters.size }) else {
      let stated = sides.map { $0.map(String.init) ?? "any" }.joined(separator: " × ")
      throw DatasetError(
        Self.place,
        "the network takes images of \(stated) as \(parameters.layout.rawValue), and the manifest says \(parameters.size)"
      )
    }
  }

  /// The channels that the network takes.
  private func channels(of images: ImageSet) throws -> Int {
    let stated = network.inputShape[parameters.layout == .nchw ? 1 : 3] ?? images.channels
    guard stated == images.channels || stated == 3 && images.channels == 1 else {
      throw DatasetError(
        Self.place, "the network takes \(stated) channels, and the data set's images have \(images.channels)")
    }
    return stated
  }

  /// One row an image. Throws a ``DatasetError``, and `CancellationError`.
  func rows(of images: ImageSet, context: TaskContext) throws -> Matrix {
    let channels = try channels(of: images)
    let side = parameters.size
    var values: [Float] = []
    values.reserveCapacity(images.count * width)
    for start in stride(from: 0, to: images.count, by: batch) {
      try context.proceed(start, of: images.count)
      let count = min(batch, images.count - start)
      var input: [Float] = []
      input.reserveCapacity(batch * channels * side * side)
      for index in start..<start + count { input += self.input(images, index, channels) }
      let size = isFixed ? batch : count
      input += [Float](repeating: 0, count: (size - count) * channels * side * side)
      let shape =
        parameters.layout == .nchw ? [size, channels, side, side] : [size, side, side, channels]
      values += try output(of: input, shape).prefix(count * width)
    }
    if let place = values.firstIndex(where: { !$0.isFinite }) {
      throw DatasetError(Self.place, "the network made a number of sample \(place / width) that is not finite")
    }
    return Matrix(rows: images.count, columns: width, values: values)
  }

  /// What the network sees of an image.
  private func input(_ images: ImageSet, _ index: Int, _ channels: Int) -> [Float] {
    let side = parameters.size
    let own = Array(images.image(index))
    let isSame = images.height == side && images.width == side
    let pixels =
      isSame
      ? own
      : ResizeRule.squash.apply(
        to: own, height: images.height, width: images.width, channels: images.channels, side: side)
    func scaled(_ pixel: Int, _ channel: Int) -> Float {
      let (mean, deviation) = (parameters.mean, parameters.deviation)
      let value = Double(pixels[pixel * images.channels + (images.channels == 1 ? 0 : channel)]) / 255
      return Float((value - mean[mean.count == 1 ? 0 : channel]) / deviation[deviation.count == 1 ? 0 : channel])
    }
    switch parameters.layout {
    case .nchw: return (0..<channels).flatMap { channel in (0..<side * side).map { scaled($0, channel) } }
    case .nhwc: return (0..<side * side).flatMap { pixel in (0..<channels).map { scaled(pixel, $0) } }
    }
  }

  /// `width` numbers a sample.
  private func output(of input: [Float], _ shape: [Int]) throws -> [Float] {
    let samples = shape[0]
    let (values, found): ([Float], [Int])
    do throws(InferenceProblem) {
      (values, found) = try network.output(of: input, shape: shape, limit: limit(samples))
    } catch {
      throw DatasetError(Self.place, error.description)
    }
    // Trailing sides of 1 are no dimensions.
    var dimensions = found
    while dimensions.count > 2, dimensions.last == 1 { dimensions.removeLast() }
    let isTokens = dimensions.count == 3
    switch (parameters.pooling, dimensions.count) {
    case (_, 2) where dimensions == [samples, width]: return values
    case (.first?, 3) where dimensions[0] == samples && dimensions[2] == width && dimensions[1] > 0:
      let tokens = dimensions[1]
      return (0..<samples).flatMap { values[$0 * tokens * width..<$0 * tokens * width + width] }
    case (.mean?, 3) where dimensions[0] == samples && dimensions[2] == width && dimensions[1] > 0,
      (.mean?, 4) where dimensions[0] == samples && dimensions[1] == width && dimensions[2] * dimensions[3] > 0:
      let places = isTokens ? dimensions[1] : dimensions[2] * dimensions[3]
      return (0..<samples * width).map { number in
        let (sample, column) = (number / width, number % width)
        var sum = 0.0
        for place in 0..<places {
          let offset = isTokens ? place * width + column : column * places + place
          sum += Double(values[sample * places * width + offset])
        }
        return Float(sum / Double(places))
      }
    default:
      let words = found.map(String.init).joined(separator: " × ")
      throw DatasetError(
        Self.place,
        "the network's output is \(words); \(samples) × \(width) is needed, or with \"pool\" tokens of width \(width) (\"first\", "
          + "\"mean\") or \(width) maps (\"mean\")")
    }
  }

  /// Numbers that an output may have: what the network states, with room where it leaves a dimension open.
  private func limit(_ samples: Int) -> Int {
    let shape = network.outputShape.dropFirst()
    guard shape.allSatisfy({ $0 != nil }) else { return Self.outputLimit }
    return min(Self.outputLimit, samples * shape.reduce(1) { $0 * max(1, $1 ?? 1) })
  }
}
