package import Core
import Formats

/// The form of the files that samples lie in.
package enum SourceFormat: String, CaseIterable, Sendable, Hashable {
  /// A directory: `CLASS/image`, or images beside a `metadata.csv` or `metadata.jsonl`.
  case folder
  /// WebDataset: a tar, gzipped or not, whose members of one name up to the first dot are a sample.
  case tar
  /// An array (NumPy, IDX, safetensors) of images or vectors, with labels in a file of their own.
  case array
  /// Hugging Face's Parquet: a column of encoded images or of lists of numbers, and one of labels.
  case parquet
  /// CIFAR's binary form with one label a record.
  case cifar10
  /// CIFAR's binary form with a coarse and a fine label a record; the fine one counts.
  case cifar100

  /// Whether its samples are encoded images, each a file of its own.
  var holdsFiles: Bool {
    switch self {
    case .folder, .tar, .parquet: true
    case .array, .cifar10, .cifar100: false
    }
  }

  /// Whether its samples have names that last: a row has only its number.
  var hasKeys: Bool { holdsFiles && self != .parquet }

  /// What a path's name says; nil where it says nothing.
  package init?(path: String) {
    let name = path.lowercased()
    func ends(_ endings: String...) -> Bool { endings.contains { name.hasSuffix($0) } }
    if ends("/") {
      self = .folder
    } else if ends(".tar", ".tar.gz", ".tgz", ".tar.zst") {
      self = .tar
    } else if ends(".npy", ".npz", ".npy.gz", ".safetensors", "-ubyte", "-ubyte.gz", ".idx", ".idx.gz") {
      self = .array
    } else if ends(".parquet") {
      self = .parquet
    } else {
      return nil
    }
  }
}

