import Core

/// How a network in a file makes features of images: what of a manifest's `"representation": {"onnx": {…}}` they depend on.
package struct NetworkParameters: Hashable, Sendable {
  package enum Layout: String, CaseIterable, Sendable, Hashable {
    /// Channels × height × width.
    case nchw
    /// Height × width × channels.
    case nhwc
  }

  /// How an output of several rows or places becomes one row.
  package enum Pooling: String, CaseIterable, Sendable, Hashable {
    /// The first row of tokens × width.
    case first
    /// The mean over tokens, or over the places of width × height × width.
    case mean
  }

  /// The side of the square that images are made into.
  package let size: Int
  /// Of each channel, on a scale from 0 to 1: one for all, or one each. The network sees (value − mean) / deviation.
  package let mean: [Double]
  package let deviation: [Double]
  package let layout: Layout
  /// The name of the output; nil for the first.
  package let output: String?
  /// nil where the output is one row a sample.
  package let pooling: Pooling?

  /// Reads `size`, `mean`, `std`, `layout`, `output` and `pool` out of an object that has others too.
  init(reading object: inout StrictObject) throws {
    guard let size = try object.integer("size", in: 1...1_024) else {
      throw object.error("size", "the side of the pictures that the network sees is needed")
    }
    self.size = size
    func channels(_ key: String, _ usual: Double, isPositive: Bool) throws -> [Double] {
      let values = try object.list(key, "numbers", \.double)
      guard values.isEmpty || values.count == 1 || values.count == 3,
        values.allSatisfy({ $0.isFinite && (!isPositive || $0 > 0) })
      else {
        throw object.error(key, "1 or 3 numbers \(isPositive ? "above 0 " : "")are needed, for values from 0 to 1")
      }
      return values.isEmpty ? [usual] : values
    }
    mean = try channels("mean", 0, isPositive: false)
    deviation = try channels("std", 1, isPositive: true)
    layout = try object.choice("layout", Layout.self) ?? .nchw
    output = try object.string("output")
    pooling = try object.choice("pool", Pooling.self)
  }

  var members: [String: JSONValue] {
    var members: [String: JSONValue] = [
      "size": .integer(Int64(size)), "mean": .array(mean.map { .number($0) }),
      "std": .array(deviation.map { .number($0) }), "layout": .string(layout.rawValue),
    ]
    members["output"] = output.map { .string($0) }
    members["pool"] = pooling.map { .string($0.rawValue) }
    return members
  }
}
