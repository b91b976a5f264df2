import Core
import Samples

/// The downstream tasks of fashion++, in the style of VTAB-1k (Zhai et al. 2019): 1,000 images to learn from a task, fewer for
/// the few-shot ones. All come from the base test images, which are in no pool: one random half to learn from, the other
/// half to test on.
package struct TransferTasks {
  let seed: UInt64
  let images: ImageSet
  let labels: [Int32]

  static let trainingCount = 1_000
  static let testCount = 1_500
  /// Upper body, legs or whole body, footwear, bag: the group of each class.
  static let groups: [Int32] = [0, 1, 0, 1, 0, 2, 0, 2, 3, 2]
  static let shots = [5, 20]
  /// Pixels that images are moved by.
  static let shift = 3
  /// The severity of the corruptions to tell apart, of 1…5.
  static let severity = 3

  /// Places of the images to learn from and to test on.
  private struct Halves {
    let training: [Int]
    let test: [Int]

    func filter(_ isKept: (Int) -> Bool) -> Halves {
      Halves(training: training.filter(isKept), test: test.filter(isKept))
    }
  }

  /// Every task. Throws when there are too few images of some class.
  func tasks() throws -> [TransferTask] {
    var generator = SeededGenerator(seed: seed, purpose: "evaluation/transfer halves")
    let order = generator.permutation(images.count)
    let halves = Halves(
      training: Array(order[..<(order.count / 2)]), test: Array(order[(order.count / 2)...]))
    return try [coarse(halves), fine("fine-tops", group: 0, halves), fine("fine-footwear", group: 2, halves)]
      + [rotation(halves), shiftDirection(halves), corruption(halves)] + Self.shots.map { try fewShot($0, halves) }
  }

  private func coarse(_ halves: Halves) throws -> TransferTask {
    try task("coarse", labels: 4, halves) { _, index, _ in (images.image(index), Self.groups[Int(labels[index])]) }
  }

  /// The classes of one group, told apart.
  private func fine(_ name: String, group: Int32, _ halves: Halves) throws -> TransferTask {
    let members = Self.groups.indices.filter { Self.groups[$0] == group }.map(Int32.init)
    let own = halves.filter { members.contains(labels[$0]) }
    return try task(name, labels: members.count, own) { _, index, _ in
      (images.image(index), Int32(members.firstIndex(of: labels[index])!))
    }
  }

  private func rotation(_ halves: Halves) throws -> TransferTask {
    try task("rotation", labels: 4, halves) { place, index, _ in
      (Self.turned(images.image(index), quarters: place % 4), Int32(place % 4))
    }
  }

  private func shiftDirection(_ halves: Halves) throws -> TransferTask {
    try task("shift", labels: 4, halves) { place, index, _ in
      let steps = [(0, -1), (1, 0), (0, 1), (-1, 0)][place % 4]
      return (Self.moved(images.image(index), by: (steps.0 * Self.shift, steps.1 * Self.shift)), Int32(place % 4))
    }
  }

  private func corruption(_ halves: Halves) throws -> TransferTask {
    let size = CorruptionSize(height: images.height, width: images.width)
    let corruptions = CorruptionKind.allCases.map { $0.corruption(for: size) }
    return try task("corruption", labels: corruptions.count, halves) { place, index, generator in
      let kind = place % corruptions.count
      let forms = corruptions[kind].severities(of: PlanarImage(images, at: index), &generator)
      return (forms[Self.severity - 1].bytes[...], Int32(kind))
    }
  }

  private func fewShot(_ shots: Int, _ halves: Halves) throws -> TransferTask {
    var remaining = [Int](repeating: shots, count: SourceImages.classNames.count)
    let few = halves.training.filter { index in
      remaining[Int(labels[index])] -= 1
      return remaining[Int(labels[index])] >= 0
    }
    guard few.count == shots * remaining.count else {
      throw DatasetError("part evaluation", "a transfer task needs \(shots) test images of each class to learn from")
    }
    return try task("few-shot-\(shots)", labels: remaining.count, Halves(training: few, test: halves.test)) {
      _, index, _ in (images.image(index), labels[index])
    }
  }

  /// A task on random images of each half: `example` gives the pixels and the label of the image `index` at a place of the
  /// task, from a random stream of its own.
  private func task(
    _ name: String, labels: Int, _ halves: Halves,
    example: (_ place: Int, _ index: Int, inout SeededGenerator) -> (ArraySlice<UInt8>, Int32)
  ) throws -> TransferTask {
    func side(_ indices: [Int], _ purpose: String, limit: Int) throws -> (ImageSet, [Int32]) {
      guard !indices.isEmpty else {
        throw DatasetError("part evaluation", "there is no test image for the transfer task \(name)")
      }
      var generator = SeededGenerator(seed: seed, purpose: "evaluation/transfer/\(name)/\(purpose)")
      let chosen = generator.sample(min(limit, indices.count), of: indices.count).map { indices[$0] }
      var (pixels, truth): ([UInt8], [Int32]) = ([], [])
      for (place, index) in chosen.enumerated() {
        let (image, label) = example(place, index, &generator)
        pixels += image
        truth.append(label)
      }
      let set = ImageSet(count: chosen.count, height: images.height, width: images.width, pixels: pixels)
      return (set, truth)
    }
    let training = try side(halves.training, "training", limit: Self.trainingCount)
    let test = try side(halves.test, "test", limit: Self.testCount)
    return TransferTask(
      name: name, labels: labels, trainingImages: .images(training.0), trainingLabels: training.1,
      testImages: .images(test.0),
      testLabels: test.1)
  }

  /// A square image turned clockwise.
  static func turned(_ image: ArraySlice<UInt8>, quarters: Int) -> ArraySlice<UInt8> {
    let side = SourceImages.side
    var result = image
    for _ in 0..<quarters {
      let source = Array(result)
      result = source.indices.map { source[(side - 1 - $0 % side) * side + $0 / side] }[...]
    }
    return result
  }

  /// The image moved to the right and down; black comes in.
  static func moved(_ image: ArraySlice<UInt8>, by step: (x: Int, y: Int)) -> ArraySlice<UInt8> {
    let (side, source) = (SourceImages.side, Array(image))
    let pixels = source.indices.map { pixel -> UInt8 in
      let (x, y) = (pixel % side - step.x, pixel / side - step.y)
      return (0..<side).contains(x) && (0..<side).contains(y) ? source[y * side + x] : 0
    }
    return pixels[...]
  }
}

