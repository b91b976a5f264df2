import Core
internal import Foundation
package import Sweeps

/// The number of each cause of a failure. Numbers are never reused.
private enum CauseNumber: UInt32 {
  case exception = 1
  case signalled = 2
  case handedBack = 3
  case missingInput = 4
  case exited = 5
  case notStarted = 6
  case silent = 7
  case notKept = 8
  case tooLarge = 9
  case malformedResult = 10
  case cannotTravel = 11
  case told = 12
  case outOfMemory = 13
}

extension FailureCause {
  init(_ body: Winnow_FailureBody) throws(FrameProblem) {
    guard let cause = CauseNumber(rawValue: body.cause) else {
      throw .malformed("failure: cause \(body.cause) is not known")
    }
    let words = try Checked.text(body.lastWords, "last words", atMost: Limits.sentence)
    let number = try Checked.number(body.number, "number")
    let objects = Int(body.objects)
    switch cause {
    case .exception: self = .exception(lastWords: words)
    case .signalled: self = .signalled(Int(number))
    case .handedBack: self = .handedBack
    case .missingInput: self = .missingInput(try Checked.digest(body.digest, "object"), lastWords: words)
    case .exited: self = .exited(status: Int(number))
    case .outOfMemory: self = .outOfMemory(megabytes: Int(number), limit: objects)
    case .notStarted: self = .notStarted(lastWords: words)
    case .silent: self = .silent(seconds: number)
    case .notKept: self = .notKept(lastWords: words)
    case .tooLarge: self = .tooLarge(bytes: Int(number), objects: objects)
    case .malformedResult: self = .malformedResult(lastWords: words)
    case .cannotTravel:
      guard let excess = Excess(rawValue: objects) else { throw .malformed("failure: excess \(objects) is not known") }
      self = .cannotTravel(excess, count: Int(number), limit: Limits.limit(of: excess))
    case .told: self = .told(words)
    }
  }

  var body: Winnow_FailureBody {
    switch self {
    case .exception(let words): Self.body(.exception, words)
    case .signalled(let signal): Self.body(.signalled, number: Double(signal))
    case .exited(let status): Self.body(.exited, number: Double(status))
    case .outOfMemory(let megabytes, let limit):
      Self.body(.outOfMemory, number: Double(megabytes), objects: limit)
    case .notStarted(let words): Self.body(.notStarted, words)
    case .silent(let seconds): Self.body(.silent, number: seconds)
    case .handedBack: Self.body(.handedBack)
    case .missingInput(let digest, let words): Self.body(.missingInput, words, digest: digest.data)
    case .notKept(let words): Self.body(.notKept, words)
    case .tooLarge(let bytes, let objects): Self.body(.tooLarge, number: Double(bytes), objects: objects)
    case .malformedResult(let words): Self.body(.malformedResult, words)
    case .cannotTravel(let excess, let count, _):
      Self.body(.cannotTravel, number: Double(count), objects: excess.rawValue)
    case .told(let words): Self.body(.told, words)
    }
  }

  private static func body(
    _ cause: CauseNumber, _ words: String = "", number: Double = 0, digest: Data = Data(), objects: Int = 0
  ) -> Winnow_FailureBody {
    .with {
      $0.cause = cause.rawValue
      $0.lastWords = words
      $0.number = number
      $0.digest = digest
      $0.objects = UInt32(objects)
    }
  }
}

extension Limits {
  /// How much there may be of something that a task cannot have too much of.
  package static func limit(of excess: FailureCause.Excess) -> Int {
    switch excess {
    case .specificationBytes: specification
    case .inputs: inputs
    case .sources: objects
    case .nameBytes: name
    }
  }
}

extension FailedTask {
  init(_ body: Winnow_FailedTaskBody) throws(FrameProblem) {
    self.init(
      report: TaskFailureReport(
        task: TaskID(try Checked.digest(body.task, "task")),
        taskClass: try Checked.text(body.taskClass, "class", atMost: Limits.sentence), isQuarantined: body.quarantined,
        cause: try FailureCause(body.failure), exceptions: Int(body.exceptions), deaths: Int(body.deaths),
        unavailable: Int(body.unavailable),
        hosts: try Checked.list(body.hosts, "hosts", atMost: TaskFailureReport.hostLimit) { host throws(FrameProblem) in
          try Checked.text(host, "hosts")
        }), label: try Checked.text(body.label, "label", atMost: Limits.sentence))
  }

  var body: Winnow_FailedTaskBody {
    .with {
      $0.task = report.task.digest.data
      $0.label = label
      $0.taskClass = report.taskClass
      $0.quarantined = report.isQuarantined
      $0.failure = report.cause.body
      $0.exceptions = UInt32(report.exceptions)
      $0.deaths = UInt32(report.deaths)
      $0.unavailable = UInt32(report.unavailable)
      $0.hosts = report.hosts
    }
  }
}

extension FailurePage {
  init(_ body: Winnow_FailuresBody) throws(FrameProblem) {
    self.init(
      failures: try Checked.list(body.failures, "failures", atMost: Limits.failurePage, FailedTask.init),
      total: Int(body.total), next: body.hasNext ? Int(body.next) : nil)
  }

  var body: Winnow_FailuresBody {
    .with {
      $0.failures = failures.map(\.body)
      $0.total = UInt32(total)
      if let next { $0.next = UInt32(next) }
    }
  }
}
