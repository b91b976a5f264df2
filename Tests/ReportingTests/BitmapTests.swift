import Core
import Foundation
import Reporting
import Results
import Sweeps
import Testing

@Suite("Pictures as BMP files")
struct BitmapTests {
  /// A BMP file, read by the rules of its format: colours by row from the top.
  private struct Decoded {
    let width: Int
    let height: Int
    let bits: Int
    let rows: [[[UInt8]]]

    init(_ address: String) throws {
      let bytes = [UInt8](try #require(Data(base64Encoded: String(address.dropFirst("data:image/bmp;base64,".count)))))
      func number(_ place: Int, _ count: Int = 4) -> Int {
        bytes[place..<place + count].reversed().reduce(0) { $0 << 8 | Int($1) }
      }
      #expect(bytes.starts(with: [0x42, 0x4D]) && number(2) == bytes.count)
      let start = number(10)
      (width, height, bits) = (number(18), number(22), number(28, 2))
      #expect(number(30) == (bits == 4 ? 2 : 0) && number(34) == bytes.count - start)
      var lines: [[[UInt8]]] = []
      if bits == 16 {
        let stride = (width * 2 + 3) / 4 * 4
        for y in 0..<height {
          lines.append(
            (0..<width).map { x in
              let value = number(start + y * stride + 2 * x, 2)
              return [10, 5, 0].map { UInt8(value >> $0 & 31) }
            })
        }
      } else {
        let palette = (0..<16).map { Array(bytes[54 + 4 * $0..<57 + 4 * $0]) }
        var (place, line) = (start, [[UInt8]]())
        while lines.count < height {
          let (count, value) = (Int(bytes[place]), Int(bytes[place + 1]))
          place += 2
          if count > 0 {
            for index in 0..<count { line.append(palette[index.isMultiple(of: 2) ? value >> 4 : value & 15]) }
          } else if value < 2 {
            lines.append(line)
            line = []
          } else {
            try #require(value != 2, "no jumps")
            for index in 0..<value {
              let byte = Int(bytes[place + index / 2])
              line.append(palette[index.isMultiple(of: 2) ? byte >> 4 : byte & 15])
            }
            place += ((value + 1) / 2 + 1) / 2 * 2
          }
        }
        #expect(place == bytes.count)
      }
      rows = lines.reversed()
      #expect(rows.allSatisfy { $0.count == width })
    }
  }

  private func decoded(_ pictures: [Picture]) throws -> Decoded {
    var synthetic = SyntheticSweep()
    synthetic.sweep.strategies = [StrategyChoice(name: "random")]
    synthetic.sweep.shifts = ["expert"]
    let grid = PictureGrid(strategy: StrategyChoice(name: "random"), shift: "expert", pictures: pictures)
    let page = try ParsedElement.page(synthetic.input.with(pictures: [grid]))
    return try Decoded(try #require(page.all("image").first?.attributes["href"]))
  }

  @Test("grey pictures keep 14 levels, through runs and noise alike", arguments: UInt64(0)..<12)
  func grey(seed: UInt64) throws {
    var chance = SeededGenerator(seed: seed, purpose: "bitmap")
    let (width, height) = (9 + Int(chance.uniform() * 300), 9 + Int(chance.uniform() * 20))
    var value = 0.0
    // Long runs, short ones, and none, by the seed.
    let turn = [0.01, 0.1, 0.5, 1][Int(seed % 4)]
    let pixels = (0..<width * height).map { _ -> UInt8 in
      if chance.uniform() < turn { value = chance.uniform() * 255.99 }
      return UInt8(value)
    }
    let found = try decoded([Picture(width: width, height: height, pixels: pixels, label: "a", isWrong: false)])
    #expect(found.width == width && found.height == height && found.bits == 4)
    for y in 0..<height {
      for x in 0..<width {
        let level = (Int(pixels[y * width + x]) * 13 + 127) / 255
        #expect(found.rows[y][x] == [UInt8](repeating: UInt8(level * 255 / 13), count: 3))
      }
    }
  }

  @Test("coloured pictures keep five bits a colour, red first, and wrong labels have a frame")
  func colour() throws {
    let pixels = (0..<256).flatMap { (value: Int) -> [UInt8] in [UInt8(value), UInt8(255 - value), UInt8(value / 2)] }
    let right = Picture(width: 16, height: 16, channels: 3, pixels: pixels, label: "a", isWrong: false)
    let found = try decoded([
      right, Picture(width: 16, height: 16, channels: 3, pixels: pixels, label: "a", isWrong: true),
      Picture(width: 16, height: 16, pixels: [UInt8](repeating: 200, count: 256), label: "a", isWrong: nil),
    ])
    #expect(found.bits == 16 && found.width == 52 && found.rows[5][40] == [25, 25, 25], "grey stays grey")
    #expect(found.rows[0][1] == [0, 31, 0] && found.rows[15][15] == [31, 0, 15])
    // The frame's orange, 0xE8, 0x7A, 0x10, without the last three bits.
    #expect(found.rows[0][18] == [29, 15, 2])
  }
}
