import Core
import Formats
import TestSupport
import Testing

/// Zip archives as `numpy.savez` writes them: members stored, sizes known beforehand.
private func archive(_ members: [(name: String, content: [UInt8])]) -> [UInt8] {
  func number(_ value: Int, _ size: Int) -> [UInt8] { (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
  /// CRC-32 as in APPNOTE, bit after bit.
  func sum(_ bytes: [UInt8]) -> Int {
    let rest = bytes.reduce(UInt32.max) { rest, byte in
      (0..<8).reduce(rest ^ UInt32(byte)) { rest, _ in rest & 1 == 1 ? rest >> 1 ^ 0xEDB8_8320 : rest >> 1 }
    }
    return Int(~rest)
  }
  var file: [UInt8] = []
  var directory: [UInt8] = []
  for (name, content) in members {
    let sizes = number(sum(content), 4) + number(content.count, 4) + number(content.count, 4)
    let shared = [20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0] + sizes + number(name.utf8.count, 2) + number(0, 2)
    directory +=
      [0x50, 0x4B, 1, 2, 20, 0] + shared + [UInt8](repeating: 0, count: 10) + number(file.count, 4) + name.utf8
    file += [0x50, 0x4B, 3, 4] + shared + Array(name.utf8) + content
  }
  let start = file.count
  let counts = number(members.count, 2) + number(members.count, 2)
  return file + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + counts + number(directory.count, 4) + number(start, 4) + [
    0, 0,
  ]
}

@Suite struct ArrayFileTests {
  private static let array = NumPyArray(shape: [2, 2], values: .float32([1, 2, 3, 4]))

  private static func problem(_ bytes: [UInt8]) -> String? {
    do {
      _ = try ArrayFile.array(bytes, name: "x")
      return nil
    } catch { return "\(error)" }
  }

  @Test func oneMemberOfAnArchiveIsTheArray() throws {
    #expect(try ArrayFile.array(archive([("arr_0.npy", Self.array.bytes)]), name: "x") == Self.array)
  }

  @Test func severalMembersAreListed() {
    let two = archive([("train.npy", Self.array.bytes), ("test.npy", Self.array.bytes)])
    #expect(
      Self.problem(two) == "x: it holds 2 arrays (train, test) and one is needed; save that one alone with numpy.save")
    #expect(Self.problem(archive([("a.npy", [])]))?.hasPrefix("x: this is not a NumPy array") == true)
  }

  @Test func damagedArchivesAreRefused() {
    var bytes = archive([("arr_0.npy", Self.array.bytes)])
    bytes[60] ^= 1
    #expect(Self.problem(bytes) == "x: the zip archive is damaged or cut short; get the file again")
    var mutation = Mutation("zip")
    let whole = archive([("arr_0.npy", Self.array.bytes)])
    let refused = mutation.attack(whole, times: 3_000) { _ = try ArrayFile.array($0, name: "x") }
    #expect(refused > 2_000)
  }

  @Test func idxFilesOfEveryTypeAreArrays() throws {
    let int32: [UInt8] = [0, 0, 0x0C, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 1, 0, 0xFF, 0xFF, 0xFF, 0xFF]
    #expect(try ArrayFile.array(int32, name: "x") == NumPyArray(shape: [1, 2], values: .int32([256, -1])))
    let single: [UInt8] = [0, 0, 0x0D, 1, 0, 0, 0, 1, 0x3F, 0x80, 0, 0]
    #expect(try ArrayFile.array(single, name: "x") == NumPyArray(shape: [1], values: .float32([1])))
    #expect(Self.problem(single.dropLast()) == "x: it is cut short: 1 values are promised, 0 are there")
  }

  @Test func aMatrixHasOneRowASampleAndFiniteValues() throws {
    let cube = NumPyArray(shape: [2, 1, 2], values: .int16([1, 2, 3, 4]))
    let matrix = try ArrayFile.matrix(cube.bytes, name: "x")
    #expect(matrix.rows == 2 && matrix.columns == 2 && matrix.values == [1, 2, 3, 4])
    func problem(_ values: NumPyArray.Values) -> String? {
      #expect(throws: DatasetError.self) {
        try ArrayFile.matrix(NumPyArray(shape: [2, 2], values: values).bytes, name: "x")
      }?.problem
    }
    #expect(
      problem(.float32([0, 1, 2, .nan]))
        == "it holds nan in row 1, column 1, counted from 0; every value must be a finite number")
    #expect(problem(.float16([0, 1, -.infinity, 2]))?.contains("-inf in row 1, column 0") == true)
    #expect(problem(.float64([0, 1e300, 2, 3]))?.contains("1e+300 in row 0, column 1") == true)
  }
}

@Suite struct LabelFileTests {
  private func labels(_ values: NumPyArray.Values, shape: [Int]? = nil) throws -> [Int] {
    try LabelFile(NumPyArray(shape: shape ?? [values.count], values: values).bytes, name: "y").numbers
  }

  @Test func anyWholeTypeInAnyShapeOfOneIsRead() throws {
    #expect(try labels(.int16([3, -1, 2])) == [3, -1, 2])
    #expect(try labels(.int64([3, -1, 2]), shape: [3, 1]) == [3, -1, 2])
    #expect(try labels(.float64([3, -1, 2])) == [3, -1, 2])
    #expect(try labels(.float16([3, 0, 2]), shape: [1, 3]) == [3, 0, 2])
    #expect(try labels(.bool([true, false])) == [1, 0])
    let idx: [UInt8] = [0, 0, 0x0C, 1, 0, 0, 0, 2, 0, 0, 0, 7, 0, 0, 0, 2]
    #expect(try LabelFile(idx, name: "y").numbers == [7, 2])
  }

  @Test func ofQMNISTsEightNumbersTheFirstIsTheLabel() throws {
    let rows: [UInt8] = [5, 9, 9, 9, 9, 9, 9, 9, 4, 9, 9, 9, 9, 9, 9, 9]
    let idx: [UInt8] = [0, 0, 0x0C, 2, 0, 0, 0, 2, 0, 0, 0, 8] + rows.flatMap { [0, 0, 0, $0] as [UInt8] }
    #expect(try LabelFile(idx, name: "y").numbers == [5, 4])
  }

  @Test func namesAreNumberedInTheirOrder() throws {
    let array = NumPyArray(shape: [3], values: .text(["dog", "cat", "dog"]))
    for bytes in [
      array.bytes, Array("dog\ncat\ndog\n".utf8), Array("\u{FEFF}file,label\r\na,dog\r\nb,cat\r\nc,dog".utf8),
    ] {
      let read = try LabelFile(bytes, name: "y")
      #expect(read.numbers == [1, 0, 1] && read.names == ["cat", "dog"])
    }
    #expect(
      try LabelFile(Array("0\n2.0\n-1\n".utf8), name: "y") == LabelFile(Array("label\n0\n2\n-1\n".utf8), name: "y"))
  }

  @Test func theFirstWrongLabelIsNamed() {
    func problem(_ values: NumPyArray.Values, shape: [Int]? = nil) -> String? {
      #expect(throws: DatasetError.self) { try labels(values, shape: shape) }?.problem
    }
    #expect(problem(.float32([0, 1.5])) == "label 1 is 1.5, but labels are whole numbers")
    #expect(problem(.float64([.nan])) == "label 0 is nan, but labels are whole numbers")
    #expect(problem(.int8([1, 2, 3, 4]), shape: [2, 2])?.contains("shape [2, 2]") == true)
  }
}
