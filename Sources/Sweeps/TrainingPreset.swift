/// Recipes that others published, by name.
package enum TrainingPreset: String, CaseIterable, Sendable {
  /// SELECT's for ResNet-50 (Feuer et al. 2024, the configuration files of their repository): 50 epochs, to be used with
  /// `equal-epochs`. Their data loader's defaults of cropping, mirroring and colours are those of timm.
  case select
  /// DeepCore's for ResNet-18 on CIFAR-10 (Guo et al. 2022, `main.py` of their repository; the batch of 128 is that of the paper):
  /// 200 epochs.
  case deepCore = "deepcore"

  var settings: TrainingSettings {
    var settings = TrainingSettings()
    switch self {
    case .select:
      (settings.epochs, settings.batch, settings.learningRate, settings.weightDecay) = (50, 192, 0.5, 2e-5)
      (settings.warmupShare, settings.labelSmoothing) = (0.1, 0.1)
      (settings.augmentation.mixup, settings.augmentation.cutmix) = (0.2, 1)
      (settings.augmentation.flip, settings.augmentation.resizedCrop) = (true, 0.08)
      settings.augmentation.jitter = 0.4
    case .deepCore:
      (settings.epochs, settings.batch, settings.learningRate, settings.weightDecay) = (200, 128, 0.1, 5e-4)
      settings.optimizer = .nesterov
      (settings.augmentation.flip, settings.augmentation.crop, settings.augmentation.reflect) = (true, 4, true)
    }
    return settings
  }
}
