import Core
import Sweeps
import Testing

@Suite struct FailureReportTests {
  let task = TaskID(Digest(of: "task"))

  static let causes: [FailureCause] =
    [
      .exception(lastWords: "no “luck”"), .signalled(9), .signalled(11), .exited(status: 3),
      .outOfMemory(megabytes: 5, limit: 4),
      .notStarted(lastWords: "w"),
      .silent(seconds: 3600), .handedBack, .missingInput(Digest(of: "x"), lastWords: "w"), .notKept(lastWords: "w"),
      .tooLarge(bytes: 1 << 33, objects: 2000), .malformedResult(lastWords: "w"), .told("w"),
    ] + FailureCause.Excess.allCases.map { .cannotTravel($0, count: 9, limit: 8) }

  @Test(arguments: causes) func whatIsStoredIsRead(cause: FailureCause) {
    let report = TaskFailureReport(
      task: task, taskClass: "trial random", isQuarantined: true, cause: cause, exceptions: 1, deaths: 3,
      unavailable: 2,
      hosts: ["a", "b"])
    #expect(TaskFailureReport(bytes: report.canonical, of: task) == report)
    #expect(!cause.description.isEmpty)
  }

  @Test func aReportOfReleaseOneIsRead() {
    let stored =
      #"{"class":"trial external","reason":"the program ended with status 3","state":"failed","task":"\#(task)"}"#
    let report = TaskFailureReport(bytes: Array(stored.utf8), of: task)
    #expect(report.cause == .told("the program ended with status 3"))
    #expect(report.taskClass == "trial external" && !report.isQuarantined && report.state == "failed")
  }

  @Test func whateverIsStoredIsSomebodysWords() {
    for text in ["", "no JSON", "[1]", #"{"failure":{"cause":"unheard of"}}"#, #"{"failure":{"cause":"exited"}}"#] {
      #expect(TaskFailureReport(bytes: Array(text.utf8), of: task).cause == .told(text))
    }
  }

  @Test func theCauseSaysWhatAPersonNeeds() {
    #expect(FailureCause.signalled(9).description.contains("memory"))
    #expect(FailureCause.exited(status: 3).description == "the process ended with status 3")
    #expect(FailureCause.silent(seconds: 600).description == "no progress for 600 s")
    #expect(FailureCause.cannotTravel(.inputs, count: 300, limit: 256).description.contains("300"))
  }
}
