import ArgumentParser
import Core
import Datasets
import Formats

/// `winnow dataset create`.
struct DatasetCreateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Write a manifest of your own files.",
    discussion: """
      A path is a folder of pictures, a tar, a Parquet file, an array, a croissant.json, or a folder of shards as WebDataset, img2dataset, Hugging Face, clip-retrieval or DataComp write them. The classes are those of the reference pool. Fill in afterwards what no program can know: licences, how labels were made, what each pool costs.

      EXAMPLES
        winnow dataset create --pool ours=photos/ --test test/ --output mine.json
        winnow dataset create --pool web=web/ --field camera/ --test test/ \\
          --deployment line-3/ --output mine.json
        winnow dataset create --pool a=a/ --pool b={00..12}.tar \\
          --test test/ --output mine.json
        winnow dataset create --pool web=laion/ --test test/ --output mine.json
        winnow dataset create --vectors --pool clip=x.npy --pool-labels clip=y.npy \\
          --test t.npy --test-labels u.npy --output embeddings.json
      """)

  @Option(help: ArgumentHelp("A pool: its name and where its samples lie.", valueName: "name=path"))
  var pool: [String] = []
  @Option(help: ArgumentHelp("For a pool of arrays: the file of its labels.", valueName: "name=path"))
  var poolLabels: [String] = []
  @Option(
    help: ArgumentHelp(
      "A pool called “field”: labelled samples taken where the classifier will work, others than those of --deployment and --target.",
      valueName: "path"))
  var field: String?
  @Option(help: ArgumentHelp("For a field pool of arrays: the file of its labels.", valueName: "path"))
  var fieldLabels: String?
  @Option(help: ArgumentHelp("The labelled set that accuracy is measured on.", valueName: "path")) var test: String
  @Option(help: ArgumentHelp("For a test set of arrays: the file of its labels.", valueName: "path"))
  var testLabels: String?
  @Option(help: ArgumentHelp("Labelled samples of where the classifier will work.", valueName: "path"))
  var deployment: String?
  @Option(help: ArgumentHelp("Unlabelled samples of there.", valueName: "path")) var target: String?
  @Option(help: ArgumentHelp("The pool that distances refer to; the first when left out.", valueName: "name"))
  var reference: String?
  @Option(name: .customLong("set"), help: ArgumentHelp("A further labelled set.", valueName: "name=path"))
  var sets: [String] = []
  @Option(help: "Pixels on each side of an image, 8 to 256.") var imageSize = 64
  @Flag(help: "Make grey images.") var grey = false
  @Flag(help: "The samples are vectors in arrays.") var vectors = false
  @Option(
    help: ArgumentHelp("With --vectors: the array to take from files of several, such as l14_img.", valueName: "name"))
  var member: String?
  @Option(
    help: ArgumentHelp(
      "Where labels stand: keys of the JSON in tars or __key__, the first that says one counts; a column of a Parquet file.",
      valueName: "name"))
  var labelField: [String] = []
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Where to write the manifest; - for standard output.", valueName: "mine.json"))
  var output: String

  func validate() throws {
    guard !pool.isEmpty else { throw ValidationError("at least one --pool NAME=PATH is needed") }
    guard SampleRule.sizes.contains(imageSize) else { throw ValidationError("--image-size is from 8 to 256") }
    for pair in pool + poolLabels + sets where Self.pair(pair) == nil {
      throw ValidationError("“\(pair)” is not of the form NAME=PATH")
    }
  }

  func run() throws {
    let directory = ManifestFile.directory(of: output)
    let (request, survey) = try request(in: directory)
    let inspection = try SurveyedDataset.inspection(of: request, in: directory, known: [request.reference: survey])
    try OutputFile.write(Array((request.json.prettyText + "\n").utf8), to: output, what: "the manifest")
    guard output != "-" else { return }
    try Terminal.print(InspectionText(inspection).lines.joined(separator: "\n"))
    try Terminal.print(
      "\n\(output) is written. Fill in licences, how labels were made and what each pool costs; then: winnow dataset check \(output)"
    )
  }

  /// The manifest as asked for, with the classes that the reference pool holds, and what was found in that pool.
  private func request(in directory: String) throws -> (DatasetManifest, SourceSurvey) {
    let labels = Dictionary(poolLabels.compactMap(Self.pair)) { first, _ in first }
    var pools = try pool.compactMap(Self.pair).map { name, path -> JSONValue in
      ["name": .string(name), "source": try source(path, labels: labels[name], in: directory)]
    }
    if let field {
      pools.append([
        "name": "field", "source": try source(field, labels: fieldLabels, in: directory), "role": "field",
        "labels": "expert",
        "prices": ["photograph", "label.expert"],
      ])
    }
    let reference = self.reference ?? Self.pair(pool[0])!.name
    var members: [String: JSONValue] = [
      "pools": .array(pools), "reference": .string(reference),
      NamedSource.test.rawValue: try source(test, labels: testLabels, in: directory),
    ]
    members[NamedSource.deployment.rawValue] = try deployment.map { try source($0, labels: nil, in: directory) }
    members[NamedSource.target.rawValue] = try target.map {
      try source($0, labels: nil, in: directory, isLabelled: false)
    }
    if !sets.isEmpty {
      members["sets"] = .object(
        Dictionary(
          try sets.compactMap(Self.pair).map { ($0.name, try source($0.path, labels: nil, in: directory)) }
        ) { first, _ in first })
    }
    members["samples"] = try samples(pools[0]["source"], in: directory)
    // Two classes stand in until the reference pool has been read.
    members["classes"] = ["a", "b"]
    let draft = try DatasetManifest(json: .object(members), place: "the command line")
    guard let pool = draft.pools.first(where: { $0.name == draft.reference }) else { preconditionFailure() }
    let survey = try SurveyedDataset.survey(of: pool.source, rule: draft.samples, in: directory, name: pool.name)
    let found = survey.labels
    guard found.count > 1 else {
      throw CommandError(
        "\(pool.name): \(found.count) classes were found in it, and two are needed; a folder holds a folder for each class, a tar "
          + "a .cls or .json beside each image, and an array needs --pool-labels")
    }
    members["classes"] = .array(Self.ordered(Array(found.keys)).map { .string($0) })
    return (try DatasetManifest(json: .object(members), place: "the command line"), survey)
  }

  private func samples(_ first: JSONValue?, in directory: String) throws -> JSONValue {
    guard vectors else { return ["image": ["size": .integer(Int64(imageSize)), "channels": grey ? 1 : 3]] }
    let source = try ManifestSource(json: first ?? .null, place: "the first pool")
    let path = ManifestFile.absolute(source.paths[0], in: directory)
    let array = try ArrayFile.array(try InputFile.bytes(of: path), member: source.member, name: path)
    guard array.shape.count == 2 else { throw CommandError("\(path): one row of numbers a sample is needed") }
    return ["vector": ["width": .integer(Int64(array.shape[1]))]]
  }

  private func source(
    _ path: String, labels: String?, in directory: String, isLabelled: Bool = true
  ) throws -> JSONValue {
    guard let labels else {
      return try FoundSource(
        rebased(path), in: directory, member: member, labelField: labelField, isLabelled: isLabelled
      ).json
    }
    var members: [String: JSONValue] = ["path": .string(rebased(path)), "labels": .string(rebased(labels))]
    members["member"] = member.map { .string($0) }
    if !labelField.isEmpty { members["labelField"] = .array(labelField.map { .string($0) }) }
    return .object(members)
  }

  /// A path as the manifest has to say it: relative where the manifest lies in the directory that the command runs in.
  private func rebased(_ path: String) -> String {
    let here = ManifestFile.directory(of: "-")
    return path.hasPrefix("/") || ManifestFile.directory(of: output) == here ? path : "\(here)/\(path)"
  }

  private static func pair(_ text: String) -> (name: String, path: String)? {
    guard let sign = text.firstIndex(of: "="), sign > text.startIndex, text.index(after: sign) < text.endIndex else {
      return nil
    }
    return (String(text[..<sign]), String(text[text.index(after: sign)...]))
  }

  /// Numbers by size, names by their bytes.
  private static func ordered(_ labels: [String]) -> [String] {
    let numbers = labels.compactMap { Int($0) }
    if numbers.count == labels.count { return zip(numbers, labels).sorted { $0.0 < $1.0 }.map(\.1) }
    return labels.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
