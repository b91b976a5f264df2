import Economics

extension Terms {
  /// What the shift's suppliers ask of a strategy that looks at candidates as `looking` says.
  func offer(for looking: Looking, keep: Share = .all, isFilter: Bool = false) -> Offer {
    var once: [Ledger.Purpose: [PriceItem: Int]] = [:]
    if let pictures = looking.targetPictures, !isTargetPaid { once[.selection] = [.photograph: pictures] }
    // What nobody has to set up costs nothing, and is no part of a task.
    if !isSetUp, let setup = prices[.setup], setup.unit > .zero { once[.purchase] = [.setup: 1] }
    return Offer(
      prices: prices, once: once, look: rates(of: looking.charges), buy: rates(of: looking.purchaseCharges), keep: keep,
      isFilter: isFilter, experts: looking.expertShare)
  }

  private func rates(of charges: [Charge]) -> [PriceItem: Rate] {
    charges.reduce(into: [:]) { $0.merge(rates(of: $1)) { first, _ in first } }
  }

  private func rates(of charge: Charge) -> [PriceItem: Rate] {
    switch charge {
    case .seeing: supply.seeing
    case .keeping: supply.keeping
    case .obtaining: supply.obtaining
    case .labelling: supply.label.map { [$0: Rate(Double(crowdVotes))] } ?? [:]
    case .passes(let count): [.score: Rate(Double(count))]
    case .epochs(let count): [.train: Rate(Double(count))]
    case .storing: [.store: .one]
    }
  }
}
