package import Samples

extension SampleSet {
  /// Grey images.
  package init(count: Int, height: Int, width: Int, pixels: [UInt8]) {
    self = .images(ImageSet(count: count, height: height, width: width, pixels: pixels))
  }

  /// The values of one image; traps for vectors.
  package func image(_ index: Int) -> ArraySlice<UInt8> { images!.image(index) }

  /// All images' values; traps for vectors.
  package var pixels: [UInt8] { images!.pixels }
}
