import Core
import Files
import Numerics
import Samples
import Sweeps

/// Builds the parts of a data set of files. Every part is a pure function of its inputs.
struct FilesBuilder {
  let request: PartRequest
  let context: TaskContext

  // MARK: Blocks

  func block(_ parameters: StrictObject) throws -> PartOutput {
    var parameters = parameters
    let block = try BlockParameters(json: try parameters.require("block"), place: parameters.path("block"))
    try parameters.finish()
    let keys = content(BlockParameters.keys)
    let rows = try block.features.flatMap { parameters in
      if let file = request.files[BlockParameters.features], let rows = try FeatureRows(file, keys: keys, parameters) {
        return rows
      }
      return try content(BlockParameters.features).map { try FeatureRows($0, keys: keys, parameters) }
    }
    var decoded = try read(block, features: rows)
    if let parameters = block.features, let seconds = parameters.seconds {
      decoded = decoded.adding(features: try computed(of: decoded.samples, parameters, seconds: seconds))
    }
    if let parameters = block.features, let network = parameters.network {
      decoded = decoded.adding(features: try computed(of: decoded.samples, network, width: parameters.width))
    }
    return PartOutput(objects: decoded.objects(), files: decoded.files, facts: PartFacts())
  }

  private func read(_ block: BlockParameters, features: FeatureRows?) throws -> SampleBlock {
    let labels = content(BlockParameters.labels)
    let statements = try block.origins.map {
      try SampleStatements(
        $0, licences: content(BlockParameters.licences), synthetic: content(BlockParameters.synthetic))
    }
    guard request.files[BlockParameters.data] != nil || request.sources[BlockParameters.data] != nil else {
      throw DatasetError("a block", "the file it is decoded from is missing")
    }
    guard !block.format.holdsFiles else {
      return try SourceReader(
        parameters: block, context: context, directory: request.workDirectory, statements: statements
      ).read(try pictures(), features: features)
    }
    let source = ArraySource(
      parameters: block, context: context, directory: request.workDirectory, statements: statements)
    if let file = request.files[BlockParameters.data],
      let decoded = try source.read(file, labels: labels, features: features)
    {
      return decoded
    }
    return try source.read(content(BlockParameters.data) ?? [], labels: labels, features: features)
  }

  /// The file of encoded images, where it lies if it still has its name there.
  private func pictures() throws -> ScratchFile {
    if let file = request.files[BlockParameters.data], let held = try? ScratchFile(holding: file.path) { return held }
    return try ScratchFile(content(BlockParameters.data) ?? [])
  }

  /// All bytes of a raw file.
  private func content(_ name: String) -> [UInt8]? {
    request.sources[name] ?? request.files[name].map { $0.bytes(0..<$0.size) }
  }

  /// What the representation's program makes of samples. It finds `samples.npy` in its directory (images × height × width ×
  /// channels of u1, or vectors of f4) and writes `features.npy`, one row a sample.
  private func computed(of samples: SampleSet, _ parameters: FeatureParameters, seconds: Int) throws -> Matrix {
    guard samples.count > 0 else { return Matrix(rows: 0, columns: parameters.width) }
    guard let program = content(BlockParameters.program) else {
      throw DatasetError("the representation", "its program is missing")
    }
    guard let run = request.run else {
      throw DatasetError(
        "the representation", "this worker runs no programs of data sets; start workers with --allow-programs")
    }
    let answer = try run(
      ProgramRun(
        program: program, files: ["samples.npy": samples.object], answers: ["features.npy"], seconds: seconds), context)
    guard let bytes = answer["features.npy"] else {
      throw DatasetError("the representation", "the program ended without writing features.npy")
    }
    let rows = try FeatureRows.matrix(bytes, parameters, name: "features.npy of the program")
    guard rows.rows == samples.count else {
      throw DatasetError(
        "features.npy of the program", "it holds \(rows.rows) rows for \(samples.count) samples")
    }
    return rows
  }

  /// What the representation's network makes of images.
  private func computed(of samples: SampleSet, _ network: NetworkParameters, width: Int) throws -> Matrix {
    guard let images = samples.images, images.count > 0 else { return Matrix(rows: 0, columns: width) }
    guard let model = content(BlockParameters.network) else {
      throw DatasetError("the representation", "its network is missing")
    }
    return try NetworkFeatures(model, network, width: width).rows(of: images, context: context)
  }

