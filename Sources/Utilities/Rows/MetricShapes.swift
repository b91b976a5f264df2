import Core
import Sweeps

/// English, Japanese.
typealias Spoken = (String, String)

/// The shapes that metrics come in.
extension Metric {
  /// A share from 0 to 1.
  static func share(
    _ name: String, _ title: Spoken, _ meaning: Spoken, _ direction: Direction, _ group: Group,
    isHeadline: Bool = false, criterion: Criterion? = nil, role: Role? = nil, thing: Words? = nil
  ) -> Metric {
    Metric(
      name, Words(title), Words(meaning), unit: .fraction, direction, group, isHeadline: isHeadline,
      criterion: criterion, role: role, thing: thing)
  }

  /// The accuracy on either half of a set: what a choice by the one half is worth on the other. `thing` keeps them out of the
  /// tables of single metrics.
  static func halves(_ name: String, _ set: Spoken, _ group: Group) -> [Metric] {
    [("First half", "first half", "前半"), ("Second half", "second half", "後半")].enumerated().map { place, half in
      .share(
        "\(name).half-\(place + 1)", (half.0, half.2),
        ("top-1 accuracy on the \(half.1) of \(set.0)", "\(set.1)の\(half.2)での正解率"), .higherIsBetter, group,
        thing: Words(english: half.1, japanese: half.2))
    }
  }

  /// A number without a unit.
  static func score(
    _ name: String, _ title: Spoken, _ meaning: Spoken, _ direction: Direction, _ group: Group,
    origin: Origin = .measured, role: Role? = nil
  ) -> Metric {
    Metric(name, Words(title), Words(meaning), unit: .score, direction, group, origin: origin, role: role)
  }

  static func count(
    _ name: String, _ title: Spoken, _ meaning: Spoken, _ direction: Direction, _ group: Group
  ) -> Metric {
    Metric(name, Words(title), Words(meaning), unit: .count, direction, group)
  }

  /// An amount of money that was spent.
  static func amount(_ name: String, _ title: Spoken, _ meaning: Spoken) -> Metric {
    Metric(name, Words(title), Words(meaning), unit: .currency, .lowerIsBetter, .cost)
  }
}

extension Words {
  init(_ spoken: Spoken) { self.init(english: spoken.0, japanese: spoken.1) }
}
