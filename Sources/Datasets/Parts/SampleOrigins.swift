import Core
package import Sweeps

/// What the samples of a pool say of themselves: under which licence each is, and whether it was generated.
package struct SampleOrigins: Hashable, Sendable {
  /// What one sample says; nil for nothing.
  package struct Statement: Hashable, Sendable {
    /// An SPDX expression.
    package let licence: String?
    package let isSynthetic: Bool?

    package init(licence: String? = nil, isSynthetic: Bool? = nil) {
      (self.licence, self.isSynthetic) = (licence, isSynthetic)
    }
  }

  /// The licences that occur, each once, in the order of their bytes.
  private let licences: [String]
  /// The place of each sample's licence in `licences`, −1 for none; nil where one licence is that of all.
  private let licenceNumbers: [Int32]?
  /// 1 for a synthetic sample, 0 for another one, −1 for one that does not say; nil where one word is said of all.
  private let synthetic: [Int32]?

  private init(licences: [String], licenceNumbers: [Int32]?, synthetic: [Int32]?) {
    (self.licences, self.licenceNumbers, self.synthetic) = (licences, licenceNumbers, synthetic)
  }

  /// - Parameters:
  ///   - statements: one a sample.
  ///   - licences: whether licences are among what samples say; `synthetic` likewise.
  init(_ statements: [Statement], licences hasLicences: Bool, synthetic hasSynthetic: Bool) {
    let names = Set(hasLicences ? statements.compactMap(\.licence) : []).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, Int32($0)) })
    self.init(
      licences: names, licenceNumbers: hasLicences ? statements.map { $0.licence.map { places[$0]! } ?? -1 } : nil,
      synthetic: hasSynthetic ? statements.map { $0.isSynthetic.map { $0 ? 1 : 0 } ?? -1 } : nil)
  }

  private var count: Int { licenceNumbers?.count ?? synthetic?.count ?? 0 }
  package var rows: Range<Int> { 0..<count }

  /// What the sample in row `index` says.
  package func statement(of index: Int) -> Statement {
    let number = licenceNumbers.map { Int($0[index]) } ?? -1
    let flag = synthetic.map { $0[index] } ?? -1
    return Statement(licence: number < 0 ? nil : licences[number], isSynthetic: flag < 0 ? nil : flag == 1)
  }

  package func selecting(_ rows: [Int]) -> SampleOrigins {
    SampleOrigins(
      licences: licences, licenceNumbers: licenceNumbers.map { numbers in rows.map { numbers[$0] } },
      synthetic: synthetic.map { flags in rows.map { flags[$0] } })
  }

  /// How many of the samples in `rows` say what.
  package func counts(of rows: some Sequence<Int>) -> OriginCounts {
    var (byLicence, bySynthetic): ([String?: Int], [Bool?: Int]) = ([:], [:])
    for row in rows {
      let statement = statement(of: row)
      byLicence[statement.licence, default: 0] += 1
      bySynthetic[statement.isSynthetic, default: 0] += 1
    }
    return OriginCounts(
      licences: licenceNumbers == nil ? nil : byLicence, synthetic: synthetic == nil ? nil : bySynthetic)
  }

  /// Of all samples.
  package var counts: OriginCounts { counts(of: rows) }

  /// Those of several blocks, one after the other; nil where one says nothing.
  static func joined(_ all: [SampleOrigins?]) -> SampleOrigins? {
    let known = all.compactMap(\.self)
    guard known.count == all.count, let first = known.first else { return nil }
    return SampleOrigins(
      known.flatMap { origins in origins.rows.map(origins.statement(of:)) },
      licences: first.licenceNumbers != nil, synthetic: first.synthetic != nil)
  }

  // MARK: Objects

  /// The objects of a stored pool that ``init(poolObjects:)`` reads.
  package static let neededObjects: Set<String> = [licenceObject, syntheticObject, "description"]
  private static let licenceObject = "sampleLicences"
  private static let syntheticObject = "sampleSynthetic"

  /// One number a sample each.
  var objects: [String: [UInt8]] {
    var objects: [String: [UInt8]] = [:]
    objects[Self.licenceObject] = licenceNumbers?.object
    objects[Self.syntheticObject] = synthetic?.object
    return objects
  }

  /// What the description beside ``objects`` has to say under ``descriptionKey``; nil for nothing.
  var description: JSONValue? { licenceNumbers == nil ? nil : .array(licences.map { .string($0) }) }
  static let descriptionKey = "sampleLicences"

  /// Reads what a stored pool says of its samples; nil where it says nothing of single ones. Throws a ``DatasetError``.
  package init?(poolObjects objects: [String: [UInt8]]) throws {
    let stored = StoredObjects(owner: "pool", objects: objects)
    guard let name = [Self.licenceObject, Self.syntheticObject].first(where: stored.holds) else { return nil }
    try self.init(
      stored, count: try stored.array(name, rank: 1).shape[0], description: try stored.description("description"))
  }

  /// Reads ``objects``; nil where there are none. Throws a ``DatasetError``.
  init?(_ stored: StoredObjects, count: Int, description: StoredObjects.Description) throws {
    let (hasLicences, hasSynthetic) = (stored.holds(Self.licenceObject), stored.holds(Self.syntheticObject))
    guard hasLicences || hasSynthetic else { return nil }
    let names = hasLicences ? try description.texts(Self.descriptionKey) : []
    self.init(
      licences: names,
      licenceNumbers: hasLicences
        ? try stored.labels(Self.licenceObject, count: count, from: -1, below: names.count) : nil,
      synthetic: hasSynthetic ? try stored.labels(Self.syntheticObject, count: count, from: -1, below: 2) : nil)
  }
}