  /// The blocks among the inputs, by the source that they belong to, in the order of their numbers.
  private var blocks: [String: [BlockName]] {
    Dictionary(grouping: request.partNames.compactMap(BlockName.init), by: \.owner).mapValues { names in
      names.sorted { $0.number < $1.number }
    }
  }

  /// The blocks of `owner`, joined.
  private func joined(_ owner: String, damagedShare: Double) throws -> SampleBlock {
    guard let names = blocks[owner] else { throw DatasetError(owner, "the parts that it is made of are missing") }
    let decoded = try names.map {
      try SampleBlock(
        StoredObjects(
          owner: "part \($0)", objects: request.inputs[$0.description] ?? [:],
          files: request.inputFiles[$0.description] ?? [:]))
    }
    return try SampleBlock.joined(decoded, owner: owner, damagedShare: damagedShare)
  }

  /// The source that all blocks belong to, for `part`.
  private func onlyOwner(of part: String) throws -> String {
    guard blocks.count == 1, let owner = blocks.keys.first else {
      throw DatasetError(part, "the parts that it is made of are missing")
    }
    return owner
  }

  // MARK: Representation

  func representation(_ parameters: StrictObject) throws -> PartOutput {
    var parameters = parameters
    let learns = try parameters.bool("learns") ?? true
    try parameters.finish()
    let owner = try onlyOwner(of: "representation")
    let reference = try joined(owner, damagedShare: 1)
    guard let images = reference.samples.images else {
      throw DatasetError("representation", "it is learnt from images, and \(owner) holds vectors")
    }
    guard learns else {
      return PartOutput(
        objects: ["normalisation": PixelNormalisation(of: images).json.canonical],
        facts: PartFacts(notes: [Remark(.givenRepresentation)], others: ["images": Double(images.count)]))
    }
    let fitted = try FixedRepresentation.fit(to: images, seed: 0, context: context).representation
    let normalisation = PixelNormalisation(of: images)
    return PartOutput(
      objects: fitted.objects().merging(["normalisation": normalisation.json.canonical]) { first, _ in first },
      facts: PartFacts(
        notes: [Remark(.ownRepresentation)],
        others: ["dimension": Double(FixedRepresentation.dimension), "images": Double(images.count)]))
  }

  /// The features of a block's samples, one unit row each: those that it brings along, those of the representation, or vectors
  /// themselves.
  private func features(of block: SampleBlock, context: TaskContext) throws -> RowTable {
    if let rows = block.features { return rows.withUnitRows() }
    switch block.samples {
    case .images(let images):
      return RowTable(
        try FixedRepresentation(objects: representationObjects()).features(of: images, context: context))
    case .vectors(let rows): return rows.withUnitRows()
    }
  }

  private func representationObjects() throws -> [String: [UInt8]] {
    guard var objects = request.inputs[FilesParts.representation] else {
      throw DatasetError("a part", "the representation is needed to build it")
    }
    for (name, file) in request.inputFiles[FilesParts.representation] ?? [:] {
      objects[name] = file.bytes(0..<file.size)
    }
    return objects
  }

  private func normalisation() throws -> PixelNormalisation {
    let stored = StoredObjects(owner: "representation", objects: try representationObjects())
    let place = stored.place("normalisation")
    return try PixelNormalisation(
      json: JSONValue.parse(try stored.bytes("normalisation"), source: place), place: place)
  }

  private func labelled(_ block: SampleBlock, context: TaskContext) throws -> LabelledImages {
    LabelledImages(
      images: block.samples, labels: block.labels, features: try features(of: block, context: context).matrix)
  }

  // MARK: Pools

