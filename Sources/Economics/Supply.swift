/// Where a pool's images and labels come from, as far as it costs money.
package struct Supply: Hashable, Sendable {
  /// What getting one image takes, one unit each.
  package let obtain: [PriceItem]
  /// What labelling one image takes; nil when labels come with the images for nothing.
  package let label: PriceItem?

  package init(obtain: [PriceItem], label: PriceItem?) {
    self.obtain = obtain
    self.label = label
  }

  /// Every item whose price can matter.
  package var items: [PriceItem] { obtain + (label.map { [$0] } ?? []) + [.score, .train, .store] }
}
