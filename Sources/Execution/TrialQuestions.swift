import Core
import Datasets
import Models
import Planning
import Sweeps

/// What a model that is trained outside is asked, what it is given, and how it is run.
struct TrialQuestions {
  let questions: [Question]
  /// The contents of the model's files, by option.
  let files: [String: [UInt8]]
  let run: ProgramRun.Runner?

  /// Everything that the trial itself and the tasks behind it will measure, the trial's own sets first.
  init(
    _ specification: TaskSpecification, _ inputs: any InputReading, cache: InputCache, model: any Model,
    run: ProgramRun.Runner?
  ) throws {
    self.run = run
    files = try Dictionary(
      uniqueKeysWithValues: model.files.keys.map { ($0, try inputs.source(AskedSets.source($0))) })
    var questions: [Question] = []
    if specification.inputs[PartRole.evaluation.rawValue] != nil {
      questions += Self.questions(of: try cache.sets(PartRole.evaluation.rawValue, inputs))
    }
    if specification.inputs[AskedSets.deployment] != nil {
      questions.append(Question("deployment", try cache.deployment(AskedSets.deployment, inputs).test.images))
    }
    for input in specification.inputs.keys.sorted() where input.hasPrefix(AskedSets.set) {
      let name = input.dropFirst(AskedSets.set.count)
      questions.append(Question("set \(name)", try cache.set(input, inputs).images))
    }
    self.questions = questions
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
