package import Core
import Datasets

/// The names of the built-in data set, for tests that make sweeps of it by hand.
package enum FashionPlusPlus {
  package static let shifts = built.pools.map(\.name)
  package static let classNames = built.classes
  package static let pools = built.poolWords
  package static let reference = built.part(for: .reference)!.name

  private static let built = try! FashionPlusPlusKind().dataset(options: [:], place: "tests").description
}
