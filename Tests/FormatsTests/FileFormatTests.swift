import Core
import Formats
import Samples
import TestSupport
import Testing

@Suite struct GzipTests {
  // `printf 'hello hello hello' | gzip -n`
  static let hello: [UInt8] = [
    0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0, 0, 0x03, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0x57, 0xC8, 0x40, 0x90, 0x00, 0x80, 0x88,
    0xF9, 0xE5, 0x11, 0, 0, 0,
  ]

  @Test func readsOneMemberAndSeveral() throws {
    #expect(try Gzip.decompress(Self.hello, name: "f", limit: 100) == Array("hello hello hello".utf8))
    let twice = try Gzip.decompress(Self.hello + Self.hello, name: "f", limit: 100)
    #expect(twice == Array("hello hello hellohello hello hello".utf8))
  }

  @Test func acceptsExactlyTheLimit() throws {
    #expect(try Gzip.decompress(Self.hello, name: "f", limit: 17).count == 17)
    #expect(throws: DatasetError("f", "the gzip data holds more than 16 bytes, which no file of this kind should")) {
      try Gzip.decompress(Self.hello, name: "f", limit: 16)
    }
  }

  @Test func saysWhatIsWrong() {
    #expect(throws: DatasetError("f", "the gzip data is cut short; get the file again")) {
      try Gzip.decompress(Array(Self.hello.dropLast()), name: "f", limit: 100)
    }
    let damaged = DatasetError("f", "this is not gzip data, or it is damaged; get the file again")
    var wrongSum = Self.hello
    wrongSum[21] ^= 1
    #expect(throws: damaged) { try Gzip.decompress(wrongSum, name: "f", limit: 100) }
    #expect(throws: damaged) { try Gzip.decompress(Self.hello + [1, 2, 3], name: "f", limit: 100) }
    #expect(throws: damaged) { try Gzip.decompress(Array("plain text".utf8), name: "f", limit: 100) }
  }

  @Test func damageNeverTraps() {
    var mutation = Mutation("gzip")
    let refused = mutation.attack(Self.hello, times: 3_000) { _ = try Gzip.decompress($0, name: "f", limit: 1_000) }
    #expect(refused > 2_000)
  }
}

@Suite struct IDXFileTests {
  static let images: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3] + Array(0..<12)
  static let labels: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 4, 0, 1, 2, 9]

  static func problem(_ bytes: [UInt8]) -> String? {
    do {
      _ = try IDXFile.images(bytes, name: "file")
      return nil
    } catch { return "\(error)" }
  }

  @Test func readsImagesAndLabels() throws {
    let set = try IDXFile.images(Self.images, name: "file")
    #expect(set == ImageSet(count: 2, height: 2, width: 3, pixels: Array(0..<12)))
    #expect(try IDXFile.labels(Self.labels, classes: 10, name: "file") == [0, 1, 2, 9])
  }

  @Test func namesTheFileAndWhatIsWrong() {
    var bytes = Self.images
    #expect(Self.problem([0, 0]) == "file: 2 bytes are too few for an IDX file")
    bytes[0] = 7
    #expect(Self.problem(bytes) == "file: this is not an IDX file: it starts with the bytes 7 and 0, not 0 and 0")
    bytes = Self.images
    bytes[2] = 0x0D
    #expect(Self.problem(bytes) == "file: the element type is 13; only unsigned bytes (8) are read")
    #expect(Self.problem(Self.labels) == "file: the array has rank 1, but rank 3 is needed here")
    #expect(Self.problem(Array(Self.images.prefix(15))) == "file: the file ends inside its header")
    #expect(Self.problem(Self.images.dropLast()) == "file: it is cut short: 2×2×3 values are promised, 11 are there")
    #expect(Self.problem(Self.images + [0]) == "file: 1 bytes follow the promised 2×2×3 values")
    let huge = [0, 0, 8, 3] + [UInt8](repeating: 0xFF, count: 12)
    #expect(Self.problem(huge) == "file: the sizes 4294967295×4294967295×4294967295 overflow")
    let hidden = [0, 0, 8, 3, 0, 0, 0, 0] + [UInt8](repeating: 0xFF, count: 8)
    #expect(Self.problem(hidden) == "file: the sizes 0×4294967295×4294967295 overflow")
    let flat: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
    #expect(Self.problem(flat) == "file: images of 0×1 pixels are empty")
  }

  @Test func refusesLabelsOutOfRange() {
    #expect(throws: DatasetError("file", "label 3 is 9, but the classes are 0 to 8")) {
      try IDXFile.labels(Self.labels, classes: 9, name: "file")
    }
  }

  @Test func damageNeverTraps() {
    var mutation = Mutation("idx")
    let refused = mutation.attack(Self.images, times: 3_000) { _ = try IDXFile.images($0, name: "file") }
    #expect((1_000..<3_000).contains(refused))
  }
}
