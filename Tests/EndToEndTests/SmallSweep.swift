import Core
import Foundation

/// A sweep of the real data that takes seconds: one shift, three strategies and a mix, two seeds, a short training.
enum SmallSweep {
  static let dataDirectory = "/usr/share/datasets/fashion-mnist"
  static let isPossible = FileManager.default.fileExists(atPath: dataDirectory)

  static let text = """
    {"name": "small", "strategies": ["random", "herding", "el2n",
      {"name": "mix", "proportions": {"expert": 1, "crowdsourced": 1}}], "shifts": ["crowdsourced"], "budgets": [8],
     "seeds": 2, "training": {"hidden": [16], "steps": 60}, "dataset": {"corruptionImages": 20}}
    """
  static let trials = 8

  /// The outcome digest of each task of a store, and nothing else: what must not depend on how a sweep ran.
  static func outcomes(of store: String) throws -> [String: String] {
    let listing = try Programs.run("winnow", ["results", "--store", store, "--json"])
    return Dictionary(
      uniqueKeysWithValues: listing.lines.map { ($0["task"]?.text ?? "?", $0["outcome"]?.text ?? "?") })
  }
}
