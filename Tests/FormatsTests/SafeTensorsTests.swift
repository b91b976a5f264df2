import Core
import Formats
import Testing

@Suite struct SafeTensorsTests {
  private typealias Tensor = SafeTensors.Tensor

  /// A file around a header and values.
  private func file(_ header: String, _ values: [UInt8] = []) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: header.utf8.count >> (8 * $0)) } + Array(header.utf8) + values
  }

  @Test func writesAHeaderSortedByNameAndValuesAtAMultipleOfEight() {
    let tensors = SafeTensors(
      metadata: ["b": "2", "a": "1"],
      tensors: ["y": Tensor(shape: [2], floats: [1, -2]), "x": Tensor(type: .uint8, shape: [], bytes: [9])])
    let header =
      #"{"__metadata__":{"a":"1","b":"2"},"x":{"data_offsets":[0,1],"dtype":"U8","shape":[]},"#
      + #""y":{"data_offsets":[1,9],"dtype":"F32","shape":[2]}}"#
    let padding = String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
    #expect(tensors.bytes == file(header + padding, [9, 0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]))
  }

  @Test func readsWhatItWrites() throws {
    let tensors = SafeTensors(
      metadata: ["who": "ウィノー \"x\""],
      tensors: [
        "empty": Tensor(type: .int64, shape: [0, 4], bytes: []),
        "0.weight": Tensor(shape: [1, 3], floats: [.nan, 0, .infinity]),
        "10.weight": Tensor(type: .bfloat16, shape: [2], bytes: [1, 2, 3, 4]),
      ])
    #expect(try SafeTensors(reading: tensors.bytes, name: "t") == tensors)
    let none = SafeTensors(tensors: [:])
    #expect(try SafeTensors(reading: none.bytes, name: "t") == none)
  }

  /// Written by the package safetensors 0.8 of Python from NumPy arrays.
  @Test func readsWhatTheReferenceImplementationWrites() throws {
    let header =
      #"{"__metadata__":{"who":"numpy"},"none":{"dtype":"I64","shape":[0,4],"data_offsets":[0,0]},"#
      + #""a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"b.half":{"dtype":"F16","shape":[3],"#
      + #""data_offsets":[24,30]},"c":{"dtype":"U8","shape":[],"data_offsets":[30,31]}}     "#
    let values = Hexadecimal.decode("000000000000803f0000004000004040000080400000a040003c00c0003807")!
    let read = try SafeTensors(reading: file(header, values), name: "t")
    #expect(read.metadata == ["who": "numpy"])
    #expect(read.tensors.keys.sorted() == ["a", "b.half", "c", "none"])
    #expect(read.tensors["a"]?.shape == [2, 3] && read.tensors["a"]?.floats == [0, 1, 2, 3, 4, 5])
    #expect(read.tensors["b.half"] == Tensor(type: .float16, shape: [3], bytes: [0, 0x3C, 0, 0xC0, 0, 0x38]))
    #expect(read.tensors["b.half"]?.floats == nil)
    #expect(read.tensors["c"]?.bytes == [7] && read.tensors["none"]?.bytes == [])
  }

  @Test(arguments: [
    (#"{"x":{"dtype":"F31","shape":[1],"data_offsets":[0,4]}}"#, "x is of the type F31, which is not known"),
    (
      #"{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#,
      "x has the shape [2], but the place of other values"
    ),
    (
      #"{"x":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}}"#,
      "x has the shape [4294967296, 4294967296], but the place of other values"
    ),
    (
      #"{"x":{"dtype":"F32","shape":[0],"data_offsets":[4,0]}}"#,
      "x has the shape [0], but the place of other values"
    ),
    (#"{"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, incomplete),
    (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"more":1}}"#, incomplete),
    (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0]}}"#, incomplete),
    (#"{"x":{"dtype":"F32","data_offsets":[0,4]}}"#, incomplete),
    (#"{"x":{"dtype":"U8","shape":[3],"data_offsets":[1,4]}}"#, "the values before those of x are nobody's"),
    (
      #"{"x":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"y":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}"#,
      "the values before those of y are nobody's"
    ),
    (#"{"x":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}"#, "1 bytes at the end are nobody's"),
    (#"{"x":{"dtype":"U8","shape":[5],"data_offsets":[0,5]}}"#, "the file ends inside the values of x"),
    (#"{"__metadata__":{"a":1}}"#, "__metadata__ holds something that is not text"),
    (#"{"__metadata__":[]}"#, "__metadata__ is not an object"),
    (#"{"x":"#, "the header is not a JSON object"),
    (#"[]"#, "this is not a safetensors file: it does not begin with a header"),
  ])
  func refusesHeadersThatCannotBeRight(header: String, problem: String) {
    #expect(throws: DatasetError("t", problem)) { try SafeTensors(reading: file(header, [1, 2, 3, 4]), name: "t") }
  }

  private static let incomplete = "the header does not say dtype, shape and data_offsets of x, and only that"

  @Test func refusesFilesThatAreCutOrLie() {
    let bytes = SafeTensors(tensors: ["x": Tensor(shape: [1], floats: [1])]).bytes
    for count in 0..<bytes.count {
      #expect(throws: DatasetError.self) { try SafeTensors(reading: Array(bytes.prefix(count)), name: "t") }
    }
    let long = [UInt8](repeating: 0xFF, count: 8) + bytes.dropFirst(8)
    #expect(throws: DatasetError("t", "this is not a safetensors file: it does not begin with a header")) {
      try SafeTensors(reading: long, name: "t")
    }
  }
}
