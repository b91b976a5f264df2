package import Economics
package import Sweeps

/// Numbers as people read them: sensible digits, a true minus sign, thousands apart, "–" for what is missing.
package enum Numbers {
  package static let missing = "–"
  private static let minus = "−"
  private static let space = "\u{A0}"

  /// `value` with a fixed number of decimals; halves away from zero.
  package static func decimal(_ value: Double?, _ decimals: Int, signed: Bool = false) -> String {
    guard let value, value.isFinite, abs(value) < 1e12 else { return missing }
    let scale = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
    let units = Int64((abs(value) * scale).rounded())
    let isNegative = value < 0 && units > 0
    let sign = isNegative ? minus : (signed ? (units == 0 ? "±" : "+") : "")
    let whole = grouped(units / Int64(scale))
    guard decimals > 0 else { return sign + whole }
    let fraction = String(units % Int64(scale))
    return "\(sign)\(whole).\(String(repeating: "0", count: decimals - fraction.count))\(fraction)"
  }

  /// A share from 0 to 1 as percent with one decimal, for example `87.3 %`.
  package static func percent(_ share: Double?) -> String {
    guard let share, share.isFinite else { return missing }
    return decimal(share * 100, 1) + space + "%"
  }

  /// The percentage without its sign, for the cells of a table whose caption says percent.
  package static func percentage(_ share: Double?) -> String { decimal(share.map { $0 * 100 }, 1) }

  /// A difference of two shares in percentage points with its sign, for example `+1.3`.
  /// A second decimal where one would hide the sign.
  package static func points(_ difference: Double?) -> String {
    let points = difference.map { $0 * 100 }
    return decimal(points, points.map { $0 != 0 && abs($0) < 0.05 } == true ? 2 : 1, signed: true)
  }

  /// A whole number with thousands apart.
  package static func count(_ value: Int) -> String { (value < 0 ? minus : "") + grouped(Int64(abs(value))) }

  /// About three significant digits, more before the decimal point.
  package static func score(_ value: Double?, signed: Bool = false) -> String {
    guard let value, value.isFinite else { return missing }
    let decimals =
      switch abs(value) {
      case 100...: 0
      case 10...: 1
      case 1...: 2
      default: 3
      }
    return decimal(value, decimals, signed: signed)
  }

  /// An amount with at least two decimals, as many as it needs up to six.
  package static func money(_ amount: Money) -> String {
    let text = amount.description
    return text.hasPrefix("-") ? minus + text.dropFirst() : text
  }

  /// A mean of amounts, two decimals.
  package static func amount(_ value: Double?) -> String { decimal(value, 2) }

  /// What one image costs: about three significant digits.
  package static func price(_ value: Double) -> String { value < 0.02 ? decimal(value, 5) : score(value) }

  /// A value of `metric`, with its unit unless `bare`.
  package static func value(_ value: Double?, of metric: Metric, bare: Bool = false) -> String {
    switch metric.unit {
    case .fraction: bare ? percentage(value) : percent(value)
    case .count: value.map { $0 == $0.rounded() } == true ? decimal(value, 0) : decimal(value, 1)
    case .score: score(value)
    case .currency: amount(value)
    }
  }

  /// A difference of two values of `metric`, signed, without a unit.
  package static func difference(_ value: Double?, of metric: Metric) -> String {
    switch metric.unit {
    case .fraction: points(value)
    case .count: decimal(value, 1, signed: true)
    case .score: score(value, signed: true)
    case .currency: decimal(value, 2, signed: true)
    }
  }

  /// A probability as percent, never claimed to be certain: `> 99.9 %` and `< 0.1 %` at the ends.
  package static func chance(_ share: Double?) -> String {
    guard let share, share.isFinite else { return missing }
    if share > 0.999 { return ">\(space)99.9\(space)%" }
    if share < 0.001 { return "<\(space)0.1\(space)%" }
    return percent(share)
  }

  /// Names in a sentence: `a`, `a and b`, `a, b and c`.
  package static func list(_ names: [String]) -> String {
    guard names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
  }

  /// `1 seed`, `3 seeds`; `plural` when an s is not enough.
  package static func counted(_ count: Int, _ noun: String, _ plural: String = "") -> String {
    "\(Self.count(count)) \(count == 1 ? noun : (plural.isEmpty ? noun + "s" : plural))"
  }

  private static func grouped(_ value: Int64) -> String {
    let digits = String(value)
    var output = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { output += "," }
      output.append(digit)
    }
    return output
  }
}
