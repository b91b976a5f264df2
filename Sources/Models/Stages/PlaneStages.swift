import Numerics
import Samples

/// What images in planes consist of.
struct PlaneShape: Hashable, Sendable {
  let height: Int
  let width: Int
  let channels: Int

  /// Takes the shape of images; traps for vectors.
  init(_ shape: SampleShape) {
    guard let image = shape.image else { preconditionFailure("\(shape) have no planes") }
    (height, width, channels) = image
  }

  var size: Int { height * width * channels }

  func layout(_ images: Int) -> PlaneLayout {
    PlaneLayout(images: images, height: height, width: width, channels: channels)
  }
}

/// Rows of pixels into planes: what comes before the first layer that needs them.
struct PlanesStage: FixedStage {
  let shape: PlaneShape

  var outputs: Int { shape.size }
  var layers: [Layer] { [] }
  func buffer(rows: Int) -> Int { shape.layout(rows).size }

  func forward(_ input: [Float], rows: Int, into output: inout [Float]) {
    PlaneKernels.planes(ofRows: input, shape.layout(rows), into: &output)
  }

  func backward(_ gradient: [Float], input: [Float], rows: Int, into inputGradient: inout [Float]) {
    preconditionFailure("nothing before the planes learns")
  }
}

/// The largest of every 2 × 2 pixels.
struct PoolingStage: FixedStage {
  let input: PlaneShape

  var outputs: Int { input.height / 2 * (input.width / 2) * input.channels }
  var layers: [Layer] { [.maximumPooling] }
  func buffer(rows: Int) -> Int { input.layout(rows).pooled.size }

  func forward(_ input: [Float], rows: Int, into output: inout [Float]) {
    PlaneKernels.pool(input, self.input.layout(rows), into: &output)
  }

  func backward(_ gradient: [Float], input: [Float], rows: Int, into inputGradient: inout [Float]) {
    PlaneKernels.poolBackward(gradient, input: input, self.input.layout(rows), into: &inputGradient)
  }
}

/// The mean of each channel.
struct AveragingStage: FixedStage {
  let input: PlaneShape

  var outputs: Int { input.channels }
  var layers: [Layer] { [.averagePooling] }

  func forward(_ input: [Float], rows: Int, into output: inout [Float]) {
    PlaneKernels.average(input, self.input.layout(rows), into: &output)
  }

  func backward(_ gradient: [Float], input: [Float], rows: Int, into inputGradient: inout [Float]) {
    PlaneKernels.averageBackward(gradient, self.input.layout(rows), into: &inputGradient)
  }
}

/// Planes into rows, channel by channel.
struct FlatteningStage: FixedStage {
  let input: PlaneShape

  var outputs: Int { input.size }
  var layers: [Layer] { [.flattening] }

  func forward(_ input: [Float], rows: Int, into output: inout [Float]) {
    PlaneKernels.rows(ofPlanes: input, self.input.layout(rows), into: &output)
  }

  func backward(_ gradient: [Float], input: [Float], rows: Int, into inputGradient: inout [Float]) {
    PlaneKernels.planes(ofChannelRows: gradient, self.input.layout(rows), into: &inputGradient)
  }
}
