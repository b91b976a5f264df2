import Core
import Testing

/// Damages valid bytes in the ways that files get damaged, from a seed.
package struct Mutation {
  var generator: SeededGenerator

  package init(_ purpose: String) { generator = SeededGenerator(seed: 0, purpose: purpose) }

  /// A copy with a few bytes changed, cut off, added or doubled.
  package mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
    var copy = bytes
    for _ in 0...generator.integer(below: 3) where !copy.isEmpty {
      let place = generator.integer(below: generator.integer(below: 2) == 0 ? copy.count : min(copy.count, 96))
      switch generator.integer(below: 6) {
      case 0: copy.removeLast(copy.count - place)
      case 1: copy.append(UInt8(truncatingIfNeeded: generator.next()))
      case 2: copy.insert(0, at: place)
      case 3: copy[place] = [0, 1, 0x7F, 0x80, 0xFF][generator.integer(below: 5)]
      default: copy[place] = UInt8(truncatingIfNeeded: generator.next())
      }
    }
    return copy
  }

  /// Gives `read` many damaged copies of `bytes`: it may succeed or throw a ``DatasetError``, nothing else. Returns how
  /// many it refused.
  package mutating func attack(_ bytes: [UInt8], times: Int, read: ([UInt8]) throws -> Void) -> Int {
    var refused = 0
    for _ in 0..<times {
      do {
        try read(mutated(bytes))
      } catch {
        #expect(error is DatasetError)
        refused += 1
      }
    }
    return refused
  }
}
