import Core
import Samples

/// One image that is changed step by step: normalised values by height, width and channel.
struct ImageChange {
  private let height: Int
  private let width: Int
  private let channels: Int
  private let normalisation: PixelNormalisation
  private let black: [Float]
  var pixels: [Float]
  private var spare: [Float]

  init(height: Int, width: Int, channels: Int, normalisation: PixelNormalisation) {
    (self.height, self.width, self.channels, self.normalisation) = (height, width, channels, normalisation)
    black = zip(normalisation.mean, normalisation.deviation).map { -$0 / $1 }
    pixels = [Float](repeating: 0, count: height * width * channels)
    spare = pixels
  }

  private func place(_ y: Int, _ x: Int) -> Int { (y * width + x) * channels }

  /// Moves by up to `shift` pixels each way and mirrors half of the images where asked. Three numbers are drawn.
  mutating func move(upTo shift: Int, flips: Bool, reflects: Bool, _ generator: inout SeededGenerator) {
    let down = generator.integer(below: 2 * shift + 1) - shift
    let right = generator.integer(below: 2 * shift + 1) - shift
    let mirrored = generator.integer(below: 2) == 1 && flips
    for y in 0..<height {
      for x in 0..<width {
        var (fromY, movedX) = (y - down, x - right)
        if reflects { (fromY, movedX) = (Self.reflected(fromY, height), Self.reflected(movedX, width)) }
        let inside = (0..<height).contains(fromY) && (0..<width).contains(movedX)
        let fromX = mirrored ? width - 1 - movedX : movedX
        for channel in 0..<channels {
          spare[place(y, x) + channel] = inside ? pixels[place(fromY, fromX) + channel] : black[channel]
        }
      }
    }
    swap(&pixels, &spare)
  }

  /// −1 is 1, −2 is 2; likewise at the other edge.
  private static func reflected(_ index: Int, _ length: Int) -> Int {
    guard length > 1 else { return 0 }
    let period = 2 * (length - 1)
    let phase = ((index % period) + period) % period
    return min(phase, period - phase)
  }

  /// A part of random area and of a ratio of sides from 3 : 4 to 4 : 3, resized to the whole by bilinear interpolation: the
  /// crop that Inception was trained with (Szegedy et al. 2015), the whole image where ten draws do not fit.
  mutating func cropAndResize(leastArea: Double, _ generator: inout SeededGenerator) {
    guard let part = part(area: leastArea..<1, ratio: 0.75, &generator) else { return }
    for y in 0..<height {
      let (above, below, downShare) = Self.between(y, height, part.top, part.height)
      for x in 0..<width {
        let (left, right, rightShare) = Self.between(x, width, part.left, part.width)
        for channel in 0..<channels {
          let upper = Self.blend(
            pixels[place(above, left) + channel], pixels[place(above, right) + channel], rightShare)
          let lower = Self.blend(
            pixels[place(below, left) + channel], pixels[place(below, right) + channel], rightShare)
          spare[place(y, x) + channel] = Self.blend(upper, lower, downShare)
        }
      }
    }
    swap(&pixels, &spare)
  }

  private static func blend(_ a: Float, _ b: Float, _ share: Float) -> Float { a + share * (b - a) }

  /// The two rows or columns of a part between which a row or column of the whole lies, and how far from the first.
  private static func between(_ index: Int, _ whole: Int, _ start: Int, _ extent: Int) -> (Int, Int, Float) {
    let position = (Double(index) + 0.5) * Double(extent) / Double(whole) - 0.5
    let inside = min(max(position, 0), Double(extent - 1))
    let first = Int(inside)
    return (start + first, start + min(first + 1, extent - 1), Float(inside - Double(first)))
  }

  /// A rectangle becomes the mean colour: 2 to 33 % of the area, a ratio of sides from 0.3 to 1 / 0.3 (Zhong et al. 2020).
  mutating func erase(_ generator: inout SeededGenerator) {
    guard let part = part(area: 0.02..<0.33, ratio: 0.3, &generator) else { return }
    for y in part.top..<part.top + part.height {
      for index in place(y, part.left)..<place(y, part.left + part.width) { pixels[index] = 0 }
    }
  }

  /// A rectangle within the image whose area is a share of it and whose sides' ratio is, on a logarithmic scale, from `ratio` to
  /// 1 / `ratio`; nil when ten draws do not fit.
  private func part(
    area: Range<Double>, ratio: Double, _ generator: inout SeededGenerator
  ) -> (top: Int, left: Int, height: Int, width: Int)? {
    let limit = PortableMath.log(1 / ratio)
    for _ in 0..<10 {
      let size = generator.uniform(in: area) * Double(height * width)
      let sides = PortableMath.exp(generator.uniform(in: -limit..<limit))
      let (tall, wide) = (Int((size / sides).squareRoot().rounded()), Int((size * sides).squareRoot().rounded()))
      guard (1...height).contains(tall), (1...width).contains(wide) else { continue }
      let top = generator.integer(below: height - tall + 1)
      return (top, generator.integer(below: width - wide + 1), tall, wide)
    }
    return nil
  }

  /// Brightness, then contrast around the image's mean grey, then saturation around each pixel's grey, each by a factor from
  /// 1 − strength to 1 + strength; colours end at black and white. Three numbers are drawn.
  mutating func jitter(_ strength: Double, _ generator: inout SeededGenerator) {
    let factors = (0..<3).map { _ in Float(max(0, 1 + generator.uniform(in: -strength..<strength))) }
    for index in pixels.indices {
      let channel = index % channels
      spare[index] = pixels[index] * normalisation.deviation[channel] + normalisation.mean[channel]
    }
    change(by: factors[0], around: 0)
    let mean = stride(from: 0, to: spare.count, by: channels).reduce(0) { $0 + Double(grey($1)) }
    change(by: factors[1], around: Float(mean / Double(height * width)))
    if channels == 3 { change(by: factors[2], around: nil) }
    for index in pixels.indices {
      let channel = index % channels
      pixels[index] = (spare[index] - normalisation.mean[channel]) / normalisation.deviation[channel]
    }
  }

  /// factor · colour + (1 − factor) · middle for each pixel, within 0 to 1.
  ///
  /// - Parameter middle: nil for each pixel's own grey.
  private mutating func change(by factor: Float, around middle: Float?) {
    for pixel in stride(from: 0, to: spare.count, by: channels) {
      let fixed = (1 - factor) * (middle ?? grey(pixel))
      for index in pixel..<pixel + channels { spare[index] = min(max(factor * spare[index] + fixed, 0), 1) }
    }
  }

  /// The luma of Rec. 601 for three channels, otherwise the mean.
  private func grey(_ pixel: Int) -> Float {
    guard channels == 3 else { return spare[pixel..<pixel + channels].reduce(0, +) / Float(channels) }
    return 0.299 * spare[pixel] + 0.587 * spare[pixel + 1] + 0.114 * spare[pixel + 2]
  }
}
