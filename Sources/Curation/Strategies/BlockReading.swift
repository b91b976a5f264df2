/// Which strategies go through the rows of candidates block by block, so that a pool need not fit into memory.
extension StrategyRow {
  private static let readingBlocks: Set<String> = Set(
    [kCenter, herding, herdingDeepCore, semDeDup, sslPrototypes, targetNearest, targetImportance].map(
      \.description.name))

  /// Whether it has the features of all candidates in memory.
  var holdsFeatures: Bool {
    !description.needs.isDisjoint(with: [.features, .target]) && !Self.readingBlocks.contains(description.name)
  }
}
