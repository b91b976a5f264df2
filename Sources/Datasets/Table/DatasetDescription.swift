package import Core
package import Economics
package import Samples
package import Sweeps

/// What a part of a data set is for. A part may have several roles.
package enum PartRole: String, CaseIterable, Sendable, Hashable {
  /// A candidate pool: what a sweep calls a shift.
  case pool
  /// The pool that distances refer to and that validation images are bought from.
  case reference
  /// A pool of samples taken where the classifier will work: in the class mix and with the camera of the deployment, and none
  /// of its target sample or its test.
  case field
  /// Labelled samples to tune choices on.
  case validation
  /// The base test set, with its corrupted forms and downstream tasks.
  case evaluation
  /// A further labelled set that every trial is measured on.
  case shifted
  /// A further labelled set that networks are adapted to.
  case transfer
  /// An unlabelled sample of the deployment distribution, which strategies may use.
  case target
  /// A labelled sample of the deployment distribution, which nothing but measuring may use.
  case deployment
  /// The fixed representation.
  case representation
  /// Made only for the making of other parts.
  case intermediate
}

/// A part of a data set: what one task builds.
package struct PartDescription: Hashable, Sendable {
  package let name: String
  package let roles: Set<PartRole>
  /// The parts that it is built from.
  package let inputs: [String]
  /// The raw files that it reads, by the name it knows them under: what ``Dataset/files`` calls them.
  package let files: [String: String]
  /// Every option that its content depends on, and nothing else.
  package let parameters: JSONValue
  /// Grows with every change of what is built from the same inputs.
  package let version: Int

  package init(
    name: String, roles: Set<PartRole>, inputs: [String] = [], files: [String: String] = [:],
    parameters: JSONValue = [:], version: Int
  ) {
    self.name = name
    self.roles = roles
    self.inputs = inputs
    self.files = files
    self.parameters = parameters
    self.version = version
  }
}

/// A way of collecting: a pool that strategies choose from.
package struct PoolDescription: Hashable, Sendable {
  /// The name of its part, and of the shift.
  package let name: String
  /// What its images and labels cost.
  package let supply: Supply
  /// Illustrative prices that differ from the general ones.
  package let prices: [PriceItem: Price]
  /// Votes per image where labels are voted on; each is paid for.
  package let votes: Int
  /// Where its samples are from.
  package let provenance: Provenance
  /// What it holds, in a sentence: «take images that experts label».
  package let words: Words

  package init(
    name: String, supply: Supply, prices: [PriceItem: Price] = [:], votes: Int = 1, provenance: Provenance,
    words: Words
  ) {
    self.name = name
    self.supply = supply
    self.prices = prices
    self.votes = votes
    self.provenance = provenance
    self.words = words
  }
}

/// Something that belongs to a data set and has a metric of its own: a kind of corruption, a downstream task, a further set.
package struct MeasuredThing: Hashable, Sendable {
  /// Part of the metric's name: `fog`, `rotation`.
  package let name: String
  /// A few words for the head of a table.
  package let title: Words
  /// What is asked of a network: «telling by which quarter turn an image is rotated».
  package let meaning: Words

  package init(name: String, title: Words, meaning: Words) {
    self.name = name
    self.title = title
    self.meaning = meaning
  }
}

/// How the labels of a further set relate to the classes.
package enum LabelMeaning: Hashable, Sendable {
  /// They are the classes.
  case classes
  /// They are some of the classes; the others cannot be answered (as for ImageNet-A).
  case mask([Int])
  /// They are coarser: for each class the label that it means, −1 for none (as for ObjectNet).
  case map([Int])
  /// They are those of another task, which the network is adapted to with a part of the samples.
  case task

  /// The role of a part that holds a set with such labels.
  package var role: PartRole { self == .task ? .transfer : .shifted }

  /// The name of the accuracy on the set `name` with such labels among a trial's metrics.
  package func metric(of name: String) -> String { self == .task ? "transfer.\(name)" : "set.\(name)" }
}

