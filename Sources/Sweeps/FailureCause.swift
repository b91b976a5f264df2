package import Core

/// Why an attempt at a task failed. Words are what the task or the operating system said, never ours.
package enum FailureCause: Hashable, Sendable {
  /// The task threw.
  case exception(lastWords: String)
  /// The process that computed it was ended by this signal.
  case signalled(Int)
  /// The process that computed it took more megabytes of memory than its worker lets a task take, and was ended.
  case outOfMemory(megabytes: Int, limit: Int)
  /// The process that computed it ended with this status.
  case exited(status: Int)
  /// The process that should compute it could not be started.
  case notStarted(lastWords: String)
  /// It showed no sign of life for this long, and its process was ended.
  case silent(seconds: Double)
  /// Its worker leaves and gives it back unfinished.
  case handedBack
  /// An object that it reads could not be had.
  case missingInput(Digest, lastWords: String)
  /// Its worker could not keep the result.
  case notKept(lastWords: String)
  /// Its outcome passes what a result may hold.
  case tooLarge(bytes: Int, objects: Int)
  /// Its result contradicted itself.
  case malformedResult(lastWords: String)
  /// No message can carry it: it has `count` of something, of which there may be `limit`.
  case cannotTravel(Excess, count: Int, limit: Int)
  /// A sentence of release 1, which kept no more.
  case told(String)

  /// What a task may have too much of to be given to a worker.
  package enum Excess: Int, CaseIterable, Hashable, Sendable {
    case specificationBytes = 1
    case inputs = 2
    case sources = 3
    case nameBytes = 4
  }
}

extension FailureCause: CustomStringConvertible {
  /// For people, in English.
  package var description: String {
    switch self {
    case .exception(let words), .told(let words): words
    case .signalled(9): "the process was ended by signal 9, as the kernel does when memory runs out"
    case .signalled(let signal): "the process was ended by signal \(signal)"
    case .outOfMemory(let megabytes, let limit):
      "the process took \(megabytes) MB of memory, and its worker lets a task take \(limit) MB"
    case .exited(let status): "the process ended with status \(status)"
    case .notStarted(let words): words
    case .silent(let seconds): "no progress for \(Int(seconds)) s"
    case .handedBack: "the worker leaves"
    case .missingInput(let digest, let words): "input object \(digest.short): \(words)"
    case .notKept(let words): "the worker cannot keep the result: \(words)"
    case .tooLarge(let bytes, let objects):
      "the outcome of \(bytes) bytes with \(objects) objects is too large: its values belong into objects"
    case .malformedResult(let words): "the result was malformed: \(words)"
    case .cannotTravel(.specificationBytes, let count, let limit):
      "its specification of \(count) bytes passes the limit of \(limit); shorten the options of its strategy"
    case .cannotTravel(.inputs, let count, let limit): "its \(count) inputs pass the limit of \(limit)"
    case .cannotTravel(.sources, let count, let limit): "its \(count) sources pass the limit of \(limit)"
    case .cannotTravel(.nameBytes, let count, let limit):
      "a name in it has \(count) bytes, and \(limit) are allowed"
    }
  }
}

extension FailureCause {
  /// The process ended as processes do for which there was not enough memory.
  package var isShortageOfMemory: Bool {
    switch self {
    case .signalled(9), .outOfMemory: true
    default: false
    }
  }

  /// What the store keeps.
  var json: JSONValue {
    func with(_ cause: String, _ members: [String: JSONValue] = [:]) -> JSONValue {
      .object(members.merging(["cause": .string(cause)]) { $1 })
    }
    func number(_ value: Int) -> JSONValue { .integer(Int64(value)) }
    return switch self {
    case .exception(let words): with("exception", ["lastWords": .string(words)])
    case .signalled(let signal): with("signalled", ["signal": number(signal)])
    case .outOfMemory(let megabytes, let limit):
      with("outOfMemory", ["megabytes": number(megabytes), "limit": number(limit)])
    case .exited(let status): with("exited", ["status": number(status)])
    case .notStarted(let words): with("notStarted", ["lastWords": .string(words)])
    case .silent(let seconds): with("silent", ["seconds": .number(seconds)])
    case .handedBack: with("handedBack")
    case .missingInput(let digest, let words):
      with("missingInput", ["object": .string(digest.description), "lastWords": .string(words)])
    case .notKept(let words): with("notKept", ["lastWords": .string(words)])
    case .tooLarge(let bytes, let objects): with("tooLarge", ["bytes": number(bytes), "objects": number(objects)])
    case .malformedResult(let words): with("malformedResult", ["lastWords": .string(words)])
    case .cannotTravel(let excess, let count, let limit):
      with("cannotTravel", ["excess": number(excess.rawValue), "count": number(count), "limit": number(limit)])
    case .told(let words): with("told", ["lastWords": .string(words)])
    }
  }

  /// Reads what ``json`` writes; nil for anything else.
  init?(json: JSONValue) {
    let words = json["lastWords"]?.text
    func number(_ key: String) -> Int? { json[key]?.int.flatMap { $0 >= 0 ? $0 : nil } }
    let cause: FailureCause? =
      switch json["cause"]?.text {
      case "exception": words.map { .exception(lastWords: $0) }
      case "signalled": number("signal").map { .signalled($0) }
      case "outOfMemory":
        number("megabytes").flatMap { taken in number("limit").map { .outOfMemory(megabytes: taken, limit: $0) } }
      case "exited": number("status").map { .exited(status: $0) }
      case "notStarted": words.map { .notStarted(lastWords: $0) }
      case "silent": json["seconds"]?.double.flatMap { (0...0x1p53).contains($0) ? .silent(seconds: $0) : nil }
      case "handedBack": .handedBack
      case "missingInput":
        words.flatMap { words in
          json["object"]?.text.flatMap { Digest($0) }.map { .missingInput($0, lastWords: words) }
        }
      case "notKept": words.map { .notKept(lastWords: $0) }
      case "tooLarge":
        number("bytes").flatMap { bytes in number("objects").map { .tooLarge(bytes: bytes, objects: $0) } }
      case "malformedResult": words.map { .malformedResult(lastWords: $0) }
      case "cannotTravel":
        number("excess").flatMap { Excess(rawValue: $0) }.flatMap { excess in
          number("count").flatMap { count in number("limit").map { .cannotTravel(excess, count: count, limit: $0) } }
        }
      case "told": words.map { .told($0) }
      default: nil
      }
    guard let cause else { return nil }
    self = cause
  }
}
