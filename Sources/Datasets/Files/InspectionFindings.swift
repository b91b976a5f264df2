import Core

extension DatasetInspection {
  /// What keeps the data set from being used as it is, in sentences; empty when all is well.
  package var problems: [String] {
    sources.flatMap { source -> [String] in
      let survey = source.survey
      var problems: [String] = []
      if !source.unknown.isEmpty {
        let listed = source.unknown.prefix(12).map { "“\($0.label.prefix(60))” (\($0.count))" }.joined(separator: ", ")
        let more = source.unknown.count > 12 ? " and \(source.unknown.count - 12) more" : ""
        problems.append(
          "\(source.name): \(source.unknown.count) labels are no classes: \(listed)\(more); map them with \"classMap\", or say "
            + "\"others\": \"leave-out\"")
      }
      if survey.unlabelled > 0, source.name != NamedSource.target.rawValue {
        problems.append("\(source.name): \(survey.unlabelled) samples have no label")
      }
      let share = Double(survey.damaged) / Double(max(1, survey.damaged + survey.samples))
      if share > manifest.damagedShare {
        problems.append(
          "\(source.name): \(survey.damaged) of \(survey.damaged + survey.samples) files are damaged, more than the share of "
            + "\(manifest.damagedShare) that \"damagedShare\" allows; the first: \(survey.examples.first ?? "")")
      }
      if isField(source) {
        for (set, count) in source.leaks.sorted(by: { $0.key < $1.key }) {
          problems.append(
            "\(source.name): \(count) samples have the same pixels as one of the \(set) set; what is taken in the field must be "
              + "other pictures than those that measure or guide it")
        }
      }
      if survey.samples == 0 { problems.append("\(source.name): it holds no sample that can be read") }
      return problems
    }
  }

  /// What a person should know although the data set can be used.
  package var warnings: [String] {
    manifest.partialPaths.map {
      "\($0): the Hub's own conversion to Parquet, which ends after about 5 GB; take the data set's own files"
    }
      + sources.flatMap { source in
        (missingClasses(source) + damage(source) + duplicates(source) + nearDuplicates(source)).map {
          "\(source.name): \($0)"
        }
      }
  }

  private func isField(_ source: Source) -> Bool {
    manifest.pools.contains { $0.isField && $0.name == source.name }
  }

  private func missingClasses(_ source: Source) -> [String] {
    let missing = source.classNames.indices.filter { source.classCounts[$0] == 0 }
    let isLabelled = source.name != NamedSource.target.rawValue && source.survey.unlabelled == 0
    guard isLabelled, !missing.isEmpty, missing.count < source.classNames.count else { return [] }
    let names = missing.prefix(8).map { source.classNames[$0] }.joined(separator: ", ")
    return ["no sample of \(missing.count) classes: \(names)\(missing.count > 8 ? ", …" : "")"]
  }

  private func damage(_ source: Source) -> [String] {
    guard source.survey.damaged > 0 else { return [] }
    return [
      "\(source.survey.damaged) damaged files are left out; the first: \(source.survey.examples.first ?? "")"
    ]
  }

  private func duplicates(_ source: Source) -> [String] {
    let own = source.duplicates > 0 ? ["\(source.duplicates) samples have the same pixels as another one of it"] : []
    // Of a pool taken in the field they are a problem.
    guard !isField(source) else { return own }
    return own
      + source.leaks.sorted { $0.key < $1.key }.map { set, count in
        "\(count) samples have the same pixels as one of the \(set) set: what is bought there leaks"
      }
  }

  private func nearDuplicates(_ source: Source) -> [String] {
    guard let near = near[source.name] else { return [] }
    let chance = near.chance.map { ", where \(($0 * 1_000).rounded() / 10) % of different test samples are too" } ?? ""
    let above = "(cosine above \((near.threshold * 10_000).rounded() / 10_000)\(chance))"
    let own = near.within > 0 ? ["\(near.within) samples are nearly the same as another one of it \(above)"] : []
    return own
      + near.leaks.sorted { $0.key < $1.key }.map { set, count in
        "\(count) more samples are nearly the same as one of the \(set) set \(above); look at them before you trust "
          + "accuracies"
      }
  }
}
