package import Core
import Economics
import Samples
import Sweeps

/// The built-in data set as a sweep asked for it.
package struct FashionPlusPlusDataset: Dataset {
  /// The directory that holds the raw files.
  var directory = "/usr/share/datasets/fashion-mnist"
  var seed = 0
  /// Votes per image in the crowdsourced pool, odd; each is paid for.
  var crowdVotes = 1
  /// Images per corruption and severity.
  var corruptionImages = 1_000
  var deployment = DeploymentChoice.world(nil)
  /// Further labelled sets that every trial is measured on.
  var evaluationSets: [EvaluationSetChoice] = []

  /// Reads what ``options`` writes; keys that are missing keep their defaults. Throws a ``ConfigurationError``.
  init(options: JSONValue, place: String) throws {
    var object = try StrictObject(options, place: place)
    directory = try object.string("directory") ?? directory
    seed = try object.integer("seed", in: 0...Int(Int32.max)) ?? seed
    crowdVotes = try object.integer("crowdVotes", in: 1...9) ?? crowdVotes
    corruptionImages = try object.integer("corruptionImages", in: 10...10_000) ?? corruptionImages
    guard !crowdVotes.isMultiple(of: 2) else {
      throw object.error("crowdVotes", "an odd number is needed, so that votes can have a majority")
    }
    if let deployment = object.value("deployment") {
      self.deployment = try DeploymentChoice(json: deployment, place: object.path("deployment"))
    }
    evaluationSets = try (object.array("evaluationSets") ?? []).enumerated().map {
      try EvaluationSetChoice(json: $1, place: "\(object.path("evaluationSets"))[\($0)]")
    }
    var names: Set<String> = []
    for set in evaluationSets where !names.insert(set.name).inserted {
      throw object.error("evaluationSets", "\(set.name) is listed twice")
    }
    try object.finish()
  }

  package var options: JSONValue {
    [
      "directory": .string(directory), "seed": .integer(Int64(seed)), "crowdVotes": .integer(Int64(crowdVotes)),
      "corruptionImages": .integer(Int64(corruptionImages)), "deployment": deployment.json,
      "evaluationSets": .array(evaluationSets.map(\.json)),
    ]
  }

  package var world: String {
    switch deployment {
    case .world(let number): number.map { "world \($0)" } ?? "standard world"
    case .files(let images, _, _): images
    }
  }

  package var files: [SourceFile] {
    let remedy =
      "install Fashion-MNIST with `apt-get install dataset-fashion-mnist`, or name the directory that holds its four "
      + ".gz files"
    let raw = Self.rawFiles.map {
      SourceFile(name: $0, path: "\(directory)/\($0)", place: "dataset.directory", remedy: remedy)
    }
    return raw + ownFiles.map { SourceFile(name: $0.name, path: $0.path, place: "dataset.\($0.name)", remedy: nil) }
  }

  /// The raw files, as Debian's `dataset-fashion-mnist` names them.
  static let rawFiles = [
    "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz",
    "t10k-labels-idx1-ubyte.gz",
  ]

  /// The organisation's own files: `deployment.images`, `set.NAME.labels`, …
  private var ownFiles: [(name: String, path: String)] {
    var files: [(String, String)] = []
    if case .files(let images, let labels, let target) = deployment {
      files = [("deployment.images", images), ("deployment.labels", labels), ("deployment.target", target)]
    }
    return files
      + evaluationSets.flatMap { [("\($0.metric).images", $0.images), ("\($0.metric).labels", $0.labels)] }
  }

  package func check(_ contents: [String: [UInt8]]) throws {
    let classes = SourceImages.classNames.count
    if case .files(let images, let labels, let target) = deployment {
      let count = try OwnImages.images(contents["deployment.images"]!, name: images).count
      _ = try OwnImages.labels(contents["deployment.labels"]!, count: count, classes: classes, name: labels)
      _ = try OwnImages.images(contents["deployment.target"]!, name: target)
    }
    for set in evaluationSets {
      let count = try OwnImages.images(contents["\(set.metric).images"]!, name: set.images).count
      let labels = try OwnImages.labels(
        contents["\(set.metric).labels"]!, count: count, classes: set.labelCount, name: set.labels)
      if set.meaning == .task, Set(labels).count < 2 {
        throw DatasetError(set.labels, "a downstream task needs images with at least two different labels")
      }
      guard case .mask(let mask) = set.meaning else { continue }
      if let label = labels.first(where: { !mask.contains(Int($0)) }) {
        throw DatasetError(
          set.labels,
          "some images show class \(label), \(SourceImages.classNames[Int(label)]), which the mask leaves out")
      }
    }
  }

  package var description: DatasetDescription {
    DatasetDescription(
      kind: FashionPlusPlusKind.name, classes: SourceImages.classNames,
      shape: FashionPlusPlusKind.shape, parts: builtInParts + ownParts,
      pools: pools, corruptions: CorruptionKind.things, severities: CorruptionKind.severities,
      transfer: TransferTasks.things,
      sets: evaluationSets.map { SetDescription(name: $0.name, part: $0.metric, meaning: $0.meaning) },
      words: FashionPlusPlusRemarks.words)
  }
}

extension FashionPlusPlusDataset {
  /// Grows with every change of what the parts hold.
  private static let version = 4

  private func part(
    _ name: String, _ roles: Set<PartRole>, inputs: [String] = [], files: [String] = [],
    _ parameters: [String: JSONValue] = [:]
  ) -> PartDescription {
    PartDescription(
      name: name, roles: roles, inputs: inputs, files: Dictionary(uniqueKeysWithValues: files.map { ($0, $0) }),
      parameters: .object(
        parameters.merging(["part": .string(name), "seed": .integer(Int64(seed))]) { _, own in own }),
      version: Self.version)
  }

