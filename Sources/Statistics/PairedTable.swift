/// One measured value: which subject (a strategy), in which stratum (a shift), on which unit of it (a seed).
package struct Observation: Hashable, Sendable {
  package let subject: String
  package let stratum: String
  package let unit: String
  package let value: Double

  package init(subject: String, stratum: String, unit: String, value: Double) {
    self.subject = subject
    self.stratum = stratum
    self.unit = unit
    self.value = value
  }
}

/// The values of several subjects on the same units, lined up for paired comparison.
package struct PairedTable: Hashable, Sendable {
  /// In the order asked for.
  package let subjects: [String]
  /// The stratum number of each unit that every subject has.
  package let strata: [Int]
  /// One row a subject, one value a unit.
  package let values: [[Double]]
  /// Units that some subject lacks; they are left out.
  package let droppedUnits: Int

  /// Keeps the units on which every one of `subjects` has a finite value; units are sorted by stratum, then unit. Of several
  /// observations of one subject on one unit the last counts.
  package init(_ observations: [Observation], subjects: [String]) {
    struct Unit: Hashable {
      let stratum: String
      let unit: String
    }
    var found: [Unit: [String: Double]] = [:]
    let wanted = Set(subjects)
    for observation in observations where wanted.contains(observation.subject) && observation.value.isFinite {
      found[Unit(stratum: observation.stratum, unit: observation.unit), default: [:]][observation.subject] =
        observation.value
    }
    let complete = found.filter { entry in subjects.allSatisfy { entry.value[$0] != nil } }
    let units = complete.keys.sorted { ($0.stratum, $0.unit) < ($1.stratum, $1.unit) }
    let names = Set(units.map(\.stratum)).sorted()
    self.subjects = subjects
    strata = units.map { names.firstIndex(of: $0.stratum)! }
    values = subjects.map { subject in units.map { complete[$0]![subject]! } }
    droppedUnits = found.count - complete.count
  }

  /// `subject` − `reference`, unit by unit.
  package func differences(_ subject: Int, minus reference: Int) -> [Double] {
    zip(values[subject], values[reference]).map { $0 - $1 }
  }
}
