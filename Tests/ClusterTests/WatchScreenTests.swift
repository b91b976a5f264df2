import Cluster
import Core
import Sweeps
import Testing
import Wire

/// The full-screen view: state in, rows out.
@Suite struct WatchScreenTests {
  private static func worker(
    _ number: Int, host: String = "node", key: String = "lab", results: Int = 7, state: WorkerState = .active
  ) -> WorkerStatus {
    WorkerStatus(
      id: WorkerID(bytes: [UInt8(number + 1)] + Array(repeating: 1, count: 15))!, keyName: "\(key)-\(number)",
      host: "\(host)\(number)", build: "0123456789abcdef", state: state, slots: 4, credits: 4, running: 3, held: 4,
      results: results, silentSeconds: 0, joinedSeconds: 7_000,
      use: HostUse(load: 2.5, memoryUsed: 3_100_000_000, memory: 16_000_000_000))
  }

  private static func status(workers: Int = 2, name: String = "june", host: String = "node") -> ClusterStatus {
    var status = ClusterStatus()
    status.coordinatorEpoch = 3
    status.counts.done = 60
    status.counts.ready = 40
    status.counts.failed = 2
    let counts = status.counts
    status.sweeps = [
      SweepStatus(id: Digest(of: name), name: name, isFinished: false, isCancelled: false, counts: counts)
    ]
    status.sweeps[0].computing = 6
    status.sweeps[0].secondsLeft = 400
    status.computing = 6
    status.finishedPerMinute = 12
    status.secondsLeft = 400
    status.classes = ["part", "trial random", "trial herding"].map {
      TaskClassStatus(name: $0, finished: 20, medianSeconds: 1.25)
    }
    status.workers = (0..<workers).map { worker($0, host: host) }
    status.workerCount = workers
    status.slots = 4 * workers
    status.usableSlots = 4 * workers
    let report = TaskFailureReport(
      task: TaskID(Digest(of: "t")), taskClass: "trial random", isQuarantined: true, cause: .signalled(9), deaths: 3)
    status.failures = [FailedTask(report: report, label: "random, seed 4")]
    status.failureCount = 2
    status.log = (0..<40).map {
      LogLine(secondsAgo: Double(400 - 10 * $0), level: $0 == 39 ? .error : .information, text: "line \($0)")
    }
    return status
  }

  private func rows(_ status: ClusterStatus, _ width: Int, _ height: Int, silent: Int? = nil, passed: Int = 0)
    -> [ScreenRow]
  {
    var state = WatchState(place: "tcp://10.0.0.1:5557", sweep: nil)
    state.take(status, at: .zero)
    state.scroll(by: passed)
    if let silent { state.miss(seconds: silent) }
    return WatchScreen.rows(state, width: width, height: height)
  }

  private static let names = [
    "june", "2026年6月の写真すべて", "e\u{301}te\u{301}", "🦜🦜🦜", String(repeating: "long ", count: 60),
  ]
  private static let sizes = [(80, 24), (40, 10), (200, 60), (20, 6), (9, 3), (2, 2), (1, 1), (80, 1)]

