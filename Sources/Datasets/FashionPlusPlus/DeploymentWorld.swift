import Core
import Samples

/// A place where a classifier may have to work: how frequent the classes are there, and what its camera makes of them.
struct DeploymentWorld {
  let seed: UInt64
  /// Nil for the first world.
  let number: UInt64?

  var camera: DeploymentCamera { number.map { DeploymentCamera(seed: seed, world: $0) } ?? .first }

  /// The shares of the classes.
  var mix: [Double] {
    guard let number else { return WebPart.deploymentMix(seed: seed) }
    var generator = SeededGenerator(seed: seed, purpose: "deployment/world \(number)/mix")
    return generator.dirichlet(SourceImages.classNames.map { _ in WebPart.deploymentConcentration })
  }

  /// `count` photographs of subjects in the world's class mix. Where a class has too few subjects, each is photographed several
  /// times.
  ///
  /// - Parameter name: names what they are for; each use has its own random stream.
  /// - Throws: a ``DatasetError`` when a class has no subject at all.
  func photographs(of subjects: SourceImages, count: Int, for name: String) throws -> SourceImages {
    var generator = SeededGenerator(seed: seed, purpose: "deployment/world \(number ?? 0)/\(name)")
    var chosen: [Int] = []
    for (label, count) in Apportionment.counts(of: count, shares: mix).enumerated() where count > 0 {
      let members = subjects.labels.indices.filter { Int(subjects.labels[$0]) == label }
      guard !members.isEmpty else {
        throw DatasetError("part deployment", "no held-out image shows \(SourceImages.classNames[label])")
      }
      let order = generator.permutation(members.count)
      chosen += (0..<count).map { members[order[$0 % order.count]] }
    }
    generator.shuffle(&chosen)
    return camera.photographs(of: subjects.selecting(chosen), seed: generator.next())
  }
}
