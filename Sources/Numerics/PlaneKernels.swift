import CKernels

/// The kernels over planes, written in C, with the same bits on every CPU. Buffers hold at least what their layout needs; others
/// trap.
package enum PlaneKernels {
  /// Images, one row of height × width × channels values each, into planes.
  package static func planes(ofRows rows: [Float], _ layout: PlaneLayout, into planes: inout [Float]) {
    check(planes, layout, rows: rows)
    write(&planes, layout) {
      winnow_planes_of_rows(
        rows, layout.images, layout.height, layout.width, layout.channels, layout.length, $0)
    }
  }

  /// Planes into rows of channels × height × width values.
  package static func rows(ofPlanes planes: [Float], _ layout: PlaneLayout, into rows: inout [Float]) {
    check(planes, layout, rows: rows)
    read(planes, layout) {
      winnow_rows_of_planes(
        $0, layout.images, layout.height, layout.width, layout.channels, layout.length, &rows)
    }
  }

  /// Rows of channels × height × width values into planes.
  package static func planes(ofChannelRows rows: [Float], _ layout: PlaneLayout, into planes: inout [Float]) {
    check(planes, layout, rows: rows)
    write(&planes, layout) {
      winnow_planes_of_channel_rows(
        rows, layout.images, layout.height, layout.width, layout.channels, layout.length, $0)
    }
  }

  /// The largest of every 2 × 2 values, into planes of the layout's ``PlaneLayout/pooled``.
  package static func pool(_ planes: [Float], _ layout: PlaneLayout, into pooled: inout [Float]) {
    let half = layout.pooled
    check(planes, layout)
    check(pooled, half)
    read(planes, layout) { planes in
      write(&pooled, half) {
        winnow_pool(
          planes, layout.images, layout.height, layout.width, layout.channels, layout.length, half.length, $0)
      }
    }
  }

  /// The gradient of what ``pool(_:_:into:)`` reads: all of it at the first largest of each four.
  package static func poolBackward(
    _ gradient: [Float], input planes: [Float], _ layout: PlaneLayout, into out: inout [Float]
  ) {
    let half = layout.pooled
    check(planes, layout)
    check(out, layout)
    check(gradient, half)
    read(planes, layout) { planes in
      read(gradient, half) { gradient in
        write(&out, layout) {
          winnow_pool_backward(
            gradient, planes, layout.images, layout.height, layout.width, layout.channels, layout.length, half.length,
            $0)
        }
      }
    }
  }

  /// The mean of each channel of each image: one row an image.
  package static func average(_ planes: [Float], _ layout: PlaneLayout, into rows: inout [Float]) {
    check(planes, layout)
    precondition(rows.count >= layout.images * layout.channels, "the rows are too short")
    read(planes, layout) {
      winnow_average($0, layout.images, layout.height, layout.width, layout.channels, layout.length, &rows)
    }
  }

  package static func averageBackward(_ gradient: [Float], _ layout: PlaneLayout, into planes: inout [Float]) {
    check(planes, layout)
    precondition(gradient.count >= layout.images * layout.channels, "the rows are too short")
    write(&planes, layout) {
      winnow_average_backward(gradient, layout.images, layout.height, layout.width, layout.channels, layout.length, $0)
    }
  }

  /// The sum of each plane.
  package static func sums(_ planes: [Float], _ layout: PlaneLayout) -> [Double] {
    check(planes, layout)
    var sums = [Double](repeating: 0, count: layout.channels)
    read(planes, layout) { winnow_plane_sums($0, layout.channels, layout.length, &sums) }
    return sums
  }

  /// The sum of the squared differences of each plane's values from its mean.
  package static func squaredDeviations(
    _ planes: [Float], _ layout: PlaneLayout, mask: [Float], means: [Float]
  ) -> [Double] {
    check(planes, layout, mask: mask)
    precondition(means.count == layout.channels, "one mean a plane")
    var sums = [Double](repeating: 0, count: layout.channels)
    read(planes, layout) { winnow_plane_deviations($0, mask, means, layout.channels, layout.length, &sums) }
    return sums
  }

  /// The sum of the products of the values of two planes, plane by plane.
  package static func products(_ a: [Float], _ b: [Float], _ layout: PlaneLayout) -> [Double] {
    check(a, layout)
    check(b, layout)
    var sums = [Double](repeating: 0, count: layout.channels)
    read(a, layout) { a in
      read(b, layout) { winnow_plane_products(a, $0, layout.channels, layout.length, &sums) }
    }
    return sums
  }

  /// `scale · value + shift`, one of each a plane; negative results become 0 where `rectifies`.
  package static func scale(
    _ planes: [Float], _ layout: PlaneLayout, mask: [Float], scales: [Float], shifts: [Float], rectifies: Bool,
    into out: inout [Float]
  ) {
    check(planes, layout, mask: mask)
    check(out, layout)
    precondition(scales.count == layout.channels && shifts.count == layout.channels, "one factor a plane")
    read(planes, layout) { planes in
      write(&out, layout) {
        winnow_plane_scale(
          planes, mask, scales, shifts, rectifies ? 1 : 0, layout.channels, layout.length, $0)
      }
    }
  }

  /// `first · a + second · b + third`, one of each a plane; negative results become 0 where `rectifies`.
  package static func combine(
    _ a: [Float], _ b: [Float], _ layout: PlaneLayout, mask: [Float], first: [Float], second: [Float],
    third: [Float], rectifies: Bool = false, into out: inout [Float]
  ) {
    check(a, layout, mask: mask)
    check(b, layout)
    check(out, layout)
    precondition([first, second, third].allSatisfy { $0.count == layout.channels }, "one factor a plane")
    read(a, layout) { a in
      read(b, layout) { b in
        write(&out, layout) {
          winnow_plane_combine(
            a, b, mask, first, second, third, rectifies ? 1 : 0, layout.channels, layout.length, $0)
        }
      }
    }
  }

  static func check(_ planes: [Float], _ layout: PlaneLayout) {
    precondition(planes.count >= layout.size, "the planes are too short")
  }

  private static func check(_ planes: [Float], _ layout: PlaneLayout, mask: [Float]) {
    check(planes, layout)
    precondition(mask.count == layout.length, "the mask is of another layout")
  }

  private static func check(_ planes: [Float], _ layout: PlaneLayout, rows: [Float]) {
    check(planes, layout)
    precondition(
      rows.count >= layout.images * layout.height * layout.width * layout.channels, "the rows are too short")
  }

  static func read(_ planes: [Float], _ layout: PlaneLayout, _ body: (UnsafePointer<Float>) -> Void) {
    planes.withUnsafeBufferPointer { body($0.baseAddress! + layout.margin) }
  }

  static func write(_ planes: inout [Float], _ layout: PlaneLayout, _ body: (UnsafeMutablePointer<Float>) -> Void) {
    planes.withUnsafeMutableBufferPointer { body($0.baseAddress! + layout.margin) }
  }
}
