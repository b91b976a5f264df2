import Core
import Sweeps
import Wire

/// A full-screen view of a cluster: what is known in, rows out. Knows no terminal.
package struct WatchScreen {
  private let state: WatchState
  private let status: ClusterStatus
  private let width: Int

  private init(_ state: WatchState, _ status: ClusterStatus, width: Int) {
    (self.state, self.status, self.width) = (state, status, width)
  }

  /// Exactly `height` rows, none wider than `width` columns.
  package static func rows(_ state: WatchState, width: Int, height: Int) -> [ScreenRow] {
    let status = state.status
    let screen = WatchScreen(state, status ?? ClusterStatus(), width: width)
    let top = screen.top(isKnown: status != nil)
    let bottom = ScreenRow("q leaves; the work goes on" + (screen.isLong ? "   ↑ ↓ workers" : ""), .quiet)
    let room = height - top.count - 1
    let middle = status == nil ? [] : WatchSection.placed(screen.sections, rows: room, width: width)
    let filling = Array(repeating: ScreenRow(), count: max(0, room - middle.count))
    return Array((top + middle + filling + [bottom]).prefix(max(0, height))).map { $0.cut(to: width) }
  }

  private var isLong: Bool { status.workers.count > 1 }

  // MARK: The top

  private func top(isKnown: Bool) -> [ScreenRow] {
    let place = "winnow watch  \(ScreenText.clean(state.place))"
    guard isKnown else { return [ScreenRow(ScreenText.fitted(place, to: width), .title)] + alarms }
    let workers = status.workerCount == 1 ? "1 worker" : "\(status.workerCount) workers"
    let host = "\(workers), \(status.slots) slots, epoch \(status.coordinatorEpoch)"
    return [ScreenRow(ScreenText.spread(place, host, columns: width), .title), progress] + alarms
  }

  private var progress: ScreenRow {
    let counts = status.counts(of: state.sweep)
    let done = "\(counts.done)/\(counts.total) tasks"
    let words = [done] + (status.obstacle.map { [$0.words] } ?? status.progressWords(of: state.sweep))
    let text = words.joined(separator: ", ")
    let room = min(40, width - TextWidth.of(text) - 2)
    return ScreenRow(room >= 8 ? "\(Self.bar(counts, columns: room))  \(text)" : text)
  }

  private static func bar(_ counts: SweepCounts, columns: Int) -> String {
    let filled = counts.total > 0 ? columns * counts.done / counts.total : 0
    return String(repeating: "█", count: filled) + String(repeating: "░", count: columns - filled)
  }

  private var alarms: [ScreenRow] {
    var words: [String] = []
    if let seconds = state.silentSeconds { words.append("The coordinator has not answered for \(seconds) s.") }
    if let problem = status.storeProblem { words.append("The store is in trouble: \(ScreenText.clean(problem))") }
    if status.isClosing { words.append("The coordinator ends.") }
    if status.incidents > 0 { words.append("\(status.incidents) results contradict others: winnow incidents") }
    return words.map { ScreenRow($0, .alarm) }
  }

  // MARK: Sections

  /// In the order in which they stand.
  private var sections: [WatchSection] {
    [sweeps, kinds, workers, failures, log].filter { !$0.lines.isEmpty }
  }

  private func section(
    importance: Int, _ columns: [ScreenTable.Column], styles: [ScreenRow.Style] = [], passed: Int = 0
  ) -> WatchSection {
    let (heading, rows) = ScreenTable(columns).rows(width: width)
    let lines = rows.indices.map { ScreenRow(rows[$0], $0 < styles.count ? styles[$0] : .plain) }
    return WatchSection(heading: heading, lines: lines, importance: importance, passed: passed)
  }

  private var sweeps: WatchSection {
    let sweeps = status.sweeps
    return section(
      importance: 0,
      [
        .init(heading: "SWEEP", texts: sweeps.map { ScreenText.clean($0.name) }, isName: true),
        .init(heading: "STATE", texts: sweeps.map(\.word), rank: 2),
        .init(heading: "", texts: sweeps.map { Self.bar($0.counts, columns: 10) }, rank: 5),
        .init(heading: "DONE", texts: sweeps.map { "\($0.counts.done)/\($0.counts.total)" }, isRight: true),
        .init(heading: "RUN", texts: sweeps.map { "\($0.computing)" }, rank: 3, isRight: true),
        .init(heading: "FAILED", texts: sweeps.map { "\($0.counts.stuck)" }, rank: 1, isRight: true),
        .init(heading: "LEFT", texts: sweeps.map(Self.left), rank: 4, isRight: true),
        .init(heading: "PRIORITY", texts: sweeps.map { "\($0.priority)" }, rank: 6, isRight: true),
      ])
  }

  private static func left(_ sweep: SweepStatus) -> String {
    sweep.secondsLeft.map { $0 > 0 && !sweep.isFinished ? DurationText.words($0) : "" } ?? ""
  }

  private var kinds: WatchSection {
    let kinds = status.classes
    return section(
      importance: 4,
      [
        .init(heading: "KIND OF TASK", texts: kinds.map { ScreenText.clean($0.name) }, isName: true),
        .init(heading: "DONE", texts: kinds.map { "\($0.finished)" }, isRight: true),
        .init(heading: "USUALLY", texts: kinds.map { $0.medianSeconds.map(Self.median) ?? "" }, rank: 1, isRight: true),
      ])
  }

  /// Short tasks in fractions of a second.
  private static func median(_ seconds: Double) -> String {
    seconds < 10 ? "\((seconds * 100).rounded() / 100) s" : DurationText.words(seconds)
  }

  private var workers: WatchSection {
    let workers = status.workers
    let memory = workers.map { worker in
      worker.use.map { "\(Self.gigabytes($0.memoryUsed))/\(Self.gigabytes($0.memory)) GB" } ?? ""
    }
    return section(
      importance: 1,
      [
        .init(heading: "HOST", texts: workers.map { ScreenText.clean($0.host) }, isName: true),
        .init(heading: "WORKER", texts: workers.map(\.id.short), rank: 7),
        .init(heading: "KEY", texts: workers.map { ScreenText.clean($0.keyName) }, rank: 3, isName: true),
        .init(heading: "STATE", texts: workers.map(\.state.word), rank: 1),
        .init(heading: "UP", texts: workers.map { DurationText.words($0.joinedSeconds) }, rank: 4, isRight: true),
        .init(heading: "BUSY", texts: workers.map { "\($0.running)/\($0.slots)" }, isRight: true),
        .init(heading: "DONE", texts: workers.map { "\($0.results)" }, rank: 2, isRight: true),
        .init(heading: "/MIN", texts: workers.map(rate), rank: 5, isRight: true),
        .init(heading: "LOAD", texts: workers.map(Self.load), rank: 6, isRight: true),
        .init(heading: "MEMORY", texts: memory, rank: 6, isRight: true),
        .init(heading: "VERSION", texts: workers.map { String(ScreenText.clean($0.build).prefix(8)) }, rank: 8),
      ], styles: workers.map { $0.state == .active ? .plain : .alarm }, passed: state.passed)
  }

  private func rate(_ worker: WorkerStatus) -> String {
    state.ratePerMinute(of: worker.id).map { "\(Int($0.rounded()))" } ?? ""
  }

  private static func load(_ worker: WorkerStatus) -> String {
    worker.use.map { "\((min($0.load, 1e6) * 10).rounded() / 10)" } ?? ""
  }

  /// 10⁹ bytes.
  private static func gigabytes(_ bytes: Int) -> String {
    let tenths = (Double(bytes) / 1e8).rounded()
    return tenths < 1_000 ? "\(tenths / 10)" : "\(Int(tenths / 10))"
  }

  private var failures: WatchSection {
    let lines = status.failures.map { failure in
      ScreenRow(ScreenText.clean("\(failure.label): \(failure.report.cause)"), .alarm)
    }
    return WatchSection(
      heading: status.failureCount == 1 ? "FAILED" : "FAILED (\(status.failureCount))", lines: lines,
      importance: 2)
  }

  private var log: WatchSection {
    let lines = status.log.map { line in
      ScreenRow(
        "\(ScreenText.fitted(DurationText.words(line.secondsAgo), to: 7, isRight: true))  \(ScreenText.clean(line.text))",
        line.level == .information ? .quiet : .alarm)
    }
    return WatchSection(heading: "LOG OF THE COORDINATOR", lines: lines, importance: 3, showsEnd: true)
  }
}
