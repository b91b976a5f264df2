import Core

/// The parts of a data set of files: blocks, which decode one file each, and what is put together of them.
struct FilesParts {
  /// One file of a source, decoded in a task of its own.
  struct Block {
    /// The part that the source belongs to: a pool's name, `test`, `deployment`, `target`, `set.NAME`.
    let owner: String
    let number: Int
    let source: ManifestSource
    /// What the labels in the source are called.
    let classes: [DatasetManifest.ClassName]
    let needsLabels: Bool
    let representation: ManifestRepresentation
    /// Whether its samples need features.
    let hasFeatures: Bool
    /// The pool that it belongs to; nil for other sources.
    let pool: ManifestPool?
    /// What its samples say of themselves; nil where they say nothing.
    let origins: OriginParameters?

    var name: String { BlockName(owner: owner, number: number).description }
    var dataFile: String { "\(name): data" }
    var labelFile: String { "\(name): labels" }
    var featureFile: String { "\(name): features" }
    var keyFile: String { "\(name): keys" }
    var licenceFile: String { "\(name): licences" }
    var syntheticFile: String { "\(name): synthetic" }

    /// How it gets features; nil where parts make them of samples.
    var features: FeatureParameters? {
      guard hasFeatures else { return nil }
      switch representation {
      case .builtIn: return nil
      case .file(let width):
        return FeatureParameters(width: width, member: source.features?.member, keyField: source.features?.keyField)
      case .program(_, let width, let seconds): return FeatureParameters(width: width, seconds: seconds)
      case .network(_, let width, let parameters): return FeatureParameters(width: width, network: parameters)
      }
    }
  }

  /// Grows with every change of what the parts hold.
  static let version = 1

  let manifest: DatasetManifest
  /// The licences that a sweep allows; empty for any.
  private let licences: [String]

  /// - Parameter licences: of the samples that may be used, where samples have licences of their own; empty for any.
  init(_ manifest: DatasetManifest, licences: [String] = []) { (self.manifest, self.licences) = (manifest, licences) }

  /// The name of the part that holds a further set.
  static func part(of set: ManifestSet) -> String { "set.\(set.name)" }

  private func blocks(
    _ owner: String, _ source: ManifestSource, classes: [DatasetManifest.ClassName]? = nil, needsLabels: Bool = true,
    hasFeatures: Bool = true, pool: ManifestPool? = nil
  ) -> [Block] {
    source.paths.indices.map {
      Block(
        owner: owner, number: $0, source: source, classes: classes ?? manifest.classes, needsLabels: needsLabels,
        representation: manifest.representation, hasFeatures: hasFeatures, pool: pool,
        origins: pool.flatMap { OriginParameters($0, allowed: licences) })
    }
  }

  private func blocks(of pool: ManifestPool) -> [Block] { blocks(pool.name, pool.source, pool: pool) }
  private var testBlocks: [Block] { blocks(NamedSource.test.rawValue, manifest.test) }
  private var deploymentBlocks: [Block] { manifest.deployment.map { blocks("deployment.test", $0) } ?? [] }
  private var targetBlocks: [Block] {
    manifest.target.map { blocks("deployment.target", $0, needsLabels: false) } ?? []
  }

  private func blocks(of set: ManifestSet) -> [Block] {
    let names = set.labelNames.map { DatasetManifest.ClassName(id: $0, name: $0) }
    return blocks(Self.part(of: set), set.source, classes: names.isEmpty ? nil : names, hasFeatures: false)
  }

  var blocks: [Block] {
    manifest.pools.flatMap(blocks(of:)) + testBlocks + deploymentBlocks + targetBlocks
      + manifest.sets.flatMap(blocks(of:))
  }

