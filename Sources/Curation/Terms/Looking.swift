import Economics

/// What a strategy must know of each candidate before it chooses; all of it is paid for.
struct Looking: Hashable, Sendable {
  /// Whether the observed labels are needed.
  var labels = false
  /// Whether the fixed representation is needed: one forward pass.
  var features = false
  /// The proxy models to train and ask.
  var scorer: Scorer?
  /// Whether the images themselves are needed.
  var images = false
  /// Models that the strategy brings along.
  var ownModels = OwnModels()
  /// The share of the candidates that experts label anew.
  var expertShare: Share?
  /// How many pictures of the target sample are read; nil when none is. They are taken once, however many candidates there
  /// are.
  var targetPictures: Int?

  /// Buys unseen.
  static let atNothing = Looking()

  var isAtNothing: Bool { self == .atNothing }
  /// Forward passes per candidate of any model.
  var passes: Int { (features ? 1 : 0) + (scorer?.passes ?? 0) + ownModels.passes }
  /// Epochs of training per candidate of any model.
  var epochs: Int { (scorer?.epochs ?? 0) + ownModels.epochs }

  /// Work per candidate with models that are not ours.
  struct OwnModels: Hashable, Sendable {
    /// Forward passes.
    var passes = 0
    /// Epochs of training.
    var epochs = 0
  }
}
