import Core
import Sweeps
import Testing

@Suite struct TrainingSettingsTests {
  private func read(_ json: JSONValue) throws -> TrainingSettings {
    try TrainingSettings(json: json, place: "training")
  }

  /// The names of tasks are digests of this: what release 1 could say must be said as release 1 said it.
  @Test func settingsOfReleaseOneAreWrittenAsThen() throws {
    var settings = TrainingSettings()
    settings.steps = 600
    #expect(
      settings.json.canonicalText
        == #"{"batch":128,"epochs":20,"labelSmoothing":0,"learningRate":0.05,"momentum":0.9,"steps":600,"warmupSteps":0,"#
        + #""weightDecay":0.0005}"#)
    #expect(try read(["milestones": [0.3], "augmentation": [:]]).json == TrainingSettings().json)
  }

  @Test func whatIsWrittenIsReadAgain() throws {
    let settings = try read([
      "optimizer": "adamw", "schedule": "step", "milestones": [0.3, 0.6], "factor": 0.2, "warmupShare": 0.05,
      "averaging": 0.99,
      "augmentation": [
        "flip": true, "crop": 4, "reflect": true, "resizedCrop": 0.1, "jitter": 0.4, "erasing": 0.25, "mixup": 0.2,
        "cutmix": 1,
      ],
    ])
    #expect(settings.optimizer == .adamW && settings.milestones == [0.3, 0.6] && settings.augmentation.cutmix == 1)
    #expect(try read(settings.json) == settings)
  }

  @Test func presetsAreTheirValuesAndOtherKeysOverride() throws {
    let select = try read(["preset": "select", "epochs": 5, "augmentation": ["mixup": 0.5]])
    #expect((select.epochs, select.batch, select.learningRate) == (5, 192, 0.5))
    #expect((select.augmentation.mixup, select.augmentation.cutmix, select.labelSmoothing) == (0.5, 1, 0.1))
    #expect(try read(select.json) == select)
    let deepCore = try read(["preset": "deepcore"])
    #expect(deepCore.optimizer == .nesterov && deepCore.augmentation.reflect && deepCore.epochs == 200)
    let written = deepCore.json.members ?? [:]
    #expect(written["preset"] == nil && written["optimizer"] == "sgd-nesterov")
  }

  @Test(
    arguments: [
      ["preset": "selct"], ["optimizer": "adam"], ["schedule": "linear"], ["milestones": []],
      ["milestones": [0.7, 0.3]],
      ["milestones": [1.5]], ["averaging": 1], ["warmupShare": 2], ["augmentation": ["mix": 1]],
      ["augmentation": ["crop": 33]], ["augmentation": 3],
    ] as [JSONValue]) func mistakesAreNamed(json: JSONValue)
  {
    #expect(throws: ConfigurationError.self) { try read(json) }
  }
}
