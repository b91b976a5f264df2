import Core
import Formats
import TestSupport
import Testing

@Suite struct ImageDecoderTests {
  static let pictures = Fixture.names(in: "pictures", "jpg", "png", "webp", "tif")

  private func decoded(_ name: String, _ decoder: ImageDecoder = ImageDecoder()) throws -> DecodedImage {
    try decoder.decode(Fixture.bytes("pictures/\(name)"), name: name)
  }

  private func problem(_ bytes: [UInt8], _ decoder: ImageDecoder = ImageDecoder()) -> ImageProblem? {
    do {
      _ = try decoder.decode(bytes)
      return nil
    } catch { return error }
  }

  @Test(arguments: pictures) func aPictureIsDecodedAsPillowDoes(name: String) throws {
    let picture = try decoded(name)
    let expected = try Fixture.pixels("pictures/\(name).npy")
    #expect(picture.height == expected.height && picture.width == expected.width)
    try #require(picture.channels == expected.channels && picture.pixels.count == expected.values.count)
    let largest = zip(picture.pixels, expected.values).map { abs(Int($0) - Int($1)) }.max()!
    // Where libraries round differently: CMYK, profiles, and libtiff's alpha.
    let isRounded = ["cmyk", "wide", "alpha.tif"].contains { name.hasPrefix($0) }
    #expect(largest <= (isRounded ? 2 : 0), "the largest difference is \(largest)")
  }

  @Test func thereIsAPictureOfEveryFormat() {
    #expect(Set(Self.pictures.compactMap { ImageFormat(name: $0) }) == Set(ImageFormat.allCases))
    #expect(Self.pictures.count > 30)
  }

  @Test func whatTheFileSaysIsTold() throws {
    #expect(try decoded("cmyk.jpg").findings.mode == .cmyk)
    #expect(try decoded("palette-alpha.png").findings.mode == .paletteAlpha)
    #expect(try decoded("deep.png").findings.depth == 16)
    #expect(try decoded("turned-6.jpg").findings.orientation == 6)
    #expect(try decoded("turned.webp").findings.orientation == 8)
    #expect(try decoded("turned.tif").findings.orientation == 6)
    #expect(try decoded("film.webp").findings.remarks == [.severalFrames])
    #expect(try decoded("wide.png").findings.profile == .converted)
    let turned = try decoded("turned-6.jpg")
    #expect((turned.height, turned.width) == (12, 9) && (turned.findings.height, turned.findings.width) == (9, 12))
    let size = try ImageDecoder().size(of: Fixture.bytes("pictures/turned-6.jpg"))
    #expect(size == (12, 9))
  }

  @Test func theBytesTellTheFormatAndALyingNameIsRemarked() throws {
    let bytes = try Fixture.bytes("pictures/colour.png")
    #expect(try ImageDecoder().decode(bytes, name: "a/b.JPEG").findings.remarks == [.misnamed])
    #expect(try ImageDecoder().decode(bytes, name: "a/b.PNG").findings.remarks == [])
    #expect(try ImageDecoder().decode(bytes, name: "a.b/c").findings.format == .png)
  }

  @Test func channelsAreMadeAsAskedFor() throws {
    let colour = try decoded("colour.png")
    let grey = try decoded("colour.png", ImageDecoder(channels: 1))
    #expect(grey.channels == 1)
    // ITU-R BT.601.
    let first = colour.pixels.prefix(3).map(Double.init)
    #expect(abs(Double(grey.pixels[0]) - (0.299 * first[0] + 0.587 * first[1] + 0.114 * first[2])) <= 0.51)
    let threefold = try decoded("grey.png", ImageDecoder(channels: 3))
    #expect(try threefold.pixels == decoded("grey.png").pixels.flatMap { [$0, $0, $0] })
    #expect(try decoded("wide.jpg", ImageDecoder(channels: 1)).channels == 1)
  }

  @Test func aJPEGIsDecodedSmallerWhereTheTargetIs() throws {
    let whole = try decoded("baseline.jpg")
    let quarter = try decoded("baseline.jpg", ImageDecoder(target: 1))
    #expect((quarter.height, quarter.width, quarter.findings.reduction) == (3, 3, 4))
    #expect(try decoded("baseline.jpg", ImageDecoder(target: 2)).findings.reduction == 2)
    #expect(try decoded("baseline.jpg", ImageDecoder(target: 3)).findings.reduction == 1)
    #expect(try decoded("colour.png", ImageDecoder(target: 1)).findings.reduction == 1)
    let small = BicubicResampling.resized(whole, toHeight: 3, width: 3)
    let distance = zip(quarter.pixels, small.pixels).map { abs(Int($0) - Int($1)) }.reduce(0, +)
    // Twelve pixels of strong colours are the worst there is for a quarter's box filter.
    #expect(distance / small.pixels.count <= 16)
  }

