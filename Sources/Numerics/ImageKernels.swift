import CKernels

/// Filters and rounding of images as floats, with the same bits on every CPU.
package enum ImageKernels {
  /// `out[r, c] = Σₖ weights[k] · padded[starts[k] + r · stride + c]`: each product is rounded, and the products are added
  /// in the order of k.
  ///
  /// - Parameters:
  ///   - padded: A larger image, `stride` values a row.
  ///   - starts: For each shift, the place in `padded` that the upper left pixel takes.
  ///   - weights: As many as `starts`.
  /// - Returns: `rows × columns` values. Traps when a shift leaves `padded`.
  package static func sumOfShifts(
    _ padded: [Float], stride: Int, starts: [Int], weights: [Float], rows: Int, columns: Int
  ) -> [Float] {
    var out = [Float](repeating: 0, count: rows * columns)
    guard rows > 0, columns > 0 else { return out }
    let reach = (rows - 1) * stride + columns
    precondition(stride >= columns && weights.count == starts.count, "one weight a shift")
    precondition(starts.allSatisfy { $0 >= 0 && $0 + reach <= padded.count }, "a shift leaves the image")
    winnow_sum_of_shifts(padded, stride, starts.map(Int64.init), weights, starts.count, rows, columns, &out)
    return out
  }

  /// The grey levels 0…255 of values from 0, black, to 1, white: what lies outside is cut off, halves are rounded up.
  package static func levels(of values: [Float]) -> [UInt8] {
    var levels = [UInt8](repeating: 0, count: values.count)
    winnow_round_levels(values, values.count, 1, &levels)
    return levels
  }

  /// The levels of a pixel's channels together, from one plane a channel; traps unless all have one size.
  package static func levels(ofPlanes planes: [[Float]]) -> [UInt8] {
    let count = planes.first?.count ?? 0
    precondition(planes.allSatisfy { $0.count == count }, "planes of one size are needed")
    var levels = [UInt8](repeating: 0, count: count * planes.count)
    levels.withUnsafeMutableBufferPointer { levels in
      guard let base = levels.baseAddress else { return }
      for (channel, plane) in planes.enumerated() { winnow_round_levels(plane, count, planes.count, base + channel) }
    }
    return levels
  }
}
