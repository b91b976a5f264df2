/// Data that cannot be used: which file, object or part, and what is wrong with it, in plain sentences.
package struct DatasetError: Error, Hashable, CustomStringConvertible {
  /// The file, object or part.
  package let place: String
  package let problem: String

  package init(_ place: String, _ problem: String) {
    self.place = place
    self.problem = problem
  }

  package var description: String { "\(place): \(problem)" }
}
