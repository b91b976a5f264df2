import Core
import Formats
import Numerics
import Samples
import Sweeps

/// Reads typed values out of named objects; every error names the object.
struct StoredObjects {
  /// What the objects belong to, for messages: `pool`, `evaluation sets`.
  let owner: String
  let objects: [String: [UInt8]]
  /// Large ones, which are read where they lie.
  var files: [String: MappedFile] = [:]

  /// The name under which an object appears in messages.
  func place(_ name: String) -> String { "\(owner), object \"\(name)\"" }

  func holds(_ name: String) -> Bool { objects[name] != nil || files[name] != nil }

  func bytes(_ name: String) throws -> [UInt8] {
    if let bytes = objects[name] { return bytes }
    guard let file = files[name] else { throw DatasetError(place(name), "it is missing") }
    return file.bytes(0..<file.size)
  }

  func array(_ name: String, rank: Int) throws -> NumPyArray {
    let array = try NumPyArray(reading: bytes(name), name: place(name))
    guard array.shape.count == rank else {
      throw DatasetError(place(name), "it has rank \(array.shape.count), but rank \(rank) is needed")
    }
    return array
  }

  /// An object of shape images × height × width.
  func images(_ name: String) throws -> ImageSet {
    let array = try array(name, rank: 3)
    guard case .uint8(let pixels) = array.values else { throw wrongType(name, "u1") }
    return ImageSet(count: array.shape[0], height: array.shape[1], width: array.shape[2], pixels: pixels)
  }

  /// An object of shape images × height × width (grey), images × height × width × channels, or vectors × width.
  func samples(_ name: String) throws -> SampleSet {
    if let rows = mappedRows(name) { return .vectors(rows) }
    let array = try NumPyArray(reading: bytes(name), name: place(name))
    let shape = array.shape
    switch (array.values, shape.count) {
    case (.uint8(let pixels), 3):
      return .images(ImageSet(count: shape[0], height: shape[1], width: shape[2], pixels: pixels))
    case (.uint8(let pixels), 4) where shape[3] > 0:
      return .images(
        ImageSet(count: shape[0], height: shape[1], width: shape[2], channels: shape[3], pixels: pixels))
    case (.float32(let values), 2): return .vectors(Matrix(rows: shape[0], columns: shape[1], values: values))
    default:
      throw DatasetError(place(name), "images of type u1 (rank 3 or 4) or vectors of type f4 (rank 2) are needed")
    }
  }

  /// One label an image, each from `lowest` up to (not including) `classes`.
  func labels(_ name: String, count: Int, from lowest: Int32, below classes: Int) throws -> [Int32] {
    let array = try array(name, rank: 1)
    guard case .int32(let labels) = array.values else { throw wrongType(name, "i4") }
    try check(labels.count, is: count, name)
    if let index = labels.firstIndex(where: { $0 < lowest || Int($0) >= classes }) {
      throw DatasetError(place(name), "label \(index) is \(labels[index]), outside \(lowest)…\(classes - 1)")
    }
    return labels
  }

  func identifiers(_ name: String, count: Int) throws -> [UInt32] {
    let array = try array(name, rank: 1)
    guard case .uint32(let identifiers) = array.values else { throw wrongType(name, "u4") }
    try check(identifiers.count, is: count, name)
    return identifiers
  }

  /// A matrix of `rows` rows; any number when nil.
  func matrix(_ name: String, rows: Int? = nil) throws -> Matrix {
    let array = try array(name, rank: 2)
    guard case .float32(let values) = array.values else { throw wrongType(name, "f4") }
    try check(array.shape[0], is: rows ?? array.shape[0], name)
    return Matrix(rows: array.shape[0], columns: array.shape[1], values: values)
  }

  /// The same, left in its file where it lies in one.
  func table(_ name: String, rows: Int) throws -> RowTable {
    guard let table = mappedRows(name) else { return RowTable(try matrix(name, rows: rows)) }
    try check(table.rows, is: rows, name)
    return table
  }

