import Foundation
import Simulation
import Testing

/// A few runs with the store that a cluster really has, crashing with its coordinator.
@Suite struct RealStoreTests {
  @Test(arguments: 0..<4 as Range<UInt64>) func theRealStoreHoldsWhatTheModelHolds(_ seed: UInt64) throws {
    let path = NSTemporaryDirectory() + "winnow-simulation-\(seed)-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    var world = try World(seed: seed, storePath: path)
    try world.run()
  }
}
