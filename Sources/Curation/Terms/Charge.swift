import Economics

/// Something that is paid for one image, whatever the shift asks for it.
enum Charge: Hashable, Sendable {
  /// Seeing it: a preview where images are for sale, the image itself where it has to be found, made or taken first.
  case seeing
  /// Keeping an image that was seen: its licence.
  case keeping
  /// Getting it unseen.
  case obtaining
  /// The label that comes with it.
  case labelling
  /// Forward passes of models over it.
  case passes(Int)
  /// Epochs of training models on it.
  case epochs(Int)
  case storing

  /// For people; plural where it must be.
  var words: String {
    switch self {
    case .seeing: "a look"
    case .keeping, .obtaining: "the image"
    case .labelling: "its label"
    case .passes(let count): "\(count) forward \(count == 1 ? "pass" : "passes")"
    case .epochs(let count): "\(count) \(count == 1 ? "epoch" : "epochs") of training"
    case .storing: "storage"
    }
  }
}

extension Looking {
  /// What is paid for each candidate that is looked at: a look, its label where labels are needed, and the passes and epochs
  /// of models.
  var charges: [Charge] {
    guard !isAtNothing else { return [] }
    return [.seeing] + (labels ? [.labelling] : []) + (passes > 0 ? [.passes(passes)] : [])
      + (epochs > 0 ? [.epochs(epochs)] : [])
  }

  /// What is paid for each image that is bought: what looking has not paid.
  var purchaseCharges: [Charge] {
    [isAtNothing ? .obtaining : .keeping] + (labels ? [] : [.labelling]) + [.storing]
  }
}

extension ResolvedStrategy {
  /// What it pays, with these options, for each image that it looks at and for each that it buys, in words; nothing for
  /// looking where it buys unseen.
  package var costs: (looking: [String], buying: [String]) {
    let experts = looking.expertShare.map { ["an expert's label for \(Self.percent($0)) % of them"] } ?? []
    let target = looking.targetPictures.map { ["\($0) photographs of the target, once"] } ?? []
    return (looking.charges.map(\.words) + experts + target, looking.purchaseCharges.map(\.words))
  }

  private static func percent(_ share: Share) -> String {
    let tenths = share.millionths / 1_000
    return tenths.isMultiple(of: 10) ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}