  @Test func whatIsNoPictureIsNamed() throws {
    #expect(problem([]) == ImageProblem(.empty, "the file is empty"))
    #expect(
      problem(Array("<!DOCTYPE html><html>404</html>".utf8))
        == ImageProblem(.notAnImage, "this is an HTML page; JPEG, PNG, WebP and TIFF are read"))
    #expect(problem(Array("GIF89a".utf8))?.detail.hasPrefix("this is a GIF picture") == true)
    #expect(problem([1, 2, 3])?.kind == .notAnImage)
    #expect(problem([0, 0, 0, 0x20] + Array("ftypavif".utf8))?.detail.contains("AVIF") == true)
  }

  @Test(arguments: ["baseline.jpg", "progressive.jpg", "colour.png", "interlaced.png", "lossless.webp", "lzw.tif"])
  func halfAFileIsCutShort(name: String) throws {
    let bytes = try Fixture.bytes("pictures/\(name)")
    for share in [50, 75, 90] {
      // The last 12 bytes of a PNG only say that it ends.
      let count = min(bytes.count * share / 100, bytes.count - 16)
      #expect(problem(Array(bytes.prefix(count)))?.kind == .truncated, "\(share) %")
    }
  }

  @Test func onlyTheMarkOfTheEndMayBeMissing() throws {
    let bytes = try Fixture.bytes("pictures/baseline.jpg")
    let picture = try ImageDecoder().decode(Array(bytes.dropLast(2)))
    #expect(picture.findings.remarks == [.noEnd])
    #expect(try picture.pixels == decoded("baseline.jpg").pixels)
    let png = try Fixture.bytes("pictures/colour.png")
    #expect(try ImageDecoder().decode(Array(png.dropLast(12))).findings.remarks == [.noEnd])
  }

  @Test func tooManyPixelsAreRefusedByTheHeader() throws {
    let bomb = try Fixture.bytes("bomb.png")
    #expect(
      problem(bomb)
        == ImageProblem(.tooLarge, "the picture has 60000×60000 pixels; at most 67108864 pixels are decoded"))
    var decoder = ImageDecoder()
    decoder.pixelLimit = 107
    for name in Self.pictures {
      #expect(problem(try Fixture.bytes("pictures/\(name)"), decoder)?.kind == .tooLarge, "\(name)")
    }
  }

  @Test(arguments: pictures) func damageNeverTraps(name: String) throws {
    var mutation = Mutation("picture \(name)")
    var decoder = ImageDecoder(target: 2)
    decoder.pixelLimit = 1 << 20
    let bytes = try Fixture.bytes("pictures/\(name)")
    var refused = 0
    for _ in 0..<60 where problem(mutation.mutated(bytes), decoder) != nil { refused += 1 }
    #expect((1...60).contains(refused))
  }
}

@Suite struct BicubicResamplingTests {
  private func image(_ name: String) throws -> DecodedImage {
    let (height, width, channels, values) = try Fixture.pixels("resized/\(name).npy")
    let findings = try ImageDecoder().decode(Fixture.bytes("pictures/colour.png")).findings
    return DecodedImage(height: height, width: width, channels: channels, pixels: values, findings: findings)
  }

  @Test(arguments: ["noise", "flat"], [(9, 5), (4, 12), (5, 7), (1, 1), (20, 31), (8, 8)])
  func resizesAsPillowDoes(name: String, size: (Int, Int)) throws {
    let resized = try BicubicResampling.resized(image(name), toHeight: size.0, width: size.1)
    #expect(try resized.pixels == Fixture.pixels("resized/\(name)-\(size.0)x\(size.1).npy").values)
  }

  @Test(arguments: ["noise", "flat"], [4, 7]) func cropsAsTorchvisionDoes(name: String, side: Int) throws {
    let cropped = try ResizeRule.crop.apply(to: image(name), side: side)
    #expect((cropped.height, cropped.width) == (side, side))
    #expect(try cropped.pixels == Fixture.pixels("resized/\(name)-crop-\(side).npy").values)
  }

  @Test func theSameSizeIsTheSamePicture() throws {
    let noise = try image("noise")
    #expect(BicubicResampling.resized(noise, toHeight: noise.height, width: noise.width).pixels == noise.pixels)
  }

  @Test func squashingUsesAllAndPaddingKeepsProportions() throws {
    let noise = try image("noise")
    #expect(
      ResizeRule.squash.apply(to: noise, side: 5).pixels
        == BicubicResampling.resized(noise, toHeight: 5, width: 5).pixels)
    let padded = ResizeRule.pad.apply(to: noise, side: 8)
    #expect((padded.height, padded.width) == (8, 8))
    // 9 × 12 becomes 6 × 8 between two white rows.
    let inner = BicubicResampling.resized(noise, toHeight: 6, width: 8).pixels
    let white = [UInt8](repeating: 255, count: 8 * 3)
    #expect(padded.pixels == white + inner + white)
    for rule in ResizeRule.allCases { #expect(rule.apply(to: noise, side: 1).pixels.count == 3) }
  }
}