/// Where samples lie, and how their labels become classes.
package struct ManifestSource: Hashable, Sendable {
  /// As written: `photos/`, `shards/{00000..00012}.tar`, relative to the manifest.
  package var paths: [String]
  package var format: SourceFormat
  /// For arrays: the labels' files, one for each path; empty where samples have none.
  package var labelPaths: [String]
  /// What this source calls classes: its own name or number, by which class of the data set is meant; nil leaves such
  /// samples out.
  package var classMap: [String: String?]
  /// For tars: keys of a sample's JSON that may say its class, or ``keyField`` for the beginning of the sample's own key; nil
  /// for the member `.cls`, or what is usual. For labels in a Parquet file: the column.
  package var labelField: LabelFields?
  /// For files of several arrays (`.npz`, safetensors): the name of the one that holds the samples; nil for the only one.
  package var member: String?
  /// Whether samples of classes that are neither the data set's nor mapped are left out; otherwise they are an error.
  package var leavesOutOthers: Bool
  /// The features of its samples, where the manifest's representation lies in files.
  package var features: FeatureFiles?
  /// Samples that must not be used any more: keys, or identifiers; sorted, each once.
  package var takedown: [String]

  package init(
    paths: [String], format: SourceFormat, labelPaths: [String] = [], labelField: LabelFields? = nil,
    member: String? = nil,
    classMap: [String: String?] = [:], leavesOutOthers: Bool = false, features: FeatureFiles? = nil,
    takedown: [String] = []
  ) {
    self.paths = paths
    self.format = format
    self.labelPaths = labelPaths
    self.labelField = labelField
    self.member = member
    self.classMap = classMap
    self.leavesOutOthers = leavesOutOthers
    self.features = features
    self.takedown = takedown
  }

  /// Reads `"photos/"` or `{"path": PATH or [PATH …], "format", "labels", "classMap": {THEIRS: OURS}, "others": "leave-out",
  /// "takedown": [KEY …]}`.
  package init(json: JSONValue, place: String) throws {
    if let path = json.text {
      try self.init(json: ["path": .string(path)], place: place)
      return
    }
    var object = try StrictObject(json, place: place)
    try self.init(reading: &object)
    try object.finish()
  }

  /// Reads the keys of a source out of an object that has others too.
  init(reading object: inout StrictObject) throws {
    paths = try Self.paths("path", &object)
    guard let first = paths.first else { throw object.error("path", "the path of a file or a directory is needed") }
    if let format = try object.choice("format", SourceFormat.self) {
      self.format = format
    } else if let format = SourceFormat(path: first) {
      self.format = format
    } else {
      let formats = SourceFormat.allCases.map(\.rawValue).joined(separator: ", ")
      throw object.error(
        "path",
        "what \(first) is cannot be told by its name; a directory ends with /, or say \"format\": one of \(formats)")
    }
    labelPaths = try Self.paths("labels", &object)
    guard labelPaths.isEmpty || format == .array else {
      throw object.error("labels", "labels in a file of their own belong to arrays; this is \(format.rawValue)")
    }
    guard labelPaths.isEmpty || labelPaths.count == paths.count else {
      throw object.error("labels", "\(labelPaths.count) files of labels do not belong to \(paths.count) arrays")
    }
    labelField = try LabelFields("labelField", of: &object)
    guard labelField == nil || format == .tar || !labelPaths.isEmpty else {
      throw object.error(
        "labelField", "tars have fields, and tables of labels columns; this is \(format.rawValue) without labels")
    }
    member = try object.string("member")
    guard member == nil || format == .array else {
      throw object.error("member", "only files of arrays have members; this is \(format.rawValue)")
    }
    classMap = [:]
    if let map = object.value("classMap") {
      guard let members = map.members else { throw object.error("classMap", "an object {THEIRS: OURS} is needed") }
      for (name, value) in members {
        guard value == .null || value.text != nil else {
          throw object.error("classMap", "\"\(name)\" means the id of a class, or null to leave it out")
        }
        classMap[name] = .some(value.text)
      }
    }
    leavesOutOthers = try object.choice("others", Others.self) == .leaveOut
    features = try object.value("features").map { try FeatureFiles(json: $0, place: object.path("features")) }
    takedown = Set(try object.list("takedown", "keys or identifiers of samples", \.text)).sorted()
  }

  /// Stands for the sample's own key up to the first `/` or `_`: `748_278` is of class 748.
  package static let keyField = "__key__"

  private enum Others: String, CaseIterable {
    case leaveOut = "leave-out"
    case refuse
  }

  private static let fileLimit = 100_000

  /// One path or several, with `{00000..00012}` written out.
  static func paths(_ key: String, _ object: inout StrictObject) throws -> [String] {
    guard let value = object.value(key) else { return [] }
    let texts = (value.elements ?? [value]).compactMap(\.text)
    guard texts.count == (value.elements?.count ?? 1), texts.allSatisfy({ !$0.isEmpty }) else {
      throw object.error(key, "a path, or a list of paths, is needed")
    }
    let place = object.path(key)
    do {
      let paths = try texts.flatMap(BraceExpansion.expand)
      guard paths.count <= fileLimit else {
        throw ConfigurationError(
          place: place, problem: "\(paths.count) files are more than the \(fileLimit) that are read")
      }
      return paths
    } catch let error as ConfigurationError {
      throw ConfigurationError(place: place, problem: error.problem)
    }
  }

  var members: [String: JSONValue] {
    func list(_ paths: [String]) -> JSONValue {
      paths.count == 1 ? .string(paths[0]) : .array(paths.map { .string($0) })
    }
    var members: [String: JSONValue] = ["path": list(paths), "format": .string(format.rawValue)]
    if !labelPaths.isEmpty { members["labels"] = list(labelPaths) }
    members["member"] = member.map { .string($0) }
    members["labelField"] = labelField?.json
    if !classMap.isEmpty { members["classMap"] = .object(classMap.mapValues { $0.map { .string($0) } ?? .null }) }
    if leavesOutOthers { members["others"] = .string(Others.leaveOut.rawValue) }
    members["features"] = features?.json
    if !takedown.isEmpty { members["takedown"] = .array(takedown.map { .string($0) }) }
    return members
  }

  package var json: JSONValue { .object(members) }
}
