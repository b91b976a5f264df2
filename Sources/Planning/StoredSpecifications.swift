import Core
import ObjectStore
import Sweeps

extension Store {
  /// What every task of this store computes, in the order of ``tasks()``. Throws what the store throws, and a
  /// `ConfigurationError` for a specification that cannot be read.
  func taskSpecifications() throws -> [(task: TaskID, specification: TaskSpecification)] {
    try tasks().compactMap { task in
      try specification(of: task).map {
        (task, try TaskSpecification(bytes: $0, place: "specification of \(task.short)"))
      }
    }
  }
}
