package import Core
package import Wire

/// What a full-screen view of a cluster knows: what the coordinator said last, and what follows from what it said before.
package struct WatchState: Sendable {
  /// Where the coordinator is, for people.
  package var place: String
  /// Whose progress stands at the top; nil for that of all.
  package let sweep: Digest?
  private(set) var status: ClusterStatus?
  /// For how long the coordinator has not answered; nil while it does.
  private(set) var silentSeconds: Int?
  /// How many workers are passed over.
  private(set) var passed = 0
  /// What each worker had handed in, when.
  private var results: [WorkerID: [(time: Instant, count: Int)]] = [:]

  private static let windowSeconds = 60.0
  /// A rate over less says nothing.
  private static let leastSeconds = 5.0

  package init(place: String, sweep: Digest?) { (self.place, self.sweep) = (place, sweep) }

  /// The coordinator has answered.
  package mutating func take(_ status: ClusterStatus, at now: Instant) {
    silentSeconds = nil
    self.status = status
    passed = max(0, min(passed, status.workers.count - 1))
    var known: [WorkerID: [(time: Instant, count: Int)]] = [:]
    for worker in status.workers {
      var counts = results[worker.id] ?? []
      // One that has joined again begins with nothing.
      if let last = counts.last, last.count > worker.results { counts = [] }
      counts.append((now, worker.results))
      counts.removeAll { now.seconds(since: $0.time) > Self.windowSeconds }
      known[worker.id] = counts
    }
    results = known
  }

  /// The coordinator has not answered for so long.
  package mutating func miss(seconds: Int) { silentSeconds = seconds }

  /// Shows workers further down, or up.
  package mutating func scroll(by count: Int) {
    passed = max(0, min(passed + count, (status?.workers.count ?? 0) - 1))
  }

  /// Tasks that the worker finishes in a minute; nil before it was watched for some seconds.
  func ratePerMinute(of worker: WorkerID) -> Double? {
    guard let counts = results[worker], let first = counts.first, let last = counts.last else { return nil }
    let seconds = last.time.seconds(since: first.time)
    return seconds >= Self.leastSeconds ? Double(last.count - first.count) / seconds * 60 : nil
  }
}
