import Core
import Datasets
import ObjectStore
import Samples
import Sweeps

/// Pictures of what strategies chose, for reports: the first images of one trial of each strategy and shift.
final class StoredPictures {
  /// What a page holds altogether, a bit over 1 MB of grey values.
  private static let picturesPerPage = 1_440
  private static let picturesPerGrid = 6...24

  private let subsets: StoredSubsets
  /// Shifts whose true labels somebody has checked.
  private let checkedShifts: Set<String>

  /// - Parameter poolFacts: what is known of each pool, by its shift.
  init(_ store: Store, poolFacts: [String: PartFacts]) {
    subsets = StoredSubsets(store)
    checkedShifts = Set(poolFacts.filter { $0.value.uncheckedTruth == nil }.keys)
  }

  /// One grid a strategy and shift, of the first trial that there is. A trial without a pool of its own has none.
  func grids(of results: [TrialResult]) throws -> [PictureGrid] {
    var seen: Set<[String]> = []
    let first = results.filter { seen.insert([$0.point.shift, $0.point.strategy.label]).inserted }
    let share = Self.picturesPerPage / max(1, first.count)
    let count = min(max(share, Self.picturesPerGrid.lowerBound), Self.picturesPerGrid.upperBound)
    return try first.compactMap { result in
      guard let chosen = try subsets.chosen(by: result) else { return nil }
      // Vectors have nothing to look at, nor have images of a kind that no page shows.
      guard let images = chosen.gallery.images.images, [1, 3].contains(images.channels) else { return nil }
      let rows = zip(chosen.subset, chosen.labels).prefix(count)
      return PictureGrid(
        strategy: result.point.strategy, shift: result.point.shift,
        pictures: rows.map {
          picture($0, label: Int32($1), of: images, chosen.gallery, shift: result.point.shift)
        })
    }
  }

  private func picture(
    _ row: Int, label: Int32, of images: ImageSet, _ gallery: PoolGallery, shift: String
  ) -> Picture {
    let names = gallery.classNames
    return Picture(
      width: images.width, height: images.height, channels: images.channels, pixels: Array(images.image(row)),
      label: names.indices.contains(Int(label)) ? names[Int(label)] : "–",
      isWrong: checkedShifts.contains(shift) ? gallery.trueLabels[row] != label : nil)
  }
}
