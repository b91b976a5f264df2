/// Shares a number of picks equally among classes.
package enum ClassBalance {
  /// How many to take from each class: equally many from each as far as it has members, and what does not divide one by
  /// one from the classes that still have some, in the order in which they first appear in `labels`.
  ///
  /// - Parameters:
  ///   - labels: 0..<classCount each.
  ///   - count: at most the number of labels.
  package static func quotas(_ count: Int, labels: [Int32], classCount: Int) -> [Int] {
    var available = [Int](repeating: 0, count: classCount)
    for label in labels { available[Int(label)] += 1 }
    var level = 0
    while available.reduce(0, { $0 + min($1, level + 1) }) <= count, level < labels.count { level += 1 }
    var quotas = available.map { min($0, level) }
    var rest = count - quotas.reduce(0, +)
    for label in labels.map({ Int($0) }) where rest > 0 && quotas[label] == level && available[label] > level {
      quotas[label] += 1
      rest -= 1
    }
    return quotas
  }

  /// Chooses within each class and deals the picks out in turn: every class's first, then every class's second, and so on.
  ///
  /// - Parameter choose: takes a class's positions, ascending, and how many of them to choose; answers which of them, in
  ///   order of choice, as positions in that list.
  /// - Returns: positions in `labels`.
  package static func select(
    _ count: Int, labels: [Int32], classCount: Int, choose: (_ members: [Int], _ quota: Int) throws -> [Int]
  ) rethrows -> [Int] {
    try selection(count, labels: labels, classCount: classCount) { members, quota, _ in
      Selection(try choose(members, quota))
    }.positions
  }

  /// The same for choices with gains or corrected labels.
  ///
  /// - Parameter choose: also takes the share of all labels that was chosen among before, and that after this class.
  static func selection(
    _ count: Int, labels: [Int32], classCount: Int,
    choose: (_ members: [Int], _ quota: Int, _ part: (from: Double, to: Double)) throws -> Selection
  ) rethrows -> Selection {
    let quotas = quotas(count, labels: labels, classCount: classCount)
    let members = members(labels, classCount: classCount)
    var done = 0
    return Selection.dealt(
      try quotas.indices.filter { quotas[$0] > 0 }.map { label in
        let (own, before) = (members[label], done)
        done += own.count
        let part = (from: Double(before) / Double(labels.count), to: Double(done) / Double(labels.count))
        return try choose(own, quotas[label], part).among(own)
      })
  }

  /// The positions of each class, ascending.
  static func members(_ labels: [Int32], classCount: Int) -> [[Int]] {
    var members = [[Int]](repeating: [], count: classCount)
    for (position, label) in labels.enumerated() { members[Int(label)].append(position) }
    return members
  }
}
