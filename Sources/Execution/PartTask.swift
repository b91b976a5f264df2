package import Core
import Datasets
import Numerics
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
    let dataset = try tables.dataset(kind, place: "part task")
    var (sources, files) = ([String: [UInt8]](), [String: MappedFile]())
    for name in specification.sources.keys {
      files[name] = dataset.readsMappedFiles ? try inputs.sourceFile(name) : nil
      if files[name] == nil { sources[name] = try inputs.source(name) }
    }
    var (objects, inputFiles) = ([String: [String: [UInt8]]](), [String: [String: MappedFile]]())
    for name in specification.inputs.keys {
      if dataset.readsMappedFiles {
        let contents = try inputs.contents(of: name)
        objects[name] = contents.objects
        inputFiles[name] = contents.files
      } else {
        objects[name] = try inputs.objects(of: name)
      }
    }
    clock.finish("read")
    let request = PartRequest(
      parameters: options, sources: sources, inputs: objects, files: files, inputFiles: inputFiles,
      workDirectory: dataset.readsMappedFiles ? inputs.workDirectory : nil,
      run: ExternalProgram.runner(isAllowed: allowsPrograms))
    let output = try dataset.build(request, context: context)
    clock.finish("build")
    return TaskProduct(
      objects: output.objects, files: output.files, values: ["part": output.facts.json], phaseSeconds: clock.seconds)
  }
}
