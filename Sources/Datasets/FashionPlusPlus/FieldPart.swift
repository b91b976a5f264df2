import Core
import Sweeps

/// The pool `field`: photographs taken in the deployment, of what can be found there. Its subjects are images of the simulated
/// web; none of them is a subject of the target sample or of the deployment test.
struct FieldPart {
  let seed: UInt64
  /// The deployment's world; nil for the first.
  let world: UInt64?

  static let name = "field"
  /// As many as somebody could take with a camera.
  static let images = 3_000

  func build(_ inputs: PartInputs) throws -> FashionPlusPlusBuilder.PartOutput {
    let web = try SourceImages(inputs.objects(of: "web"), prefix: "web")
    let representation = try FixedRepresentation(objects: inputs.bytes(of: "representation"))
    let world = DeploymentWorld(seed: seed, number: world)
    let photographs = try world.photographs(of: web, count: Self.images, for: Self.name)
    let pool = photographs.pool(
      shift: Self.name, observedLabels: photographs.labels,
      features: try representation.features(of: photographs.images, context: inputs.context),
      labelOrigin: Remark(.ownLabels))
    var facts = pool.facts
    facts.notes = [Remark(.fieldPhotographs), world.camera.remark]
    return .init(objects: pool.objects(), facts: facts)
  }
}
