import Core
internal import Foundation

/// Turns fields that a peer sent into values of ours, or says which field is wrong.
enum Checked {
  static func digest(_ bytes: Data, _ field: String) throws(FrameProblem) -> Digest {
    guard let digest = Digest(bytes: Array(bytes)) else {
      throw .malformed("\(field): a digest has 32 bytes, not \(bytes.count)")
    }
    return digest
  }

  static func digests(_ list: [Data], _ field: String, atMost limit: Int = Limits.digests) throws(FrameProblem)
    -> [Digest]
  {
    try requireCount(list.count, field, atMost: limit)
    var digests: [Digest] = []
    for bytes in list { digests.append(try digest(bytes, field)) }
    return digests
  }

  static func text(_ text: String, _ field: String, atMost limit: Int = Limits.name) throws(FrameProblem) -> String {
    try requireCount(text.utf8.count, field, atMost: limit)
    return text
  }

  static func bytes(_ data: Data, _ field: String, atMost limit: Int) throws(FrameProblem) -> [UInt8] {
    try requireCount(data.count, field, atMost: limit)
    return Array(data)
  }

  static func size(_ size: UInt64, _ field: String) throws(FrameProblem) -> Int {
    guard size <= Limits.object else { throw .malformed("\(field): \(size) bytes pass the limit of \(Limits.object)") }
    return Int(size)
  }

  static func count(_ count: UInt32, _ field: String, atMost limit: Int) throws(FrameProblem) -> Int {
    try requireCount(Int(count), field, atMost: limit)
    return Int(count)
  }

  /// A duration: finite, not negative, at most ten years.
  static func seconds(_ seconds: Double, _ field: String) throws(FrameProblem) -> Double {
    guard seconds >= 0, seconds <= 3.2e8 else { throw .malformed("\(field): \(seconds) s is no duration") }
    return seconds
  }

  /// Finite, not negative, and whole numbers up to it are exact.
  static func number(_ number: Double, _ field: String) throws(FrameProblem) -> Double {
    guard number >= 0, number <= 0x1p53 else { throw .malformed("\(field): \(number) is out of range") }
    return number
  }

  static func natural(_ number: UInt64, _ field: String) throws(FrameProblem) -> Int {
    guard number <= 1 << 53 else { throw .malformed("\(field): \(number) is out of range") }
    return Int(number)
  }

  static func worker(_ bytes: Data, _ field: String) throws(FrameProblem) -> WorkerID {
    guard let worker = WorkerID(bytes: Array(bytes)) else { throw .malformed("\(field): no name of a worker") }
    return worker
  }

  static func requireCount(_ count: Int, _ field: String, atMost limit: Int) throws(FrameProblem) {
    guard count <= limit else { throw .malformed("\(field): \(count) pass the limit of \(limit)") }
  }

  /// `Array.map` that keeps the type of the error.
  static func list<Element, Result>(
    _ elements: [Element], _ field: String, atMost limit: Int, _ transform: (Element) throws(FrameProblem) -> Result
  ) throws(FrameProblem) -> [Result] {
    try requireCount(elements.count, field, atMost: limit)
    var results: [Result] = []
    results.reserveCapacity(elements.count)
    for element in elements { results.append(try transform(element)) }
    return results
  }
}

extension Digest {
  var data: Data { Data(bytes) }
}

extension AttemptName {
  init(task: Data, epoch: UInt64) throws(FrameProblem) {
    self.init(task: TaskID(try Checked.digest(task, "task")), epoch: Epoch(epoch))
  }
}

extension NamedObject {
  init(_ body: Winnow_ObjectBody) throws(FrameProblem) {
    self.init(
      name: try Checked.text(body.name, "object"), digest: try Checked.digest(body.digest, "object"),
      size: try Checked.size(body.size, "object"))
  }

  var body: Winnow_ObjectBody {
    .with {
      $0.name = name
      $0.digest = digest.data
      $0.size = UInt64(size)
    }
  }
}