  /// Every part after its inputs.
  var descriptions: [PartDescription] {
    let representation = manifest.samples.isImage ? [Self.representation] : []
    var parts = blocks.map(description(of:))
    if manifest.samples.isImage {
      let reference = manifest.pools.first { $0.name == manifest.reference }!
      parts.append(
        part(
          Self.representation, [.representation], FilesPartKind.representation, of: blocks(of: reference),
          manifest.representation == .builtIn ? [:] : ["learns": false]))
    }
    for pool in manifest.pools {
      var roles: Set<PartRole> = pool.name == manifest.reference ? [.pool, .reference, .validation] : [.pool]
      if pool.isField { roles.insert(.field) }
      parts.append(part(pool.name, roles, .pool, of: blocks(of: pool), parameters(of: pool), after: representation))
    }
    parts.append(
      part(
        PartRole.evaluation.rawValue, [.evaluation], .evaluation, of: testBlocks,
        [
          "classes": .integer(Int64(manifest.classes.count)), "damagedShare": .number(manifest.damagedShare),
          "corruptionImages": .integer(Int64(manifest.corruptionImages)),
        ], after: representation))
    let places = deploymentBlocks + targetBlocks
    if !places.isEmpty {
      var roles: Set<PartRole> = []
      if manifest.deployment != nil { roles.insert(.deployment) }
      if manifest.target != nil { roles.insert(.target) }
      parts.append(
        part(
          PartRole.deployment.rawValue, roles, .deployment, of: places,
          ["classes": .integer(Int64(manifest.classes.count)), "damagedShare": .number(manifest.damagedShare)],
          after: representation))
    }
    for set in manifest.sets {
      parts.append(
        part(
          Self.part(of: set), [set.meaning.role], .set, of: blocks(of: set),
          ["damagedShare": .number(manifest.damagedShare)]))
    }
    return parts
  }

  static let representation = "representation"
  /// What the files of the representation's program and network are called.
  static let program = "representation: program"
  static let network = "representation: network"

  private func description(of block: Block) -> PartDescription {
    var files = [BlockParameters.data: block.dataFile]
    if block.number < block.source.labelPaths.count { files[BlockParameters.labels] = block.labelFile }
    if block.features?.seconds != nil { files[BlockParameters.program] = Self.program }
    if block.features?.network != nil { files[BlockParameters.network] = Self.network }
    if block.features?.areGiven == true {
      files[BlockParameters.features] = block.featureFile
      if !(block.source.features?.keyPaths.isEmpty ?? true) { files[BlockParameters.keys] = block.keyFile }
    }
    if !(block.pool?.licenceField?.paths.isEmpty ?? true) { files[BlockParameters.licences] = block.licenceFile }
    if !(block.pool?.syntheticField?.paths.isEmpty ?? true) { files[BlockParameters.synthetic] = block.syntheticFile }
    let parameters = BlockParameters(
      format: block.source.format, rule: manifest.samples, classes: block.classes, labelField: block.source.labelField,
      classMap: block.source.classMap,
      leavesOutOthers: block.source.leavesOutOthers, needsLabels: block.needsLabels,
      takedown: block.source.takedown,
      member: block.source.member,
      features: block.features, origins: block.origins)
    return PartDescription(
      name: block.name, roles: [.intermediate], files: files,
      parameters: ["part": .string(FilesPartKind.block.rawValue), "block": parameters.json], version: Self.version)
  }

  private func part(
    _ name: String, _ roles: Set<PartRole>, _ kind: FilesPartKind, of blocks: [Block],
    _ parameters: [String: JSONValue], after others: [String] = []
  ) -> PartDescription {
    PartDescription(
      name: name, roles: roles, inputs: blocks.map(\.name) + others,
      parameters: .object(parameters.merging(["part": .string(kind.rawValue)]) { own, _ in own }),
      version: Self.version)
  }

  /// All that a pool's objects and facts say: what it is called on the disk is no part of it.
  private func parameters(of pool: ManifestPool) -> [String: JSONValue] {
    [
      "name": .string(pool.name), "licence": pool.licence.map { .string($0) } ?? .null,
      "labels": .string(pool.labels.rawValue), "synthetic": .string(pool.synthetic.rawValue),
      "votes": .integer(Int64(pool.votes)), "classes": .array(manifest.classes.map { .string($0.name) }),
      "damagedShare": .number(manifest.damagedShare),
    ]
  }
}

/// What the part of a block is called: `web/12`.
struct BlockName: Hashable, CustomStringConvertible {
  /// The source that it belongs to.
  let owner: String
  let number: Int

  init(owner: String, number: Int) {
    self.owner = owner
    self.number = number
  }

  /// Reads ``description``; nil for parts that are no blocks.
  init?(_ name: String) {
    guard let slash = name.lastIndex(of: "/"), let number = Int(name[name.index(after: slash)...]) else { return nil }
    self.init(owner: String(name[..<slash]), number: number)
  }

  var description: String { "\(owner)/\(number)" }
}

/// What a part of a data set of files is made as.
enum FilesPartKind: String, CaseIterable {
  case block
  case representation
  case pool
  case evaluation
  case deployment
  case set
}