  func pool(_ parameters: StrictObject) throws -> PartOutput {
    var parameters = parameters
    guard let name = try parameters.string("name"),
      let origin = try parameters.choice("labels", ManifestPool.LabelOrigin.self),
      let synthetic = try parameters.choice("synthetic", ManifestPool.Synthetic.self),
      let damagedShare = try parameters.number("damagedShare", in: 0...1)
    else { throw DatasetError("a pool", "the parameters of its part are not complete") }
    let licence = try parameters.string("licence")
    let votes = try parameters.integer("votes", in: 1...99) ?? 1
    let classes = try parameters.list("classes", "names", \.text)
    try parameters.finish()
    let block = try joined(name, damagedShare: damagedShare)
    let counts = block.origins?.counts
    let pool = Pool(
      shift: name, images: block.samples, classNames: classes, observedLabels: block.labels, trueLabels: block.labels,
      sourceIDs: block.sourceIDs, features: try features(of: block, context: context),
      labelOrigin: Remark(.labels(origin)), licence: counts?.licenceText ?? licence ?? "unknown",
      normalisation: block.samples.images == nil ? nil : try normalisation(), origins: block.origins)
    var facts = pool.facts
    (facts.labelNoise, facts.noneOfTheClasses, facts.uncheckedTruth) = (nil, nil, Remark(.uncheckedLabels))
    facts.others["votes"] = votes > 1 ? Double(votes) : nil
    facts.statements += Self.remarks(synthetic, counts)
    facts.statements += licence == nil && counts?.licences == nil ? [Remark(.unknownLicence)] : []
    facts.notes += block.leftOut.remarks
    guard let directory = request.workDirectory else { return PartOutput(objects: pool.objects(), facts: facts) }
    let (objects, files) = try pool.objects(in: directory)
    return PartOutput(objects: objects, files: files, facts: facts)
  }

  private static func remarks(_ synthetic: ManifestPool.Synthetic, _ counts: OriginCounts?) -> [Remark] {
    switch synthetic {
    case .no: return []
    case .yes: return [Remark(.synthetic)]
    case .some: return [Remark(.partlySynthetic)]
    case .bySample:
      let (found, samples) = (counts?.synthetic ?? [:], counts?.synthetic?.values.reduce(0, +) ?? 0)
      let numbers = ["count": Double(found[true, default: 0]), "samples": Double(samples)]
      let unknown = found[nil, default: 0]
      return [Remark(.countedSynthetic, numbers: numbers)]
        + (unknown > 0 ? [Remark(.unknownSynthetic, numbers: ["count": Double(unknown)])] : [])
    }
  }

  // MARK: Sets to measure on

  func evaluation(_ parameters: StrictObject) throws -> PartOutput {
    var parameters = parameters
    let classes = try parameters.integer("classes", in: 2...DatasetManifest.classLimit) ?? 2
    let wanted = try parameters.integer("corruptionImages", in: 0...10_000) ?? 0
    let damagedShare = try parameters.number("damagedShare", in: 0...1) ?? 0
    try parameters.finish()
    let block = try joined(NamedSource.test.rawValue, damagedShare: damagedShare)
    let base = try labelled(block, context: context.part(from: 0, to: 0.2))
    var corruptions: [EvaluationSets.Corruption] = []
    var chosen: [Int] = []
    if wanted > 0, let images = block.samples.images {
      chosen = block.smallestDigests(min(wanted, images.count))
      corruptions = try corrupted(images.selecting(chosen), streams: chosen.map { block.stream(of: $0) })
    }
    let sets = EvaluationSets(base: base, corruptions: corruptions, corruptionLabels: chosen.map { block.labels[$0] })
    return PartOutput(
      objects: sets.objects(),
      facts: PartFacts(
        classCounts: Pool.counts(block.labels, classes: classes), notes: block.leftOut.remarks,
        others: ["base": Double(block.samples.count), "corruptionImages": Double(chosen.count)]))
  }

  private func corrupted(_ images: ImageSet, streams: [UInt64]) throws -> [EvaluationSets.Corruption] {
    let context = context.part(from: 0.2, to: 1)
    return try CorruptionKind.allCases.enumerated().flatMap { number, kind in
      let part = context.part(number, of: CorruptionKind.allCases.count)
      return try kind.corrupted(images, seed: 0, streams: streams, context: part).enumerated().map {
        EvaluationSets.Corruption(kind: kind.rawValue, severity: $0 + 1, images: .images($1))
      }
    }
  }