  /// Only what a part depends on stands in its parameters: other votes must not rebuild the other pools.
  private var builtInParts: [PartDescription] {
    var parts = [
      part("web", [.intermediate], files: Self.rawFiles.filter { $0.hasPrefix("train-") }),
      part("representation", [.representation], inputs: ["web"]),
      part("expert", [.pool, .reference, .validation], inputs: ["web", "representation"]),
      part(
        "crowdsourced", [.pool], inputs: ["web", "representation"], ["crowdVotes": .integer(Int64(crowdVotes))]),
      part("retrieval-image", [.pool], inputs: ["web", "representation", "expert"]),
      part("retrieval-text", [.pool], inputs: ["web", "representation"]),
      part("generator", [.intermediate], inputs: ["retrieval-text"]),
      part("synthetic-image", [.pool], inputs: ["representation", "generator", "expert"]),
      part("synthetic-text", [.pool], inputs: ["representation", "generator"]),
      part(
        "evaluation", [.evaluation], inputs: ["representation"],
        files: Self.rawFiles.filter { $0.hasPrefix("t10k-") },
        ["corruptionImages": .integer(Int64(corruptionImages))]),
    ]
    if case .world(let world) = deployment {
      parts.append(
        part(
          "deployment", [.deployment, .target], inputs: ["web", "representation"],
          world.map { ["world": .integer(Int64($0))] } ?? [:]))
      parts.append(
        part(
          "field", [.pool, .field], inputs: ["web", "representation"],
          world.map { ["world": .integer(Int64($0))] } ?? [:]))
    }
    return parts
  }

  /// The parts that are made of the organisation's own files. Neither a set's name nor its place on a disk is a parameter:
  /// a set that is called otherwise is built already.
  private var ownParts: [PartDescription] {
    func part(
      _ name: String, _ roles: Set<PartRole>, _ builder: String, inputs: [String] = [], files: [String]
    ) -> PartDescription {
      PartDescription(
        name: name, roles: roles, inputs: inputs,
        files: Dictionary(uniqueKeysWithValues: files.map { ($0, "\(name).\($0)") }),
        parameters: ["part": .string(builder), "own": true], version: Self.version)
    }
    var parts: [PartDescription] = []
    if case .files = deployment {
      parts.append(
        part(
          "deployment", [.deployment, .target], "deployment", inputs: ["representation"],
          files: ["images", "labels", "target"]))
    }
    return parts
      + evaluationSets.map {
        part($0.metric, [$0.meaning.role], "set", files: ["images", "labels"])
      }
  }

  /// The pools, the baseline first. In an organisation's own deployment nobody can photograph for it.
  private var pools: [PoolDescription] {
    guard case .world = deployment else { return Self.pools(votes: crowdVotes) }
    return Self.pools(votes: crowdVotes) + [Self.field]
  }

  private static let field = PoolDescription(
    name: "field", supply: Supply(obtain: [.photograph], label: .labelExpert), prices: [.setup: Price(1)],
    provenance: Provenance(licence: SourceImages.licenceName, synthetic: .no),
    words: Words(english: "images photographed where the classifier will work", japanese: "分類器を使う現場で撮影した画像"))

  /// A query finds so many images, so that each stands on a part of a reference picture.
  private static let perFound = Rate(1 / Double(RetrievalByImagePart.neighbours))
  /// The training of a generator, which twenty data sets share.
  private static let generator = Price(Money(20), sharedBy: 20)

  private static func pools(votes: Int) -> [PoolDescription] {
    let retrieved = Supply(obtain: [.acquire, .retrieve], label: nil)
    let generated = Supply(obtain: [.generate], label: nil)
    let real = Provenance(licence: SourceImages.licenceName, synthetic: .no)
    let synthetic = Provenance(licence: SourceImages.licenceName, synthetic: .yes)
    return [
      PoolDescription(
        name: "expert", supply: Supply(obtain: [.acquire], label: .labelExpert), provenance: real,
        words: Words(english: "images that experts label", japanese: "専門家がラベルを付ける画像")),
      PoolDescription(
        name: "crowdsourced", supply: Supply(obtain: [.acquire], label: .labelCrowd), votes: votes, provenance: real,
        words: Words(english: "images that a crowd of paid helpers labels", japanese: "クラウド作業者がラベルを付ける画像")),
      PoolDescription(
        name: "retrieval-image", supply: Supply(obtain: [.acquire, .retrieve], label: nil, reference: perFound),
        prices: [.retrieve: Price(0.004)], provenance: real,
        words: Words(
          english: "web images found by their likeness to expert images", japanese: "専門家画像に似ているものとして検索したウェブ画像")),
      PoolDescription(
        name: "retrieval-text", supply: retrieved, provenance: real,
        words: Words(english: "web images found by their captions", japanese: "説明文で検索したウェブ画像")),
      PoolDescription(
        name: "synthetic-image", supply: Supply(obtain: [.generate], label: nil, reference: .one),
        prices: [.generate: Price(0.0125), .setup: generator], provenance: synthetic,
        words: Words(english: "images generated from expert images", japanese: "専門家画像をもとに生成した画像")),
      PoolDescription(
        name: "synthetic-text", supply: generated, prices: [.setup: generator], provenance: synthetic,
        words: Words(english: "images generated from the names of the classes", japanese: "クラス名から生成した画像")),
    ]
  }
}

extension EvaluationSetChoice {
  /// The set's labels are 0 up to (not including) this.
  fileprivate var labelCount: Int {
    switch meaning {
    case .classes, .mask: SourceImages.classNames.count
    case .map(let labels): (labels.max() ?? 0) + 1
    case .task: OwnEvaluationSet.labelLimit
    }
  }
}
