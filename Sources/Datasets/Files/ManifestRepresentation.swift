import Core

/// What features of a data set of files are: what strategies measure likeness by.
package enum ManifestRepresentation: Hashable, Sendable {
  /// The fixed representation, learnt from the reference pool; for vectors the vectors themselves.
  case builtIn
  /// Numbers in files of their own, which each source names under `features`.
  case file(width: Int)
  /// What a program makes of each block.
  case program(path: String, width: Int, seconds: Int)
  /// What a network in a file makes of each image.
  case network(path: String, width: Int, NetworkParameters)

  private static let widths = 1...65_536
  private static let mostSeconds = 7 * 86_400

  /// Reads `"built-in"`, `{"file": {"width": 512}}`, `{"program": {"path": "embed.py", "width": 384, "seconds": 3600}}` or
  /// `{"onnx": {"path": "model.onnx", "width": 384, "size": 224, …}}`, whose other keys are those of ``NetworkParameters``.
  init(json: JSONValue, place: String) throws {
    if json.text == "built-in" {
      self = .builtIn
      return
    }
    var object = try StrictObject(json, place: place)
    let (file, program) = (try object.object("file"), try object.object("program"))
    let network = try object.object("onnx")
    try object.finish()
    switch (file, program, network) {
    case (var file?, nil, nil):
      self = .file(width: try Self.width(&file))
      try file.finish()
    case (nil, nil, var network?):
      guard let path = try network.string("path"), !path.isEmpty else {
        throw network.error("path", "the file of the network is needed")
      }
      let width = try Self.width(&network)
      self = .network(path: path, width: width, try NetworkParameters(reading: &network))
      try network.finish()
    case (nil, var program?, nil):
      guard let path = try program.string("path"), !path.isEmpty else {
        throw program.error("path", "the file of the program is needed")
      }
      let width = try Self.width(&program)
      self = .program(
        path: path, width: width, seconds: try program.integer("seconds", in: 1...Self.mostSeconds) ?? 3_600)
      try program.finish()
    default:
      throw ConfigurationError(
        place: place,
        problem: "\"built-in\", {\"file\": {\"width\": 512}}, {\"program\": {…}} or {\"onnx\": {…}} is needed")
    }
  }

  private static func width(_ object: inout StrictObject) throws -> Int {
    guard let width = try object.integer("width", in: widths) else {
      throw object.error("width", "how many numbers a sample has is needed")
    }
    return width
  }

  var json: JSONValue {
    switch self {
    case .builtIn: "built-in"
    case .file(let width): ["file": ["width": .integer(Int64(width))]]
    case .program(let path, let width, let seconds):
      [
        "program": [
          "path": .string(path), "width": .integer(Int64(width)), "seconds": .integer(Int64(seconds)),
        ]
      ]
    case .network(let path, let width, let parameters):
      [
        "onnx": .object(
          parameters.members.merging(["path": .string(path), "width": .integer(Int64(width))]) { own, _ in own })
      ]
    }
  }
}

/// Where the features of a source lie: one file for each of its files.
package struct FeatureFiles: Hashable, Sendable {
  package var paths: [String]
  /// For files of several arrays: the name of the one.
  package var member: String?
  /// Files that say which sample each row is of, by its key; empty where row and sample have the same number.
  package var keyPaths: [String]
  /// The column of keys, where they stand in a Parquet file.
  package var keyField: String?

  /// Reads `"x.npy"` or `{"path": PATH or [PATH …], "member", "keys": PATH or [PATH …], "keyField"}`.
  init(json: JSONValue, place: String) throws {
    var object = try StrictObject(json.text == nil ? json : ["path": json], place: place)
    paths = try ManifestSource.paths("path", &object)
    keyPaths = try ManifestSource.paths("keys", &object)
    (member, keyField) = (try object.string("member"), try object.string("keyField"))
    try object.finish()
    guard !paths.isEmpty else { throw object.error("path", "the path of a file of features is needed") }
    guard keyPaths.isEmpty || keyPaths.count == paths.count else {
      throw object.error("keys", "\(keyPaths.count) files of keys do not belong to \(paths.count) files of features")
    }
  }

  var json: JSONValue {
    func list(_ paths: [String]) -> JSONValue {
      paths.count == 1 ? .string(paths[0]) : .array(paths.map { .string($0) })
    }
    var members: [String: JSONValue] = ["path": list(paths)]
    members["member"] = member.map { .string($0) }
    if !keyPaths.isEmpty { members["keys"] = list(keyPaths) }
    members["keyField"] = keyField.map { .string($0) }
    return .object(members)
  }
}
