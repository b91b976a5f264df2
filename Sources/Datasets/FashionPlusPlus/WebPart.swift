import Core
import Formats
import Samples
import Sweeps

/// The part `web`: divides the 60,000 training images into the expert pool, the simulated web and the sources of the
/// deployment images, and puts distractors and captions into the web.
struct WebPart {
  let seed: UInt64

  static let expertPerClass = 1_000
  static let deploymentCount = 5_000
  /// Distractors, as a share of the web's own images.
  static let distractorShare = 0.1
  /// Concentration of the Dirichlet distribution that the deployment's class mix is drawn from.
  static let deploymentConcentration = 2.0
  /// The first source id of distractors, above every image of the training set.
  static let firstDistractorID: UInt32 = 1_000_000

  func build(_ inputs: PartInputs) throws -> FashionPlusPlusBuilder.PartOutput {
    let all = try Self.trainingImages(inputs)
    let mix = Self.deploymentMix(seed: seed)
    let split = try split(all.labels, deploymentMix: mix)
    let (web, pairs) = webWithDistractors(all.selecting(split.web))
    let captions = CaptionWriter(seed: seed).captions(labels: web.labels, distractors: pairs)
    var objects = web.objects(prefix: "web")
    objects.merge(all.selecting(split.expert).objects(prefix: "expert")) { first, _ in first }
    objects.merge(all.selecting(split.deployment).objects(prefix: "deployment")) { first, _ in first }
    objects["webCaptions"] = Array(captions.joined(separator: "\n").utf8)
    return .init(
      objects: objects,
      facts: PartFacts(
        licence: SourceImages.licence,
        notes: [Remark(.trainingImages), Remark(.distractors), CaptionWriter.statement],
        others: [
          "expert": Double(split.expert.count), "web": Double(split.web.count),
          "deployment": Double(split.deployment.count), "distractors": Double(pairs.count),
        ]))
  }

  private static func trainingImages(_ inputs: PartInputs) throws -> SourceImages {
    let (imageFile, labelFile) = ("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz")
    let images = try IDXFile.images(inputs.source(imageFile), name: imageFile)
    let labels = try IDXFile.labels(
      inputs.source(labelFile), classes: SourceImages.classNames.count, name: labelFile)
    try check(images, labels, imageFile, labelFile)
    return SourceImages(images: images, labels: labels, sourceIDs: (0..<UInt32(images.count)).map { $0 })
  }

  /// Throws unless there is one label an image and the images are 28 × 28.
  static func check(_ images: ImageSet, _ labels: [Int32], _ imageFile: String, _ labelFile: String) throws {
    guard images.count == labels.count else {
      throw DatasetError(labelFile, "\(labels.count) labels do not fit the \(images.count) images of \(imageFile)")
    }
    try SourceImages.check(images, place: imageFile)
  }

  /// The class mix of the first deployment world.
  static func deploymentMix(seed: UInt64) -> [Double] {
    var generator = SeededGenerator(seed: seed, purpose: "web/deployment mix")
    return generator.dirichlet(SourceImages.classNames.map { _ in deploymentConcentration })
  }

  /// Indices of the training set, each group in random order.
  private func split(
    _ labels: [Int32], deploymentMix: [Double]
  ) throws -> (expert: [Int], deployment: [Int], web: [Int]) {
    var generator = SeededGenerator(seed: seed, purpose: "web/split")
    var members = [[Int]](repeating: [], count: deploymentMix.count)
    for index in generator.permutation(labels.count) { members[Int(labels[index])].append(index) }
    let deploymentCounts = Apportionment.counts(of: Self.deploymentCount, shares: deploymentMix)
    var (expert, deployment, web): ([Int], [Int], [Int]) = ([], [], [])
    for (label, indices) in members.enumerated() {
      let expertEnd = Self.expertPerClass
      let deploymentEnd = expertEnd + deploymentCounts[label]
      guard indices.count > deploymentEnd else {
        throw DatasetError(
          "part web", "class \(label) has \(indices.count) training images, but more than \(deploymentEnd) are needed")
      }
      expert += indices[..<expertEnd]
      deployment += indices[expertEnd..<deploymentEnd]
      web += indices[deploymentEnd...]
    }
    generator.shuffle(&expert)
    generator.shuffle(&deployment)
    generator.shuffle(&web)
    return (expert, deployment, web)
  }

  /// The web images with distractors mixed in at random places, and the two classes that each distractor blends, by its
  /// place.
  private func webWithDistractors(_ web: SourceImages) -> (SourceImages, [Int: (Int32, Int32)]) {
    var generator = SeededGenerator(seed: seed, purpose: "web/distractors")
    let count = Int(Double(web.images.count) * Self.distractorShare)
    var (pixels, labels, sourceIDs) = (web.images.pixels, web.labels, web.sourceIDs)
    var blended: [(Int32, Int32)] = []
    for number in 0..<count {
      let (first, second) = distinctPair(web.labels, &generator)
      let weight = Int32(generator.uniform(in: 0.35..<0.65) * 256)
      pixels += zip(web.images.image(first), web.images.image(second)).map {
        UInt8((Int32($0) * weight + Int32($1) * (256 - weight) + 128) >> 8)
      }
      labels.append(-1)
      sourceIDs.append(Self.firstDistractorID + UInt32(number))
      blended.append((web.labels[first], web.labels[second]))
    }
    let total = web.images.count + count
    let mixed = SourceImages(
      images: ImageSet(count: total, height: 28, width: 28, pixels: pixels), labels: labels, sourceIDs: sourceIDs)
    let order = generator.permutation(total)
    let places = order.enumerated().compactMap { $1 < web.images.count ? nil : ($0, blended[$1 - web.images.count]) }
    return (mixed.selecting(order), Dictionary(uniqueKeysWithValues: places))
  }

  private func distinctPair(_ labels: [Int32], _ generator: inout SeededGenerator) -> (Int, Int) {
    let first = generator.integer(below: labels.count)
    while true {
      let second = generator.integer(below: labels.count)
      if labels[second] != labels[first] { return (first, second) }
    }
  }
}

/// Divides a whole number by shares.
package enum Apportionment {
  /// Whole counts in proportion to `shares`, by the largest remainder (the lower index wins a tie); they add up to
  /// `total`.
  package static func counts(of total: Int, shares: [Double]) -> [Int] {
    let sum = shares.reduce(0, +)
    let exact = shares.map { $0 / sum * Double(total) }
    var counts = exact.map { Int($0) }
    let byRemainder = exact.indices.sorted {
      let (left, right) = (exact[$0] - Double(counts[$0]), exact[$1] - Double(counts[$1]))
      return left != right ? left > right : $0 < $1
    }
    for index in byRemainder.prefix(total - counts.reduce(0, +)) { counts[index] += 1 }
    return counts
  }
}
