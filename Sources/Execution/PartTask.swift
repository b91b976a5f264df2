package import Core
import Datasets
package import Planning
package import Sweeps

/// Builds one part of a data set.
package struct PartTask: TaskKind {
  let tables: Tables
  /// Whether programs that data sets bring along are run.
  let allowsPrograms: Bool

  package var name: TaskKindName { .part }
  package var version: Int { 1 }
  package var expectedSeconds: Double { 5 }

  package func run(
    _ specification: TaskSpecification, inputs: any InputReading, context: TaskContext
  ) throws -> TaskProduct {
    var parameters = try StrictObject(specification.parameters, place: "part task")
    guard let kind = try parameters.string("dataset") else { throw parameters.error("dataset", "the key is missing") }
    let options = try parameters.require("options")
    try parameters.finish()
    var clock = PhaseClock()
    var sources: [String: [UInt8]] = [:]
    for name in specification.sources.keys { sources[name] = try inputs.source(name) }
    var objects: [String: [String: [UInt8]]] = [:]
    for name in specification.inputs.keys { objects[name] = try inputs.objects(of: name) }
    clock.finish("read")
    let request = PartRequest(
      parameters: options, sources: sources, inputs: objects,
      run: ExternalProgram.runner(isAllowed: allowsPrograms))
    let output = try tables.dataset(kind, place: "part task").build(request, context: context)
    clock.finish("build")
    return TaskProduct(objects: output.objects, values: ["part": output.facts.json], phaseSeconds: clock.seconds)
  }
}