  private func mappedRows(_ name: String) -> RowTable? {
    guard let rows = files[name].flatMap(NumPyArray.rows(in:)), rows.element == .float32 else { return nil }
    return RowTable(rows)
  }

  /// The objects `nameImages`, `nameLabels` and `nameFeatures`, every image with a label of the first `classes`.
  func labelledImages(_ name: String, classes: Int) throws -> LabelledImages {
    let images = try samples(name + "Images")
    return LabelledImages(
      images: images, labels: try labels(name + "Labels", count: images.count, from: 0, below: classes),
      features: try matrix(name + "Features", rows: images.count))
  }

  /// The JSON object `name`.
  func description(_ name: String) throws -> Description {
    do {
      return Description(place: place(name), value: try JSONValue.parse(bytes(name), source: place(name)))
    } catch let error as ConfigurationError {
      throw DatasetError(error.place, error.problem)
    }
  }

  private func check(_ count: Int, is expected: Int, _ name: String) throws {
    guard count == expected else {
      throw DatasetError(place(name), "it holds \(count) rows, but \(expected) are needed")
    }
  }

  private func wrongType(_ name: String, _ type: String) -> DatasetError {
    DatasetError(place(name), "values of type \(type) are needed")
  }

  /// A JSON object whose every key is needed.
  struct Description {
    let place: String
    let value: JSONValue

    func text(_ key: String) throws -> String {
      guard let text = value[key]?.text else { throw DatasetError(place, "\"\(key)\" must be a string") }
      return text
    }

    /// A remark, or the sentence that release 1 stored.
    func remark(_ key: String) throws -> Remark {
      guard let value = value[key] else { throw DatasetError(place, "\"\(key)\" is missing") }
      return try read { try Remark(json: value, place: place) }
    }

    /// What `body` reads; a mistake in the JSON is one in the data.
    private func read<Value>(_ body: () throws -> Value) throws -> Value {
      do { return try body() } catch let error as ConfigurationError {
        throw DatasetError(error.place, error.problem)
      }
    }

    func texts(_ key: String) throws -> [String] {
      guard let elements = value[key]?.elements, case let texts = elements.compactMap(\.text),
        texts.count == elements.count
      else { throw DatasetError(place, "\"\(key)\" must be a list of strings") }
      return texts
    }

    /// `normalisation`, which fits the channels of `samples`; nil for vectors, and where none is stated.
    func normalisation(of samples: SampleSet) throws -> PixelNormalisation? {
      guard let images = samples.images, let value = value["normalisation"], value != .null else { return nil }
      let normalisation = try read { try PixelNormalisation(json: value, place: place) }
      guard normalisation.channels == images.channels else {
        throw DatasetError(
          place, "\"normalisation\" has \(normalisation.channels) channels, the images \(images.channels)")
      }
      return normalisation
    }

    func count(_ key: String) throws -> Int {
      guard let count = value[key]?.int, count > 0 else {
        throw DatasetError(place, "\"\(key)\" must be a positive whole number")
      }
      return count
    }
  }
}

extension ImageSet {
  /// The pixels as an object of shape images × height × width, × channels where there are several.
  var object: [UInt8] {
    NumPyArray(shape: [count, height, width] + (channels > 1 ? [channels] : []), values: .uint8(pixels)).bytes
  }
}

extension SampleSet {
  /// The samples as an object: see ``StoredObjects/samples(_:)``.
  var object: [UInt8] {
    switch self {
    case .images(let images): images.object
    case .vectors(let rows): rows.matrix.object
    }
  }
}

extension Matrix {
  /// The values as an object of shape rows × columns.
  var object: [UInt8] { NumPyArray(shape: [rows, columns], values: .float32(values)).bytes }
}

extension [Int32] {
  var object: [UInt8] { NumPyArray(shape: [count], values: .int32(self)).bytes }
}

extension [UInt32] {
  var object: [UInt8] { NumPyArray(shape: [count], values: .uint32(self)).bytes }
}
