package import Core

extension PartFacts {
  /// Reads the facts of a part as release 1 stored them: an object of any members, some of them English sentences, which are
  /// kept as such.
  package init(release1 json: JSONValue) {
    let members = json.members ?? [:]
    func sentences(_ keys: [String]) -> [Remark] { keys.compactMap { members[$0]?.text.map(Remark.init(sentence:)) } }
    let truth = members["trueLabel"]?.text
    self.init(
      count: members["count"]?.int, classCounts: members["classCounts"]?.elements?.compactMap(\.int) ?? [],
      classNames: members["classNames"]?.elements?.compactMap(\.text) ?? [], licence: members["licence"]?.text,
      labelOrigin: members["labelOrigin"]?.text.map(Remark.init(sentence:)),
      labelNoise: truth == nil ? members["labelNoise"]?.double : nil,
      noneOfTheClasses: members["noneOfTheClasses"]?.double,
      uncheckedTruth: truth.map { Remark(sentence: "true label: \($0)") },
      statements: sentences(Self.statementKeys),
      notes: sentences(members.keys.filter { !Self.otherKeys.contains($0) }.sorted()),
      others: members.filter { !Self.otherKeys.contains($0.key) }.compactMapValues(\.double),
      transferTasks: TransferSummary.KnownTask.read(facts: json))
  }

  /// Members that are sentences for the reader.
  private static let statementKeys = ["channel", "generator", "statement"]
  /// Members with a place of their own.
  private static let otherKeys = Set(
    statementKeys + [
      "count", "classCounts", "classNames", "licence", "labelOrigin", "labelNoise", "noneOfTheClasses", "trueLabel",
      "transferTasks",
    ])
}
