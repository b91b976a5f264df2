package import Core

/// When, where and how long the tasks of a sweep were computed, from the attempts that the store keeps: the same store says the
/// same.
package struct SweepEffort: Hashable, Sendable {
  /// When the first of its tasks began and the last was done, in seconds since 1970.
  package let begin: Double
  package let end: Double
  /// Processor time of all attempts together.
  package let cpuSeconds: Double
  package let hosts: [String]
  /// The builds of the programs that computed, by the start of their digests.
  package let programs: [String]
  /// The processor time of each task's own attempts (their mean where there were several).
  package let cpuSecondsByTask: [TaskID: Double]

  package init(
    begin: Double, end: Double, cpuSeconds: Double, hosts: [String], programs: [String],
    cpuSecondsByTask: [TaskID: Double]
  ) {
    (self.begin, self.end, self.cpuSeconds) = (begin, end, cpuSeconds)
    (self.hosts, self.programs, self.cpuSecondsByTask) = (hosts, programs, cpuSecondsByTask)
  }

  /// nil when no attempt says when it was.
  init?(_ attempts: [TaskID: [JSONValue]]) {
    var (begin, end, total) = (Double.infinity, -Double.infinity, 0.0)
    var (hosts, programs): (Set<String>, Set<String>) = ([], [])
    var byTask: [TaskID: Double] = [:]
    for (task, attempts) in attempts.sorted(by: { $0.key < $1.key }) {
      let seconds = attempts.compactMap { $0["cpuSeconds"]?.double }.filter { $0.isFinite && $0 >= 0 }
      if !seconds.isEmpty { byTask[task] = seconds.reduce(0, +) / Double(seconds.count) }
      total += seconds.reduce(0, +)
      for attempt in attempts {
        if let host = attempt["host"]?.text { hosts.insert(host) }
        if let program = attempt["program"]?.text { programs.insert(program) }
        guard let finished = attempt["finishedAt"]?.double, finished.isFinite else { continue }
        end = max(end, finished)
        begin = min(begin, finished - (attempt["wallSeconds"]?.double ?? 0))
      }
    }
    guard end >= begin else { return nil }
    self.init(
      begin: begin, end: end, cpuSeconds: total, hosts: hosts.sorted(), programs: programs.sorted(),
      cpuSecondsByTask: byTask)
  }
}
