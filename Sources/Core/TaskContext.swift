/// What a computation is given beside its inputs: somebody to tell how far it is, and to ask whether the result is still
/// wanted.
///
/// Whatever takes longer than a moment takes a context and calls ``proceed(_:)`` at least every second of work, as often as
/// it likes: the receiver decides how many of the calls travel.
package struct TaskContext: Sendable {
  private let report: @Sendable (Double) -> Void
  private let isWanted: @Sendable () -> Bool
  /// Where this part of the work begins and ends within the whole, from 0 to 1.
  private let start: Double
  private let end: Double

  /// - Parameters:
  ///   - report: takes the share of the work done, from 0 to 1, possibly many times a second and out of order.
  ///   - isWanted: false once nobody wants the result any more.
  package init(report: @escaping @Sendable (Double) -> Void, isWanted: @escaping @Sendable () -> Bool) {
    (self.report, self.isWanted, start, end) = (report, isWanted, 0, 1)
  }

  private init(_ whole: TaskContext, from start: Double, to end: Double) {
    (report, isWanted, self.start, self.end) = (whole.report, whole.isWanted, start, end)
  }

  /// Nobody listens, and the result is always wanted.
  package static let unobserved = TaskContext(report: { _ in }, isWanted: { true })

  /// Says that the share `done` (0…1) of this part is done. Throws `CancellationError` once nobody wants the result.
  package func proceed(_ done: Double) throws {
    guard isWanted() else { throw CancellationError() }
    report(start + (end - start) * min(max(done, 0), 1))
  }

  /// Says that `index` of `count` equal steps are done. Throws like ``proceed(_:)-(Double)``.
  package func proceed(_ index: Int, of count: Int) throws {
    try proceed(count > 0 ? Double(index) / Double(count) : 1)
  }

  /// The context of a part of this work that goes from the share `from` to the share `to` of it.
  package func part(from: Double, to: Double) -> TaskContext {
    let length = end - start
    return TaskContext(self, from: start + length * from, to: start + length * to)
  }

  /// The context of the `index`-th of `count` equal parts of this work.
  package func part(_ index: Int, of count: Int) -> TaskContext {
    part(from: Double(index) / Double(max(count, 1)), to: Double(index + 1) / Double(max(count, 1)))
  }
}
