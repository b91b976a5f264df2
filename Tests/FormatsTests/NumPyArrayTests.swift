import Core
import Formats
import TestSupport
import Testing

@Suite struct NumPyArrayTests {
  static let header = "{'descr': '<i4', 'fortran_order': False, 'shape': (2, 3), }"

  static func file(_ header: String, values: [UInt8]) -> [UInt8] {
    [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8) + values
  }

  static func problem(_ bytes: [UInt8]) -> String? {
    do {
      _ = try NumPyArray(reading: bytes, name: "a")
      return nil
    } catch { return "\(error)" }
  }

  @Test func writesWhatNumPyWrites() {
    let bytes = NumPyArray(shape: [2], values: .float32([1, -2])).bytes
    let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }"
    let padded = header + String(repeating: " ", count: 117 - header.count) + "\n"
    #expect(
      bytes == [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(padded.utf8) + [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0])
    #expect(bytes.count == 128 + 8)
  }

  @Test func readsBackEveryType() throws {
    var generator = SeededGenerator(seed: 1, purpose: "numpy")
    for _ in 0..<200 {
      let shape = (0..<generator.integer(below: 5)).map { _ in generator.integer(below: 4) }
      let count = shape.reduce(1, *)
      let words = (0..<count).map { _ in UInt32(truncatingIfNeeded: generator.next()) }
      let candidates: [NumPyArray.Values] = [
        .uint8(words.map { UInt8(truncatingIfNeeded: $0) }), .int32(words.map { Int32(bitPattern: $0) }),
        .uint32(words), .float32(words.map { Float($0) - 2e9 }), .bool(words.map { $0 & 1 == 1 }),
        .int8(words.map { Int8(truncatingIfNeeded: $0) }), .int16(words.map { Int16(truncatingIfNeeded: $0) }),
        .uint16(words.map { UInt16(truncatingIfNeeded: $0) }), .int64(words.map { Int64($0) << 31 }),
        .uint64(words.map { UInt64($0) << 32 }), .float16(words.map { Float16($0 & 1023) / 8 }),
        .float64(words.map { Double($0) / 7 }), .text(words.map { ["", "é", "日本", "cat"][Int($0 & 3)] }),
      ]
      for values in candidates {
        let array = NumPyArray(shape: shape, values: values)
        #expect(try NumPyArray(reading: array.bytes, name: "a") == array)
      }
    }
  }

  @Test func readsOtherSpellingsOfTheSameHeader() throws {
    let spelled = "{ 'shape':(2,3) ,'fortran_order':False,'descr':'<i4'}\n"
    let array = try NumPyArray(reading: Self.file(spelled, values: [UInt8](repeating: 0, count: 24)), name: "a")
    #expect(array == NumPyArray(shape: [2, 3], values: .int32([0, 0, 0, 0, 0, 0])))
  }

  @Test(arguments: [
    "{\"descr\": \"<i4\", \"fortran_order\": False, \"shape\": (2, 3), }",
    "{'descr': '=i4', 'fortran_order': False, 'shape': (2, 3)}",
    "{'descr': '<i4', 'fortran_order': False, 'shape': (2L, 3L), }",
  ]) func readsWhatOlderNumPyAndOtherProgramsWrite(header: String) throws {
    let values: [UInt8] = [1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 6, 0, 0, 0]
    let expected = NumPyArray(shape: [2, 3], values: .int32([1, 2, 3, 4, 5, 6]))
    #expect(try NumPyArray(reading: Self.file(header, values: values), name: "a") == expected)
    // Versions 2 and 3 give the header's length in four bytes.
    for version: UInt8 in [2, 3] {
      var longer = Self.file(header, values: values)
      longer[6] = version
      longer.insert(contentsOf: [0, 0], at: 10)
      #expect(try NumPyArray(reading: longer, name: "a") == expected)
    }
  }

  @Test func anyOrderOfAxesAndBytesGivesTheSameArray() throws {
    let expected = NumPyArray(shape: [2, 3], values: .int32([1, 2, 3, 4, 5, 6]))
    let columnwise: [UInt8] = [1, 4, 2, 5, 3, 6]
    let fortran = Self.header.replacing("False", with: "True")
    let little = columnwise.flatMap { [$0, 0, 0, 0] as [UInt8] }
    #expect(try NumPyArray(reading: Self.file(fortran, values: little), name: "a") == expected)
    let big = columnwise.flatMap { [0, 0, 0, $0] as [UInt8] }
    #expect(
      try NumPyArray(reading: Self.file(fortran.replacing("<", with: ">"), values: big), name: "a") == expected)
    // The last index of a cube is the slowest in Fortran's order: 4a + 2b + c lies at a + 2b + 4c.
    let cube = "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 2, 2), }"
    let read = try NumPyArray(reading: Self.file(cube, values: [0, 4, 2, 6, 1, 5, 3, 7]), name: "a")
    #expect(read == NumPyArray(shape: [2, 2, 2], values: .uint8(Array(0..<8))))
  }

  @Test func textIsReadInBothForms() throws {
    let wide = "{'descr': '>U3', 'fortran_order': False, 'shape': (2,), }"
    let letters: [UInt8] = [0, 0, 0, 99, 0, 0, 0, 0xE9, 0, 0, 0, 0, 0, 1, 0xF3, 0x88, 0, 0, 0, 0, 0, 0, 0, 0]
    #expect(try NumPyArray(reading: Self.file(wide, values: letters), name: "a").values == .text(["cé", "\u{1F388}"]))
    let narrow = "{'descr': '|S3', 'fortran_order': False, 'shape': (2,), }"
    let values = try NumPyArray(reading: Self.file(narrow, values: Array("ox\0cat".utf8)), name: "a").values
    #expect(values == .text(["ox", "cat"]))
    #expect(
      Self.problem(Self.file(narrow, values: [0xFF, 0, 0, 0, 0, 0]))
        == "a: the values of type '|S3' are no text in UTF-8")
  }

  @Test func numbersKeepTheirWidth() throws {
    let large: [Int64] = [9_007_199_254_740_993, -1]
    let array = try NumPyArray(reading: NumPyArray(shape: [2], values: .int64(large)).bytes, name: "a")
    #expect(array.values.integers == [9_007_199_254_740_993, -1])
    let price = try NumPyArray(reading: NumPyArray(shape: [1], values: .float64([0.1])).bytes, name: "a")
    #expect(price.values.doubles == [0.1] && price.values.floats == [0.1])
    #expect(NumPyArray.Values.bool([true, false]).integers == [1, 0])
  }

  @Test func saysWhatIsWrong() {
    let values = [UInt8](repeating: 0, count: 24)
    let unreadable = "a: the header of the NumPy array cannot be read"
    #expect(Self.problem(Self.file(Self.header, values: values)) == nil)
    #expect(Self.problem(values) == "a: this is not a NumPy array")
    var version = Self.file(Self.header, values: values)
    version[6] = 4
    #expect(Self.problem(version) == "a: version 4.0 of the NumPy format is not read, only 1.0, 2.0 and 3.0")
    #expect(
      Self.problem(Array(Self.file(Self.header, values: []).dropLast())) == "a: the NumPy array ends inside its header")
    #expect(
      Self.problem(Self.file(Self.header, values: values.dropLast()))
        == "a: the shape [2, 3] needs 24 bytes of values, but 23 are there")
    func changed(_ old: String, _ new: String) -> String? {
      Self.problem(Self.file(Self.header.replacing(old, with: new), values: values))
    }
    let read =
      "truth values, whole numbers of 8 to 64 bits, floating-point numbers of 16 to 64, text, and pairs of u8 are"
    #expect(changed("<i4", "<f8") == "a: the shape [2, 3] needs 48 bytes of values, but 24 are there")
    #expect(changed("<i4", "<c8") == "a: values of type '<c8' are not read; \(read)")
    #expect(changed("<i4", "<f16") == "a: values of type '<f16' are not read; \(read)")
    #expect(changed("'<i4'", "[('a', '<u8'), ('b', '<i8')]")?.hasSuffix(read) == true)
    #expect(changed("2, 3", "4611686018427387904, 3") == "a: the shape [4611686018427387904, 3] overflows")
    #expect(changed("2, 3", "0, 4611686018427387904, 3") == "a: the shape [0, 4611686018427387904, 3] overflows")
    for nonsense in ["-2, 3", "2, x", "99999999999999999999", "2 3"] {
      #expect(changed("2, 3", nonsense) == unreadable)
    }
    #expect(changed("'shape'", "'descr'") == unreadable)
    #expect(changed("}", "") == unreadable)
    #expect(changed("}", "} x") == unreadable)
    #expect(changed("'descr': '<i4', ", "") == unreadable)
  }

  @Test func damageNeverTraps() {
    var mutation = Mutation("numpy")
    let bytes = NumPyArray(shape: [2, 3], values: .int32([1, 2, 3, 4, 5, 6])).bytes
    let refused = mutation.attack(bytes, times: 5_000) { _ = try NumPyArray(reading: $0, name: "a") }
    #expect((1_000..<5_000).contains(refused))
  }
}
