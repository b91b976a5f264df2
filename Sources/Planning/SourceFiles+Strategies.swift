import Curation
package import Sweeps

extension SourceFiles {
  /// What a planned sweep calls the file at `path`.
  static func strategyFileName(of path: String) -> String { "strategies: \(path)" }

  /// Reads the files that options of `sweep`'s strategies name (subsets chosen elsewhere, programs), by
  /// ``strategyFileName(of:)``. Throws a ``ConfigurationError`` that names the option.
  package static func strategies(of sweep: Sweep) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for choice in sweep.strategies where !choice.isMix {
      for (option, path) in try StrategyRegistry.resolve(choice).files.sorted(by: { $0.key < $1.key }) {
        files[strategyFileName(of: path)] = try bytes(of: path, place: "strategies.\(choice.name).\(option)")
      }
    }
    return files
  }
}
