import Core
import Formats
import Numerics
import Samples

/// Recorded answers in stored networks: `identities` (16 bytes each, the first first), `logits` and, where there are any,
/// `embeddings`, one row an identity.
extension RecordedAnswers {
  func tensors(named prefix: String) -> [(String, SafeTensors.Tensor)] {
    let bytes = identities.flatMap { [$0.high, $0.low] }.flatMap { $0.byteSwapped.littleEndianBytes }
    let matrices = [("logits", logits)] + (embeddings.map { [("embeddings", $0)] } ?? [])
    return [("\(prefix).identities", SafeTensors.Tensor(type: .uint8, shape: [identities.count, 16], bytes: bytes))]
      + matrices.map {
        ("\(prefix).\($0)", SafeTensors.Tensor(shape: [$1.rows, $1.columns], floats: $1.values))
      }
  }

  init(named prefix: String, take: (String) -> SafeTensors.Tensor?) throws {
    let names = take("\(prefix).identities")
    let embeddings = take("\(prefix).embeddings")
    guard let names, names.type == .uint8, names.shape.count == 2, names.shape[1] == 16,
      let logits = Self.matrix(take("\(prefix).logits")), embeddings == nil || Self.matrix(embeddings) != nil,
      let answers = RecordedAnswers(
        identities: Self.identities(names.bytes), logits: logits, embeddings: Self.matrix(embeddings))
    else { throw NetworkFormatError.damaged("recorded answers lack their samples, or do not fit them") }
    self = answers
  }

  private static func matrix(_ tensor: SafeTensors.Tensor?) -> Matrix? {
    guard let tensor, tensor.shape.count == 2, let values = tensor.floats else { return nil }
    return Matrix(rows: tensor.shape[0], columns: tensor.shape[1], values: values)
  }

  private static func identities(_ bytes: [UInt8]) -> [SampleIdentifier] {
    stride(from: 0, to: bytes.count, by: 16).map { start in
      func word(_ range: Range<Int>) -> UInt64 { bytes[range].reduce(0) { $0 << 8 | UInt64($1) } }
      return SampleIdentifier(high: word(start..<start + 8), low: word(start + 8..<start + 16))
    }
  }
}
