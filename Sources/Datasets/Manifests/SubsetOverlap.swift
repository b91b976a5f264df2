/// How much subsets have in common.
package enum SubsetOverlap {
  /// Jaccard's index: the share of members that both have among those that either has; 1 for two empty sets.
  package static func jaccard<Member: Hashable>(_ left: Set<Member>, _ right: Set<Member>) -> Double {
    let common = left.intersection(right).count
    let all = left.count + right.count - common
    return all == 0 ? 1 : Double(common) / Double(all)
  }
}
