import Core
import Economics

/// The accelerated greedy algorithm (Minoux 1978): for gains that never grow as more is picked, an old gain bounds the new
/// one, so most candidates need no second look. It picks exactly what plain greedy picks, ties included.
enum LazyGreedy {
  /// A candidate with the last that is known of its gain per cost. Larger ratios come first, then larger gains among
  /// those that are free, then lower positions.
  private struct Bound: Comparable {
    let gain: Double
    let ratio: Double
    let position: Int
    /// How many picks there were when the gain was computed.
    let step: Int

    static func < (left: Bound, right: Bound) -> Bool {
      if left.ratio != right.ratio { return left.ratio < right.ratio }
      if left.ratio == .infinity, left.gain != right.gain { return left.gain < right.gain }
      return left.position > right.position
    }
  }

  /// Picks up to `count` candidates, each time one of those whose cost the budget still allows with the largest gain per
  /// cost; the lower position wins a tie. What is free and gains anything comes before all that costs, the largest gain
  /// first.
  ///
  /// - Parameters:
  ///   - ahead: old gains that are computed anew together; however many, the picks are the same.
  ///   - gains: what each of some candidates adds to the picks so far.
  ///   - pick: told of each pick before the next gains are asked for.
  static func select(
    _ count: Int, of candidates: Int, costs: Costs?, ahead: Int = 1, context: TaskContext,
    gains gainsOf: ([Int]) -> [Double], pick: (Int) -> Void
  ) throws -> (picks: [Int], gains: [Double]) {
    func bounds(of positions: [Int], _ step: Int) -> [Bound] {
      zip(positions, gainsOf(positions)).map { position, gain in
        Bound(gain: gain, ratio: costs?.ratio(gain, of: position) ?? gain, position: position, step: step)
      }
    }
    var (picks, gains): ([Int], [Double]) = ([], [])
    var first: [Bound] = []
    first.reserveCapacity(candidates)
    for start in stride(from: 0, to: candidates, by: ahead) {
      try context.proceed(0)
      first += bounds(of: Array(start..<min(start + ahead, candidates)), 0)
    }
    var heap = Heap(first)
    var left = costs?.budget ?? .zero
    while picks.count < count, let top = heap.popLargest() {
      guard costs.map({ $0.values[top.position] <= left }) ?? true else { continue }
      try context.proceed(picks.count, of: count)
      guard top.step == picks.count else {
        var stale = [top.position]
        while stale.count < ahead, let next = heap.largest, next.step < picks.count {
          stale.append(heap.popLargest()!.position)
        }
        for bound in bounds(of: stale, picks.count) { heap.insert(bound) }
        continue
      }
      picks.append(top.position)
      gains.append(top.gain)
      if let costs { left = left - costs.values[top.position] }
      pick(top.position)
    }
    return (picks, gains)
  }
}

/// A binary heap whose largest element is at hand.
private struct Heap<Element: Comparable> {
  private var elements: [Element]

  init(_ elements: [Element]) { self.elements = elements.sorted(by: >) }

  mutating func insert(_ element: Element) {
    var position = elements.count
    elements.append(element)
    while position > 0, elements[(position - 1) / 2] < element {
      elements.swapAt(position, (position - 1) / 2)
      position = (position - 1) / 2
    }
  }

  var largest: Element? { elements.first }

  mutating func popLargest() -> Element? {
    guard let last = elements.popLast() else { return nil }
    guard let largest = elements.first else { return last }
    elements[0] = last
    var position = 0
    while 2 * position + 1 < elements.count {
      var child = 2 * position + 1
      if child + 1 < elements.count, elements[child] < elements[child + 1] { child += 1 }
      guard elements[position] < elements[child] else { break }
      elements.swapAt(position, child)
      position = child
    }
    return largest
  }
}