extension TransferTasks {
  /// What reports say of each task, in the order of ``tasks()``.
  package static let things: [MeasuredThing] = [
    thing(
      "coarse", "Groups", "大分類", "telling the groups upper body, legs or whole body, footwear and bag apart",
      "上半身・脚または全身・履物・かばんの4群を見分ける"),
    thing(
      "fine-tops", "Tops", "上半身の衣類", "telling T-shirt, pullover, coat and shirt apart",
      "Tシャツ・プルオーバー・コート・シャツを見分ける"),
    thing(
      "fine-footwear", "Footwear", "履物", "telling sandal, sneaker and ankle boot apart",
      "サンダル・スニーカー・アンクルブーツを見分ける"),
    thing(
      "rotation", "Rotation", "回転", "telling by which quarter turn an image is rotated",
      "画像が90度単位でどれだけ回っているかを当てる"),
    thing(
      "shift", "Shift", "ずれの向き", "telling in which of four directions an image is moved by 3 pixels",
      "画像が上下左右のどちらへ3画素ずれているかを当てる"),
    thing(
      "corruption", "Corruption kind", "劣化の種類", "telling the fifteen corruptions apart, at severity 3",
      "強さ3の劣化15種類を見分ける"),
    thing(
      "few-shot-5", "5 shots", "5枚学習", "telling the classes apart after 5 images of each",
      "各クラス5枚だけで学習してクラスを見分ける"),
    thing(
      "few-shot-20", "20 shots", "20枚学習", "telling the classes apart after 20 images of each",
      "各クラス20枚だけで学習してクラスを見分ける"),
  ]

  /// The names of the tasks.
  package static var names: [String] { things.map(\.name) }

  private static func thing(
    _ name: String, _ english: String, _ japanese: String, _ meaning: String, _ japaneseMeaning: String
  ) -> MeasuredThing {
    MeasuredThing(
      name: name, title: Words(english: english, japanese: japanese),
      meaning: Words(english: meaning, japanese: japaneseMeaning))
  }
}