/// A further labelled set that every trial is measured on.
package struct SetDescription: Hashable, Sendable {
  package let name: String
  /// The part that holds it.
  package let part: String
  package let meaning: LabelMeaning

  package init(name: String, part: String, meaning: LabelMeaning) {
    self.name = name
    self.part = part
    self.meaning = meaning
  }

  /// The name of the accuracy on it among a trial's metrics.
  package var metric: String { meaning.metric(of: name) }
}

/// All that planner, ledger, report and lists know of a data set: classes, shapes, parts with their roles, and what is
/// measured on it. Nothing else in the program knows a data set by name.
package struct DatasetDescription: Hashable, Sendable {
  /// The kind's name.
  package let kind: String
  /// The classes; a label is a position in this list. 2 to 20,000, all different.
  package let classes: [String]
  package let shape: SampleShape
  /// Every part, each after its inputs.
  package let parts: [PartDescription]
  /// The pools, in the order in which reports show them.
  package let pools: [PoolDescription]
  /// Kinds of corruption that the part `evaluation` holds, each at severities 1…``severities``.
  package let corruptions: [MeasuredThing]
  package let severities: Int
  /// Downstream tasks that the part `evaluation` holds.
  package let transfer: [MeasuredThing]
  /// Further sets.
  package let sets: [SetDescription]
  /// What the codes of this kind's statements and label origins say.
  package let words: [Remark.Code: Words]

  package init(
    kind: String, classes: [String], shape: SampleShape, parts: [PartDescription], pools: [PoolDescription],
    corruptions: [MeasuredThing] = [], severities: Int = 0, transfer: [MeasuredThing] = [],
    sets: [SetDescription] = [], words: [Remark.Code: Words] = [:]
  ) {
    self.kind = kind
    self.classes = classes
    self.shape = shape
    self.parts = parts
    self.pools = pools
    self.corruptions = corruptions
    self.severities = severities
    self.transfer = transfer
    self.sets = sets
    self.words = words
  }

  package func part(_ name: String) -> PartDescription? { parts.first { $0.name == name } }
  package func pool(_ name: String) -> PoolDescription? { pools.first { $0.name == name } }
  /// The first part with a role; nil when no part has it.
  package func part(for role: PartRole) -> PartDescription? { parts.first { $0.roles.contains(role) } }
  package func set(_ name: String) -> SetDescription? { sets.first { $0.name == name } }

  /// Why results on `other` cannot stand beside those on this one in one sweep, in a sentence without its full stop; nil when they
  /// can.
  package func mismatch(with other: DatasetDescription) -> String? {
    let (mine, theirs) = (pools.map(\.name), other.pools.map(\.name))
    guard kind == other.kind else { return "one is of the kind \(kind), the other of \(other.kind)" }
    guard classes == other.classes else { return "their classes differ" }
    guard shape == other.shape else { return "one has samples of \(shape), the other of \(other.shape)" }
    guard mine == theirs else {
      return "one has the pools \(mine.joined(separator: ", ")), the other \(theirs.joined(separator: ", "))"
    }
    for (pool, there) in zip(pools, other.pools)
    where pool.supply != there.supply || pool.prices != there.prices || pool.votes != there.votes
      || pool.provenance.licence != there.provenance.licence
      || pool.provenance.hasSampleLicences != there.provenance.hasSampleLicences
    { return "the pool \(pool.name) is paid for, labelled or licensed otherwise" }
    let roles: [PartRole] = [.reference, .field, .validation, .evaluation, .target, .deployment, .representation]
    for role in roles where part(for: role)?.name != other.part(for: role)?.name {
      return "only one has a part for \(role.rawValue), or they call it differently"
    }
    guard corruptions == other.corruptions, severities == other.severities, transfer == other.transfer,
      sets == other.sets
    else { return "they are measured on different corruptions, tasks or further sets" }
    return nil
  }

  /// Where the samples of each pool are from, by its name.
  package var provenances: [String: Provenance] {
    Dictionary(pools.map { ($0.name, $0.provenance) }) { first, _ in first }
  }

  /// What each pool holds, in a sentence, by its name.
  package var poolWords: [String: Words] {
    Dictionary(pools.map { ($0.name, $0.words) }) { first, _ in first }
  }
}
