import Core
import Sweeps
import Testing

@Suite struct TransferSummaryTests {
  private let facts = [
    TransferSummary.KnownTask(name: "rotation", chance: 0.25, testImages: 1_500),
    TransferSummary.KnownTask(name: "coarse", chance: 0.4, testImages: 1_500),
  ]

  @Test func constantTasksAndTasksAtChanceAreDroppedAndNamed() {
    // Two standard errors of rotation: 0.0224.
    let trials = [
      ["transfer.rotation": 0.26, "transfer.coarse": 0.9, "transfer.faces": 0.0, "transfer": 0.5, "accuracy": 0.8],
      ["transfer.rotation": 0.272, "transfer.coarse": 0.8, "transfer.faces": 0.0, "transfer": 0.4, "accuracy": 0.8],
    ]
    let summary = TransferSummary(trials: trials, facts: facts)
    #expect(summary.dropped == ["rotation": .chance, "faces": .constant] && summary.tasks == ["coarse"])
    #expect(summary.mean(of: trials[0]) == 0.9 && summary.mean(of: [:]) == nil)
  }

  @Test func oneModelAboveChanceIsEnough() {
    let trials = [
      ["transfer.rotation": 0.25, "transfer.coarse": 0.5], ["transfer.rotation": 0.33, "transfer.coarse": 0.6],
    ]
    let summary = TransferSummary(trials: trials, facts: facts)
    #expect(summary.dropped.isEmpty && abs(summary.mean(of: trials[0])! - 0.375) < 1e-12)
    #expect(TransferSummary(trials: [["transfer.x": 0.5]]).tasks == ["x"])
    #expect(TransferSummary(trials: []).mean(of: ["transfer.x": 1]) == nil)
  }

  @Test func factsAreReadFromTheEvaluationPart() {
    let json: JSONValue = [
      "transferTasks": [
        ["name": "shift", "labels": 4, "chance": 0.25, "testImages": 1500, "trainingImages": 1000], ["name": 3],
      ]
    ]
    #expect(TransferSummary.KnownTask.read(facts: json).map(\.name) == ["shift"])
    #expect(TransferSummary.KnownTask.read(facts: nil).isEmpty)
  }

  @Test func onThePublishedResultsOpenImagesIsFirst() {
    // SELECT's released VTAB accuracies of the models trained on IN1000, LA1000 and OI1000.
    let published: [String: [Double]] = [
      "caltech256": [0.4292, 0.4409, 0.4472], "svhn": [0.6875, 0.7194, 0.8834], "dtd": [0.4761, 0.4543, 0.3968],
      "eurosat": [0.9572, 0.9528, 0.9637], "flowers102": [0.3672, 0.3867, 0.3708],
      "country211": [0.0111, 0.0091, 0.0161],
      "fgvcaircraft": [0.0744, 0.0690, 0.1029], "gtsrb": [0.8506, 0.8180, 0.9337],
      "renderedsst2": [0.5382, 0.5200, 0.5360],
      "lfwpeople": [0, 0, 0], "sun397": [0.1368, 0.1492, 0.1998],
    ]
    let trials = (0..<3).map { model in
      Dictionary(uniqueKeysWithValues: published.map { ("transfer.\($0.key)", $0.value[model]) })
    }
    let summary = TransferSummary(trials: trials)
    #expect(summary.dropped == ["lfwpeople": .constant] && summary.tasks.count == 10)
    let means = trials.compactMap { summary.mean(of: $0) }
    #expect(means[2] > means[0] && means[2] > means[1] && abs(means[2] - 0.48504) < 1e-5)
  }
}
