import Core
import Files
import Formats
import Numerics
import Samples

/// Samples in arrays: images × height × width (× channels) of eight bits, or vectors × width; labels in a file of their own.
struct ArraySource {
  let parameters: BlockParameters
  let context: TaskContext
  /// Where rows may be written to; nil for memory.
  var directory: String?
  /// What samples say of themselves, where the parameters ask for it.
  var statements: SampleStatements?

  /// The same for an array of vectors that is read where it lies; nil when the file is none.
  func read(_ file: MappedFile, labels: [UInt8]?, features: FeatureRows? = nil) throws -> SampleBlock? {
    guard case .vector(let width) = parameters.rule, parameters.format.variant == nil,
      let rows = NumPyArray.rows(in: file)
    else { return nil }
    let names = try labels.map { try Self.texts(of: $0, parameters.labelField?.names.first) }
    var collector = try collector(count: rows.rows, names, features)
    try addVectors(RowTable(rows), width, names, features, &collector)
    return try collector.finished()
  }

  func read(_ data: [UInt8], labels file: [UInt8]?, features: FeatureRows? = nil) throws -> SampleBlock {
    let (array, names) = try Self.content(of: data, parameters, file)
    var collector = try collector(count: array.shape.first ?? 0, names, features)
    switch parameters.rule {
    case .image: try addImages(array, names, features, &collector)
    case .vector(let width):
      guard array.shape.count == 2, let values = array.values.singles else { throw Self.noVectors(width, array.shape) }
      let rows = Matrix(rows: array.shape[0], columns: array.shape[1], values: values)
      try addVectors(RowTable(rows), width, names, features, &collector)
    }
    return try collector.finished()
  }

  private func collector(count: Int, _ names: [String]?, _ features: FeatureRows?) throws -> BlockCollector {
    if let names, names.count != count {
      throw DatasetError("the labels", "there are \(names.count) labels for \(count) samples")
    }
    guard names != nil || !parameters.needsLabels else {
      throw DatasetError("the array", "its labels are needed: name their file under \"labels\"")
    }
    try features?.check(count: count)
    try statements?.check(count: count)
    return try BlockCollector(parameters, statements: statements, directory: directory)
  }

  private static func noVectors(_ width: Int, _ shape: [Int]) -> DatasetError {
    DatasetError("the array", "vectors of \(width) numbers are needed, not an array of shape \(shape)")
  }

  private func addImages(
    _ array: NumPyArray, _ names: [String]?, _ features: FeatureRows?, _ collector: inout BlockCollector
  ) throws {
    var keys = ContentKeys()
    guard (3...4).contains(array.shape.count), case .uint8(let pixels) = array.values else {
      throw DatasetError("the array", "images × height × width (× channels) of type u1 are needed")
    }
    let (height, width) = (array.shape[1], array.shape[2])
    let channels = array.shape.count == 4 ? array.shape[3] : 1
    guard height > 0, width > 0, [1, 3].contains(channels) else {
      throw DatasetError("the array", "images of \(height)×\(width)×\(channels) cannot be used")
    }
    let fitting = ImageFitting(parameters.rule)
    let size = height * width * channels
    for index in 0..<array.shape[0] {
      if index.isMultiple(of: 256) { try context.proceed(index, of: array.shape[0]) }
      guard case .taken(let label, let statement) = try placement(index, names, &collector) else { continue }
      let image = pixels[index * size..<(index + 1) * size]
      let fitted = fitting.fitted(Array(image), height: height, width: width, channels: channels)
      try collector.add(
        key: keys.key(of: fitted), label: label, says: statement, pixels: fitted,
        features: features?.row(index, key: nil))
    }
  }

  private func placement(
    _ index: Int, _ names: [String]?, _ collector: inout BlockCollector
  ) throws -> BlockCollector.Placement {
    try collector.place("row \(index)", key: nil, label: names?[index]) { try $0.statement(ofRow: index) }
  }

  private func addVectors(
    _ rows: RowTable, _ width: Int, _ names: [String]?, _ features: FeatureRows?, _ collector: inout BlockCollector
  ) throws {
    guard rows.columns == width else { throw Self.noVectors(width, [rows.rows, rows.columns]) }
    var keys = ContentKeys()
    try rows.forEachBlock { first, block in
      for place in 0..<block.rows {
        let index = first + place
        if index.isMultiple(of: 4_096) { try context.proceed(index, of: rows.rows) }
        guard case .taken(let label, let statement) = try placement(index, names, &collector) else { continue }
        let row = block.row(place)
        guard row.allSatisfy(\.isFinite) else {
          collector.addDamaged("row \(index)", "it holds a value that is no finite number")
          continue
        }
        try collector.add(
          key: keys.key(of: [UInt8](memoryOf: row)), label: label, says: statement, numbers: row,
          features: features?.row(index, key: nil))
      }
    }
  }

  /// The array, and the labels of its samples as words: those in a file of their own, or those beside CIFAR's pixels; nil
  /// without any. Throws a ``DatasetError``.
  private static func content(
    of data: [UInt8], _ parameters: BlockParameters, _ file: [UInt8]?
  ) throws -> (array: NumPyArray, labels: [String]?) {
    guard let variant = parameters.format.variant else {
      let array = try ArrayFile.array(data, member: parameters.member, name: "the array")
      return (array, try file.map { try texts(of: $0, parameters.labelField?.names.first) })
    }
    let content = try CIFARBinary.read(data, variant, name: "the file")
    let images = content.images
    let array = NumPyArray(
      shape: [images.count, images.height, images.width, images.channels], values: .uint8(images.pixels))
    return (array, content.labels.map { String($0) })
  }

  /// The labels alone: see ``content(of:_:_:)``.
  static func labels(in file: SurveyedFile, _ parameters: BlockParameters, _ labels: [UInt8]?) throws -> [String]? {
    parameters.format.variant == nil
      ? try labels.map { try texts(of: $0, parameters.labelField?.names.first) }
      : try content(of: file.bytes, parameters, labels).labels
  }

  private static func texts(of file: [UInt8], _ column: String?) throws -> [String] {
    if ParquetTexts.isParquet(file) { return try ParquetTexts.column(column, of: file, name: "the labels") }
    let labels = try LabelFile(file, name: "the labels")
    return labels.numbers.map { number in labels.names.map { $0[number] } ?? String(number) }
  }
}

extension SourceFormat {
  /// Which of CIFAR's forms it is; nil for the others.
  fileprivate var variant: CIFARBinary.Variant? {
    switch self {
    case .cifar10: .ten
    case .cifar100: .hundred
    default: nil
    }
  }
}

extension NumPyArray.Values {
  /// The values in single precision, whole numbers by way of double; nil for names and text.
  fileprivate var singles: [Float]? {
    switch self {
    case .float16, .float32, .float64: floats
    default: doubles?.map { Float($0) }
    }
  }
}

/// Names rows of an array by what they hold, because their place must not matter: the first of equal rows is 0, the next 1.
private struct ContentKeys {
  private var seen: [Digest: Int] = [:]

  mutating func key(of content: [UInt8]) -> String {
    let digest = Digest(of: content)
    let count = seen[digest, default: 0]
    seen[digest] = count + 1
    return String(count)
  }
}
