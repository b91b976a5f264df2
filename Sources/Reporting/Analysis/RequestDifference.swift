package import Core
import Economics
import Sweeps

/// Something that two sweeps ask for differently.
package struct RequestDifference: Hashable, Sendable {
  /// The path in the sweep file, for example `prices.label.expert`.
  package let path: String
  /// What the first sweep says; nil when it says nothing.
  package let before: JSONValue?
  package let after: JSONValue?
  /// For lists: what only the first, and only the second, sweep has.
  package let removed: [JSONValue]
  package let added: [JSONValue]

  /// Everything but the name, in the order of the paths.
  static func all(_ before: Sweep, _ after: Sweep) -> [RequestDifference] {
    compare("", request(before), request(after))
  }

  /// The sweep's file with every price written out, so that an illustrative list can be compared with an own one.
  private static func request(_ sweep: Sweep) -> JSONValue {
    var members = sweep.json.members ?? [:]
    members["name"] = nil
    var prices: [String: JSONValue] = ["currency": .string(sweep.prices.currency)]
    for item in PriceItem.allCases { prices[item.rawValue] = (sweep.prices.prices[item] ?? .zero).json }
    for (shift, exceptions) in sweep.prices.exceptions {
      for (item, price) in exceptions { prices["\(item.rawValue) in \(shift)"] = price.json }
    }
    members["prices"] = .object(prices)
    return .object(members)
  }

  private static func compare(_ path: String, _ before: JSONValue?, _ after: JSONValue?) -> [RequestDifference] {
    guard before != after else { return [] }
    if let old = before?.members, let new = after?.members {
      return Set(old.keys).union(new.keys).sorted().flatMap { key in
        compare(path.isEmpty ? key : "\(path).\(key)", old[key], new[key])
      }
    }
    let (old, new) = (before?.elements ?? [], after?.elements ?? [])
    return [
      RequestDifference(
        path: path, before: before, after: after, removed: old.filter { !new.contains($0) },
        added: new.filter { !old.contains($0) })
    ]
  }
}
