import Economics

/// What one strategy pays in one shift: per candidate that it looks at, and per looked-at candidate that it buys.
struct Tariff: Hashable, Sendable {
  /// So many units of an item for each image.
  struct Line: Hashable, Sendable {
    let item: PriceItem
    let units: Int
    let unitPrice: Money
  }

  let look: [Line]
  let buy: [Line]
  /// What experts ask for labelling one candidate anew.
  let expertPrice: Money

  var lookPrice: Money { Self.total(look) }
  var buyPrice: Money { Self.total(buy) }

  /// The shift's prices for what `looking` and buying take: ``Looking/charges``.
  init(for looking: Looking, in terms: Terms) {
    func line(_ item: PriceItem, _ units: Int = 1) -> Line {
      Line(item: item, units: units, unitPrice: terms.prices[item] ?? .zero)
    }
    func lines(_ charge: Charge) -> [Line] {
      switch charge {
      case .obtaining: terms.supply.obtain.map { line($0) }
      case .labelling: terms.supply.label.map { [line($0, terms.crowdVotes)] } ?? []
      case .passes(let count): [line(.score, count)]
      case .epochs(let count): [line(.train, count)]
      case .storing: [line(.store)]
      }
    }
    look = looking.charges.flatMap(lines)
    buy = looking.purchaseCharges.flatMap(lines)
    expertPrice = looking.expertShare == nil ? .zero : line(.labelExpert).unitPrice
  }

  /// The ledger of looking at `candidates` images, having experts label `expertLabels` of them anew, and buying
  /// `purchases` of them.
  func ledger(candidates: Int, expertLabels: Int, purchases: Int, budget: Money) -> Ledger {
    var ledger = Ledger(budget: budget)
    for line in look {
      ledger.charge(.selection, line.item, quantity: line.units * candidates, at: line.unitPrice)
    }
    ledger.charge(.selection, .labelExpert, quantity: expertLabels, at: expertPrice)
    for line in buy {
      ledger.charge(.purchase, line.item, quantity: line.units * purchases, at: line.unitPrice)
    }
    return ledger
  }

  private static func total(_ lines: [Line]) -> Money { lines.reduce(.zero) { $0 + $1.unitPrice * $1.units } }
}
