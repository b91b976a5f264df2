import Core
import Datasets
import Samples
import Testing

/// What the corruptions of 28 × 28 grey images were when fashion++ was first published: its results stay comparable only
/// while these bytes stay.
@Suite struct CorruptionGoldenTests {
  private static let side = 28

  /// Uniform noise: every grey level, every edge.
  private static let noise: ImageSet = {
    var generator = SeededGenerator(seed: 28, purpose: "golden/noise")
    let pixels = (0..<6 * side * side).map { _ in UInt8(generator.next() >> 56) }
    return ImageSet(count: 6, height: side, width: side, pixels: pixels)
  }()

  /// Sums of a few waves, cut off at black and white here and there.
  private static let smooth: ImageSet = {
    var generator = SeededGenerator(seed: 28, purpose: "golden/smooth")
    var pixels: [UInt8] = []
    for _ in 0..<6 {
      let waves = (0..<5).map { _ in
        (
          x: generator.uniform(in: -0.6..<0.6), y: generator.uniform(in: -0.6..<0.6),
          phase: generator.uniform(in: 0..<6), height: generator.uniform(in: 10..<60)
        )
      }
      for pixel in 0..<side * side {
        let level = waves.reduce(110) { sum, wave in
          sum + wave.height
            * PortableMath.cos(wave.x * Double(pixel % side) + wave.y * Double(pixel / side) + wave.phase)
        }
        pixels.append(UInt8(max(0, min(255, level))))
      }
    }
    return ImageSet(count: 6, height: side, width: side, pixels: pixels)
  }()

  private static func digests(_ kind: CorruptionKind, _ images: ImageSet) throws -> String {
    try kind.corrupted(images, seed: 7).map { Digest(of: $0.pixels).short }.joined(separator: " ")
  }

  @Test(arguments: CorruptionKind.allCases.map(\.rawValue)) func everySeverityKeepsItsBytes(name: String) throws {
    let kind = try #require(CorruptionKind(rawValue: name))
    let golden = try #require(Self.golden[name])
    #expect(try Self.digests(kind, Self.noise) == golden.noise)
    #expect(try Self.digests(kind, Self.smooth) == golden.smooth)
  }

  /// The first twelve digits of the SHA-256 of each severity's pixels.
  private static let golden: [String: (noise: String, smooth: String)] = [
    "gaussian-noise": (
      "a910b1cf8a48 3ae232d7401f 412c53675047 11679006d90b 6ed222606bdb",
      "b2e235b7caa6 82473f55f364 f9ee1600a82a 23e0d3828b53 48f3448196e5"
    ),
    "shot-noise": (
      "8aca096da0f2 f2b488b3428d 3fc664d7af48 09a9a7bf202b b68cbc5b2842",
      "c3186a627321 6cb59f7660bf b8807f2a6e7e 73428358247c 27dfa6ba3bdc"
    ),
    "impulse-noise": (
      "21b461a40236 636f1aac1b2d 082bca6bae37 1ed028e3a3e3 f56c2ee7dd64",
      "c5c3cb1c1830 e38507227305 d0a58b3f9ebb dfc47b0f5f44 3cbc4137d8a7"
    ),
    "defocus-blur": (
      "a8f8ed2cba9a afd143d80571 0a6eb946820d 080e9d4b0622 6d048c77d0b5",
      "d4882398ffed 78e30ca7f9dd 810f4d3c0795 be0cc4d682c5 1839596236a3"
    ),
    "glass-blur": (
      "f2dd3dff0abe fd33f1827a8b a88d16c50c26 3bcb0b889221 0a0ae656daae",
      "b1ac6e0837c3 94b806f0ce1c 4773ff864299 7316ec32abd4 792b3b0c8b73"
    ),
    "motion-blur": (
      "8d6dfb11fbd9 c8291a2ff54c 1de5e45ea340 6c0874e31652 f9d290fd4121",
      "62cef0713af6 a3f169696726 8059972059f7 508b4d16644c 3d51e10196ad"
    ),
    "zoom-blur": (
      "ed7ef90b531c ec82336e728c 38eebbb006be 92ba9ae59ae9 a406c0efc54b",
      "c2ec6a4de2b6 4120294fdabb 43103a350583 b229146b97dd 3b5c3e496dc5"
    ),
    "snow": (
      "57b731364f9f ea17c8bee07f e8592c035334 4fbb2a6e4fbc c824398060df",
      "b7210b73f693 8bf907b87faf 92735a2ede2e 730b672d7c10 96b6d5ddbc78"
    ),
    "frost": (
      "73192f9bf458 1733107ac171 5fe1ebe9c27a e06d1f8f4917 f27b50fbc462",
      "69cd3fac97dd fd0e56427078 1886edbe3df5 722a30341a56 81dcd473b148"
    ),
    "fog": (
      "c79407af16ff aad2a9d84719 9b1df6b8d099 9a5933d08610 da8ed1dfc6fc",
      "58ea1b09eb8f 90ee3f307dd8 2aaa77f412d6 85b2514222aa 440af36109b0"
    ),
    "brightness": (
      "a563e3b267b7 efd208e7bb77 74d2f86d7287 d14d2d4e6b44 88ffbb7f1d2b",
      "eb1f279f393b b5712b035a27 a30713ab05be 4084cffd9602 c7962d7b2540"
    ),
    "contrast": (
      "0bc25012055c 25f765fe438a ffdebb1bcebe cdfde2821348 7cb03aeb2227",
      "a2f288a3af90 d977d6092319 c53d84ddce73 9d2cb4df6be6 2f0fb2701d87"
    ),
    "elastic": (
      "282c2401631a 30710359bd47 d8e063df5dba 46776e879ea6 751e6a92bf24",
      "6aa9e6fe4e49 55dbbe3b23c1 a94318d8ba77 561cbeeee9d9 2679f24fbef1"
    ),
    "pixelate": (
      "2a1d3c122036 5b9c1bf54838 b88605b0c324 dc640a8fb187 9b6b4a4577e6",
      "f333310d6090 4d5b387fd4ec 3b1edd93b1d1 52844a164384 6d6474dcf0b8"
    ),
    "jpeg": (
      "5f2e3b5913db 8c0b16cb6a62 4645cbae1415 3a3118d59ec7 9a4560210abf",
      "d3451eb80476 636a6f6e86cd 4b277ea38c03 5f2e89905efe b0c07a93711b"
    ),
  ]
}

/// What fashion++ makes of its images with the same tools.
@Suite(.enabled(if: FashionMNIST.isInstalled), .serialized) struct FashionPlusPlusGoldenTests {
  @Test(arguments: [
    ("evaluation", "corruptionImages", "e15b9a696253"),
    ("evaluation", "transfer.corruption.trainingImages", "69812adcfe9e"),
    ("evaluation", "transfer.rotation.trainingImages", "73e9f3d86b5f"),
    ("evaluation", "transfer.shift.trainingImages", "6b2516caeec2"),
    ("deployment", "testImages", "f6fdfdf9d1b5"), ("deployment", "targetImages", "2c444d1d7ae6"),
  ])
  func imagesKeepTheirBytes(part: String, object: String, golden: String) throws {
    let bytes = try #require(BuiltParts.shared.objects[part]?[object])
    #expect(Digest(of: bytes).short == golden)
  }
}
