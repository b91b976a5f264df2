/// What can be bought, each with its own unit.
package enum PriceItem: String, CaseIterable, Sendable, Hashable {
  /// Per candidate looked at where images are bought: a preview.
  case look
  /// Per image bought: a licence.
  case acquire
  /// Per picture taken where the classifier will work.
  case photograph
  /// Per image labelled by an expert.
  case labelExpert = "label.expert"
  /// Per vote of one crowd annotator on one image.
  case labelCrowd = "label.crowd"
  /// Per image returned by a retrieval query.
  case retrieve
  /// Per generated image.
  case generate
  /// Per labelled picture of the reference pool that others are found or made by.
  case reference
  /// Per image per forward pass of any model used in order to select.
  case score
  /// Per image per epoch of any model trained in order to select.
  case train
  /// Per image kept.
  case store
  /// Once for each trial that uses the pool: what it needs before its first image.
  case setup

  /// What one unit is, for tables.
  package var unit: String {
    switch self {
    case .look: "candidate"
    case .acquire, .photograph, .labelExpert, .generate, .store: "image"
    case .labelCrowd: "vote"
    case .retrieve: "query result"
    case .reference: "reference picture"
    case .score: "image and pass"
    case .train: "image and epoch"
    case .setup: "trial"
    }
  }

  /// Whether it must be paid before anybody sees the image.
  var comesBeforeLooking: Bool {
    switch self {
    case .photograph, .retrieve, .generate: true
    case .look, .acquire, .labelExpert, .labelCrowd, .reference, .score, .train, .store, .setup: false
    }
  }
}
