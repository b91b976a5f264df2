import Results
import Sweeps

extension ReportInput {
  /// The facts of every part: the sweep's shifts in its order, then the others by name.
  var parts: [(name: String, facts: PartFacts)] {
    let shifts = sweep.shifts.filter { poolFacts[$0] != nil }
    let rest = poolFacts.keys.filter { !shifts.contains($0) }.sorted()
    return (shifts + rest).map { ($0, poolFacts[$0]!) }
  }

  /// The names of the classes, when some part says them.
  var classNames: [String] { parts.first { !$0.facts.classNames.isEmpty }?.facts.classNames ?? [] }

  /// Pools whose labels nobody has checked: a noise of 0 there is no finding.
  var uncheckedShifts: Set<String> { Set(parts.filter { $0.facts.uncheckedTruth != nil }.map(\.name)) }

  /// What a reader must see, each once, with the pools of the sweep that say it, in the order of the parts.
  var statements: [(parts: [String], remark: Remark)] {
    var found: [(parts: [String], remark: Remark)] = []
    for (name, facts) in parts where sweep.shifts.contains(name) {
      for remark in facts.statements + [facts.uncheckedTruth].compactMap(\.self) {
        if let known = found.firstIndex(where: { $0.remark == remark }) {
          found[known].parts.append(name)
        } else {
          found.append(([name], remark))
        }
      }
    }
    return found
  }

  /// Words of every remark in this report.
  var remarkWords: RemarkWords { RemarkWords(of: words) }
}