  @Test(arguments: names, sizes) func everyRowFitsWhateverTheNamesAre(name: String, size: (Int, Int)) {
    let rows = rows(Self.status(workers: 30, name: name, host: name), size.0, size.1)
    #expect(rows.count == size.1)
    for row in rows { #expect(TextWidth.of(row.text) <= size.0, "“\(row.text)”") }
  }

  @Test func eightyColumnsShowSweepsKindsWorkersFailuresAndTheEndOfTheLog() {
    let rows = rows(Self.status(), 80, 24)
    let text = rows.map(\.text).joined(separator: "\n")
    for words in [
      "tcp://10.0.0.1:5557", "2 workers, 8 slots, epoch 3",
      "60/102 tasks, 6 running, 2 failed, 12/min, about 7 min left",
      "june", "trial herding", "1.25 s", "node1", "lab-1", "3/4", "1.9 h", "random, seed 4: ", "signal 9",
      "line 39", "q leaves",
    ] { #expect(text.contains(words), "\(words) is not in\n\(text)") }
    #expect(rows[0].style == .title && rows[23].style == .quiet)
    #expect(rows.contains { $0.style == .alarm && $0.text.contains("line 39") })
    #expect(rows.contains { $0.style == .heading && $0.text.contains("FAILED (2)") })
  }

  @Test func aWideTerminalHasRoomForLoadMemoryAndVersion() {
    let text = rows(Self.status(), 160, 40).map(\.text).joined(separator: "\n")
    for words in ["LOAD", "2.5", "3.1/16.0 GB", "01234567", "PRIORITY"] { #expect(text.contains(words), "\(words)") }
  }

  @Test func aNarrowTerminalKeepsWhatMattersMost() {
    let text = rows(Self.status(), 40, 10).map(\.text).joined(separator: "\n")
    #expect(
      text.contains("june") && text.contains("60/102") && text.contains("node0") && text.contains("3/4"), "\(text)")
    #expect(!text.contains("VERSION") && !text.contains("MEMORY"))
  }

  @Test func moreWorkersThanRowsAreCountedAndCanBeReached() {
    let status = Self.status(workers: 30)
    #expect(rows(status, 80, 24).contains { $0.text.contains("1–") && $0.text.contains("of 30") })
    let last = rows(status, 80, 24, passed: 1_000).map(\.text).joined(separator: "\n")
    #expect(last.contains("node29") && last.contains("–30 of 30") && !last.contains("node0 "))
  }

  @Test func whatPeersSayCannotCommandTheTerminal() {
    let evil = "a\u{1B}]0;x\u{07}\r\n\u{202E}b"
    var status = Self.status(name: evil, host: evil)
    status.storeProblem = evil
    status.log = [LogLine(secondsAgo: 1, level: .warning, text: evil)]
    status.classes = [TaskClassStatus(name: evil, finished: 1, medianSeconds: nil)]
    for row in rows(status, 120, 40) {
      #expect(!row.text.unicodeScalars.contains { $0.properties.generalCategory == .control || $0.value == 0x202E })
    }
  }

  @Test func silenceTroubleAndContradictionsAreSaidFirst() {
    var status = Self.status()
    status.storeProblem = "the disk is full"
    status.incidents = 2
    let rows = rows(status, 80, 24, silent: 17)
    let alarms = rows[..<6].filter { $0.style == .alarm }.map(\.text)
    #expect(alarms.count == 3 && alarms[0].contains("has not answered for 17 s"))
    #expect(alarms[1].contains("the disk is full") && alarms[2].contains("2 results contradict others"))
  }

  @Test func aClusterWithoutWorkersSaysSoAndBeforeTheFirstAnswerNothingIsMadeUp() {
    let waiting = rows(Self.status(workers: 0), 80, 24).map(\.text).joined(separator: "\n")
    #expect(waiting.contains("no workers: waiting"))
    var state = WatchState(place: "tcp://h:1", sweep: nil)
    state.miss(seconds: 3)
    let rows = WatchScreen.rows(state, width: 60, height: 8)
    #expect(
      rows.count == 8 && rows[1].text.contains("has not answered for 3 s")
        && !rows.contains { $0.text.contains("task") })
  }

  @Test func aWorkersRateIsThatOfTheLastMinute() {
    var state = WatchState(place: "", sweep: nil)
    func take(_ results: Int, at seconds: Double) {
      var status = ClusterStatus()
      status.workers = [Self.worker(1, results: results)]
      state.take(status, at: Instant(seconds: seconds))
    }
    func isShown(_ rate: String) -> Bool {
      WatchScreen.rows(state, width: 160, height: 12).contains {
        $0.text.hasSuffix(" \(rate)   2.5  3.1/16.0 GB  01234567")
      }
    }
    take(0, at: 0)
    #expect(!WatchScreen.rows(state, width: 160, height: 12).contains { $0.text.contains("/MIN") })
    take(10, at: 10)
    #expect(isShown("60"))
    // Those of before the last minute count no longer.
    for second in 11...100 { take(10, at: Double(second)) }
    #expect(isShown("0"))
    // A new life begins with nothing.
    take(1, at: 101)
    take(7, at: 107)
    #expect(isShown("60"))
  }

  @Test func onlyRowsThatHaveChangedAreDrawnAgain() {
    var drawing = ScreenDrawing(usesColours: true)
    let rows = [ScreenRow("top", .title), ScreenRow("a"), ScreenRow("b", .alarm)]
    let first = drawing.commands(for: rows, width: 10)
    #expect(first.contains("\u{1B}[2J") && first.contains("\u{1B}[7mtop") && first.contains("\u{1B}[31mb"))
    #expect(drawing.commands(for: rows, width: 10).isEmpty)
    let next = drawing.commands(for: [rows[0], ScreenRow("c"), rows[2]], width: 10)
    #expect(next.contains("\u{1B}[2;1Hc\u{1B}[K") && !next.contains("top") && !next.contains("\u{1B}[2J"))
    #expect(drawing.commands(for: [rows[0], ScreenRow("c"), rows[2]], width: 11).contains("\u{1B}[2J"))
    drawing.forget()
    #expect(drawing.commands(for: rows, width: 11).contains("top"))
    #expect(!ScreenDrawing.plain(rows).contains("\u{1B}[31m"))
  }

  @Test func keysAreToldApart() {
    #expect(
      ScreenKey.keys(in: Array("\u{1B}[A\u{1B}[Bjx\u{1B}[6~".utf8)) == [
        .scroll(-1), .scroll(1), .scroll(1), .scroll(10),
      ])
    #expect(ScreenKey.keys(in: [3]) == [.leave] && ScreenKey.keys(in: Array("q".utf8)) == [.leave])
    #expect(ScreenKey.keys(in: [0x1B]).isEmpty && ScreenKey.keys(in: [0x1A, 0x0C]) == [.rest, .redraw])
  }
}

extension ScreenDrawing {
  /// Without colours.
  fileprivate static func plain(_ rows: [ScreenRow]) -> String {
    var drawing = ScreenDrawing(usesColours: false)
    return drawing.commands(for: rows, width: 10)
  }
}
