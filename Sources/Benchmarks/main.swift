import Cluster
import Foundation

/// The benchmarks, by the name that asks for them.
let benchmarks: [String: ([String]) throws -> Void] = [
  "accuracy": { try AccuracyBenchmark.run(arguments: $0) },
  "table": { try TableBenchmark.run(arguments: $0) },
  "store": { try StoreBenchmark.run(arguments: $0) },
  "inference": { InferenceBenchmark.run(arguments: $0) },
  "cluster": { try ClusterBenchmark.run(arguments: $0) },
  "hostile": { try HostileFiles.run(arguments: $0) },
  "imagenet": { try ImageNetLikeBenchmark.run(arguments: $0) },
]

ProgramStart.chooseKernel()
let arguments = CommandLine.arguments.dropFirst()
guard let name = arguments.first, let benchmark = benchmarks[name] else {
  print("usage: Benchmarks \(benchmarks.keys.sorted().joined(separator: "|")) [ARGUMENT …]")
  exit(64)
}
do { try benchmark(Array(arguments.dropFirst())) } catch {
  print("Error: \(error)")
  exit(1)
}