  func deployment(_ parameters: StrictObject) throws -> PartOutput {
    var parameters = parameters
    let classes = try parameters.integer("classes", in: 2...DatasetManifest.classLimit) ?? 2
    let damagedShare = try parameters.number("damagedShare", in: 0...1) ?? 0
    try parameters.finish()
    let owners = blocks.keys
    func block(_ owner: String) throws -> SampleBlock? {
      owners.contains(owner) ? try joined(owner, damagedShare: damagedShare) : nil
    }
    let (test, target) = (try block("deployment.test"), try block("deployment.target"))
    guard let some = test ?? target else {
      throw DatasetError(PartRole.deployment.rawValue, "the parts that it is made of are missing")
    }
    let none = some.selecting([])
    let sets = DeploymentSets(
      test: try labelled(test ?? none, context: context.part(from: 0, to: 0.5)), target: (target ?? none).samples,
      targetFeatures: try features(of: target ?? none, context: context.part(from: 0.5, to: 1)).matrix)
    return PartOutput(
      objects: sets.objects(),
      facts: PartFacts(
        classCounts: Pool.counts(sets.test.labels, classes: classes),
        notes: (test?.leftOut.remarks ?? []) + (target?.leftOut.remarks ?? []),
        others: ["target": Double(sets.target.count), "test": Double(sets.test.images.count)]))
  }

  func set(_ parameters: StrictObject) throws -> PartOutput {
    var parameters = parameters
    let damagedShare = try parameters.number("damagedShare", in: 0...1) ?? 0
    try parameters.finish()
    let block = try joined(try onlyOwner(of: "a set"), damagedShare: damagedShare)
    return PartOutput(
      objects: OwnEvaluationSet(images: block.samples, labels: block.labels).objects(),
      facts: PartFacts(
        count: block.samples.count,
        classCounts: Pool.counts(block.labels, classes: Int(block.labels.max() ?? 0) + 1),
        notes: [Remark(.ownFiles)] + block.leftOut.remarks))
  }
}

extension SampleBlock.LeftOut {
  /// What reports say of it.
  var remarks: [Remark] {
    (damaged > 0 ? [Remark(.damagedFiles, numbers: ["count": Double(damaged)])] : [])
      + examples.prefix(5).map { Remark(.damagedFile, names: ["file": $0]) }
      + (others > 0 ? [Remark(.otherClasses, numbers: ["count": Double(others)])] : [])
      + (licences > 0 ? [Remark(.otherLicences, numbers: ["count": Double(licences)])] : [])
      + (takenDown > 0 ? [Remark(.takenDown, numbers: ["count": Double(takenDown)])] : [])
  }
}

extension OriginCounts {
  /// The licences of samples with how many are under each, the most frequent first; nil where one is that of all.
  var licenceText: String? {
    guard let shares = licenceShares, let licences else { return nil }
    let words = shares.prefix(12).map { "\($0.licence ?? "unknown") (\(licences[$0.licence, default: 0]))" }
    return words.joined(separator: ", ") + (shares.count > 12 ? ", …" : "")
  }
}

extension SampleBlock {
  func selecting(_ indices: [Int]) -> SampleBlock {
    SampleBlock(
      samples: samples.selecting(indices), labels: indices.map { labels[$0] },
      sourceIDs: indices.map { sourceIDs[$0] }, features: features?.selecting(rows: indices),
      origins: origins?.selecting(indices), leftOut: LeftOut())
  }

  func adding(features: Matrix) -> SampleBlock {
    SampleBlock(
      samples: samples, labels: labels, sourceIDs: sourceIDs, features: RowTable(features), origins: origins,
      leftOut: leftOut, files: files)
  }

  func identifier(of index: Int) -> SampleIdentifier {
    SampleIdentifier(sourceID: sourceIDs[index], content: samples.bytes(of: index))
  }

  /// A number that only the sample itself decides, for what is random about it.
  func stream(of index: Int) -> UInt64 { identifier(of: index).low }

  /// Some of the samples by nothing but what they are, so that their order does not matter: those of the smallest names.
  func smallestDigests(_ count: Int) -> [Int] {
    let names = (0..<samples.count).map(identifier(of:))
    return names.indices.sorted { (names[$0], $0) < (names[$1], $1) }.prefix(count).sorted()
  }
}
