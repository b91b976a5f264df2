import Economics

extension Offer {
  /// One price for looking and one for buying, and that of an expert's label for a share of the candidates.
  init(
    look: Money, buy: Money, keep: Share, isFilter: Bool = false, experts: (price: Money, share: Share)? = nil
  ) {
    self.init(
      prices: [.look: Price(look), .acquire: Price(buy), .labelExpert: Price(experts?.price ?? .zero)],
      look: [.look: .one], buy: [.acquire: .one], keep: keep, isFilter: isFilter, experts: experts?.share)
  }
}
