package import Core
package import Planning
package import Sweeps

/// Computes tasks. Equal specifications and inputs must give equal bytes.
package protocol TaskExecuting: Sendable {
  /// Computes one task on the calling thread.
  ///
  /// - Parameter context: told how far the task is, at least every second of work, and asked whether its result is still
  ///   wanted.
  /// - Throws: `CancellationError` once `context` says that nobody wants the result; anything else counts as a failure of
  ///   the task, and its text is shown to the person who asked for the sweep.
  func execute(
    _ specification: TaskSpecification, inputs: any InputReading, context: TaskContext
  ) throws -> TaskProduct
}

/// Does the work of any kind of task of a catalogue: what a slot process runs.
package struct TaskExecutor: TaskExecuting {
  private let catalogue: Catalogue

  package init(_ catalogue: Catalogue) { self.catalogue = catalogue }

  package func execute(
    _ specification: TaskSpecification, inputs: any InputReading, context: TaskContext
  ) throws -> TaskProduct {
    guard let kind = catalogue.task(specification.kind) else {
      throw TaskFailure("this program computes no tasks of kind \(specification.kind)")
    }
    return try kind.run(specification, inputs: inputs, context: context)
  }
}

extension Catalogue {
  /// The tables with the kinds of tasks that come with Winnow, and more rows where they are given.
  ///
  /// - Parameters:
  ///   - tasks: further kinds of tasks, made from the tables.
  ///   - allowsPrograms: whether programs that sweeps bring along are run here.
  package static func standard(
    tables: Tables = Tables(), tasks: [any TaskKind] = [], allowsPrograms: Bool = false
  ) -> Catalogue {
    let cache = InputCache()
    return Catalogue(
      tables: tables,
      tasks: [
        PartTask(tables: tables, allowsPrograms: allowsPrograms), ScoreTaskKind(cache: cache),
        TrialTask(tables: tables, cache: cache, allowsPrograms: allowsPrograms),
        MeasureTask(tables: tables, cache: cache),
      ] + tasks)
  }
}
