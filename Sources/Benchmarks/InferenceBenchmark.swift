import Statistics

/// Whether intervals hold what they say and words of certainty are right: simulated sweeps of nine equal strategies.
///
/// `swift run -c release Benchmarks inference [SWEEPS]` prints one row a shape and a kind of noise, shares in per cent of 2,000
/// sweeps. Wanted: intervals that hold the truth in 93 to 97, everything else in at most 5.
enum InferenceBenchmark {
  static let shapes = [(1, 3), (1, 5), (6, 3), (6, 5), (6, 20)]

  static func run(arguments: [String]) {
    let sweeps = arguments.first.flatMap { Int($0) } ?? 2_000
    print("noise\tshifts × seeds\tinterval holds\tfalse first\tfalse first of two\tanything false")
    for noise in InferenceSimulation.Noise.allCases {
      for (shifts, seeds) in shapes {
        let rates = InferenceSimulation(shifts: shifts, seeds: seeds, noise: noise)
          .rates(sweeps: max(1, sweeps), seed: 1)
        let shown = [rates.coverage, rates.falseFirst, rates.falseFirstOfTwo, rates.falseAny].map(percent)
        print("\(noise.rawValue)\t\(shifts) × \(seeds)\t" + shown.joined(separator: "\t"))
      }
    }
  }

  private static func percent(_ share: Double) -> String { "\((share * 1_000).rounded() / 10)" }
}
