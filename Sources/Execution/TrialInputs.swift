import Core
import Datasets
import Models
import Planning
import Sweeps

/// What a trial reads that only some models need.
struct TrialInputs {
  let specification: TaskSpecification
  let inputs: any InputReading
  let cache: InputCache

  /// The contents of the files that a model names, by option.
  func files(of model: any Model) throws -> [String: [UInt8]] {
    let answers = specification.sources[AskedSets.answers] == nil ? [] : [AskedSets.answersOption]
    return try Dictionary(
      uniqueKeysWithValues: (model.files.keys + answers).map { ($0, try inputs.source(AskedSets.source($0))) })
  }

  /// Everything that the trial itself and the tasks behind it will measure, the trial's own sets first.
  func questions() throws -> [Question] {
    var questions: [Question] = []
    if specification.inputs[PartRole.evaluation.rawValue] != nil {
      questions += Self.questions(of: try cache.sets(PartRole.evaluation.rawValue, inputs))
    }
    if specification.inputs[AskedSets.deployment] != nil {
      questions.append(
        Question(PartRole.deployment.rawValue, try cache.deployment(AskedSets.deployment, inputs).test.images))
    }
    for input in specification.inputs.keys.sorted() where input.hasPrefix(AskedSets.set) {
      let name = input.dropFirst(AskedSets.set.count)
      questions.append(Question("set \(name)", try cache.set(input, inputs).images))
    }
    return questions
  }

  private static func questions(of sets: EvaluationSets) -> [Question] {
    [Question("test", sets.base.images)]
      + sets.corruptions.map { Question("corruption \($0.kind) \($0.severity)", $0.images) }
      + sets.transfer.flatMap {
        [
          Question("task \($0.name), training", $0.trainingImages), Question("task \($0.name), test", $0.testImages),
        ]
      }
  }
}
