import Core
import Formats
import Samples

extension EvaluationSets {
  /// The sets as named objects for the store. Equal sets give equal bytes.
  ///
  /// The corruptions must be every kind at severity 1, 2, …, kind after kind; anything else traps.
  package func objects() -> [String: [UInt8]] {
    let severities = corruptions.map(\.severity).max() ?? 0
    let kinds = corruptions.filter { $0.severity == 1 }.map(\.kind)
    precondition(
      corruptions.map { "\($0.kind) \($0.severity)" }
        == kinds.flatMap { kind in (1...max(1, severities)).map { "\(kind) \($0)" } },
      "corruptions come kind after kind, each with severities 1 to \(severities)")
    let description: JSONValue = [
      "classes": .integer(Int64(classCount)), "corruptionKinds": .array(kinds.map { .string($0) }),
      "transferTasks": .array(transfer.map { .string($0.name) }),
    ]
    let own: [String: [UInt8]] = [
      "description": description.canonical, "baseImages": base.images.object, "baseLabels": base.labels.object,
      "baseFeatures": base.features.object, "corruptionImages": stackedCorruptions(kinds.count, severities),
      "corruptionLabels": corruptionLabels.object,
    ]
    return transfer.reduce(into: own) { objects, task in objects.merge(task.objects()) { first, _ in first } }
  }

  private var classCount: Int { Int((base.labels + corruptionLabels).max() ?? 0) + 1 }

  /// One array of shape kinds × severities × images × height × width, × channels where there are several; without kinds
  /// an empty one.
  private func stackedCorruptions(_ kinds: Int, _ severities: Int) -> [UInt8] {
    guard let first = corruptions.first?.images.images else {
      return NumPyArray(shape: [0, 0, 0, 0, 0], values: .uint8([])).bytes
    }
    let shape =
      [kinds, severities, corruptionLabels.count, first.height, first.width]
      + (first.channels > 1 ? [first.channels] : [])
    var pixels: [UInt8] = []
    pixels.reserveCapacity(corruptions.count * corruptionLabels.count * first.imageSize)
    for corruption in corruptions { pixels += corruption.images.images?.pixels ?? [] }
    return NumPyArray(shape: shape, values: .uint8(pixels)).bytes
  }

  /// Reads what ``objects()`` writes; throws a ``DatasetError`` that names the object and what is wrong with it.
  package init(objects: [String: [UInt8]]) throws {
    let stored = StoredObjects(owner: "evaluation sets", objects: objects)
    let description = try stored.description("description")
    let classes = try description.count("classes")
    let kinds = try description.texts("corruptionKinds")
    let corrupted = try Self.corruptions(stored, kinds: kinds)
    let base = try stored.labelledImages("base", classes: classes)
    self.init(
      base: base, corruptions: corrupted.sets,
      corruptionLabels: try stored.labels("corruptionLabels", count: corrupted.count, from: 0, below: classes),
      transfer: try description.texts("transferTasks").map {
        try TransferTask(stored, name: $0, shape: base.images.shape)
      })
  }

  private static func corruptions(_ stored: StoredObjects, kinds: [String]) throws -> (sets: [Corruption], count: Int) {
    let name = "corruptionImages"
    let array = try NumPyArray(reading: stored.bytes(name), name: stored.place(name))
    guard (5...6).contains(array.shape.count), case .uint8(let pixels) = array.values, array.shape[0] == kinds.count
    else {
      throw DatasetError(stored.place(name), "values of type u1 and rank 5 or 6 for \(kinds.count) kinds are needed")
    }
    let (severities, count, height, width) = (array.shape[1], array.shape[2], array.shape[3], array.shape[4])
    let channels = array.shape.count == 6 ? array.shape[5] : 1
    // No memory stands behind an empty array's sizes, so they could ask for any number of sets.
    guard !pixels.isEmpty || kinds.isEmpty else { throw DatasetError(stored.place(name), "it holds no images") }
    let size = count * height * width * channels
    let sets = kinds.enumerated().flatMap { kind, name in
      (0..<(kinds.isEmpty ? 0 : severities)).map { severity in
        let start = (kind * severities + severity) * size
        let images = ImageSet(
          count: count, height: height, width: width, channels: channels, pixels: Array(pixels[start..<start + size]))
        return Corruption(kind: name, severity: severity + 1, images: .images(images))
      }
    }
    return (sets, count)
  }
}
