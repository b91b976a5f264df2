import CImages

/// Writes pictures as baseline JPEG with libjpeg-turbo, for load and for tests.
package enum JPEGWriter {
  /// - Parameters:
  ///   - pixels: row after row, the channels of a pixel together; traps unless there are `height × width × channels`.
  ///   - channels: 1 or 3; traps otherwise.
  ///   - quality: 1 to 100.
  /// - Returns: the file; nil when there is not enough memory.
  package static func bytes(_ pixels: [UInt8], height: Int, width: Int, channels: Int, quality: Int) -> [UInt8]? {
    precondition(
      [1, 3].contains(channels) && pixels.count == height * width * channels && (1...100).contains(quality),
      "no picture of this size")
    // Noise at the best quality takes less than twice its bytes.
    var output = [UInt8](repeating: 0, count: 2 * pixels.count + 4_096)
    let count = winnow_jpeg_encode(
      pixels, Int32(width), Int32(height), Int32(channels), Int32(quality), &output, output.count)
    guard count > 0 else { return nil }
    output.removeLast(output.count - count)
    return output
  }
}
