import Statistics

/// Whether intervals hold what they say and words of certainty are right: simulated sweeps of nine equal strategies.
///
/// Then intervals where the data set was drawn several times. Then sweeps that go on until they are decided, of nine options: how
/// often they name a wrong one, and what they save. Last the rounds that follow, which ask up to which budget another option is
/// better: how often they are wrong.
///
/// `swift run -c release Benchmarks inference [SWEEPS]` prints one row a shape and a kind of noise, shares in per cent of 2,000
/// sweeps. Wanted: intervals that hold the truth in 93 to 97, everything else in at most 5.
enum InferenceBenchmark {
  static let shapes = [(1, 3), (1, 5), (6, 3), (6, 5), (6, 20)]

  static func run(arguments: [String]) {
    let sweeps = arguments.first.flatMap { Int($0) } ?? 2_000
    print("noise\tshifts × seeds\tinterval holds\tamong all pairs\tfalse first\tfalse first of two\tanything false")
    for noise in InferenceSimulation.Noise.allCases {
      for (shifts, seeds) in shapes {
        let rates = InferenceSimulation(shifts: shifts, seeds: seeds, noise: noise)
          .rates(sweeps: max(1, sweeps), seed: 1)
        let shown = [rates.coverage, rates.coverageAmongAll, rates.falseFirst, rates.falseFirstOfTwo, rates.falseAny]
          .map(percent)
        print("\(noise.rawValue)\t\(shifts) × \(seeds)\t" + shown.joined(separator: "\t"))
      }
    }
    runDraws(sweeps: sweeps)
    runSequential(sweeps: sweeps)
    runCrossings(sweeps: sweeps)
  }

  /// Data sets drawn several times: how often the interval over the draws holds the truth, and one over all trials.
  private static func runDraws(sweeps: Int) {
    print("\nnoise\tdraws\tshifts × seeds\tshare of the draws\tover draws\tover trials")
    for noise in InferenceSimulation.Noise.allCases {
      for draws in [3, 5, 10] {
        for share in [0, 0.1, 0.5] {
          let found = InferenceSimulation(shifts: 4, seeds: 3, noise: noise)
            .coverage(draws: draws, share: share, sweeps: max(1, sweeps), seed: 1)
          print("\(noise.rawValue)\t\(draws)\t4 × 3\t\(share)\t\(percent(found.draws))\t\(percent(found.trials))")
        }
      }
    }
  }

  private static let truths: [(name: String, values: [Double])] = [
    ("all equal", [Double](repeating: 0, count: 9)),
    ("two equal far ahead", [9, 9] + [Double](repeating: 0, count: 7)),
    ("one ahead by 2", [2] + [Double](repeating: 0, count: 8)),
    ("one ahead by 1", [1] + [Double](repeating: 0, count: 8)),
    ("steps of 0.5", (0..<9).map { -0.5 * Double($0) }),
  ]

  /// Differences are in standard deviations of one trial.
  private static func runSequential(sweeps: Int) {
    print("\nnoise\toptions\tfirst seeds\tdecided\twrong\tseeds\tof at most\tshare of all trials")
    for noise in InferenceSimulation.Noise.allCases {
      for (name, values) in truths {
        for seeds in [3, 5] {
          let simulation = SequentialSimulation(truth: values, firstSeeds: seeds, noise: noise)
          let rates = simulation.rates(sweeps: max(1, sweeps), seed: 1)
          let shown: [String] = [
            percent(rates.decided), percent(rates.wrong), "\((rates.seeds * 10).rounded() / 10)",
            "\(simulation.mostSeeds)", percent(rates.trials),
          ]
          print("\(noise.rawValue)\t\(name)\t\(seeds)\t" + shown.joined(separator: "\t"))
        }
      }
    }
  }

  private static func runCrossings(sweeps: Int) {
    print(
      "\nnoise\tspread\tfirst seeds\twrong\tboth ends\tafter the rounds\tapart\tafter the rounds\tadded\tseeds")
    for noise in InferenceSimulation.Noise.allCases {
      for spread in [0.3, 0.6, 3] {
        for seeds in [3, 5] {
          let rates = CrossingSimulation(spread: spread, firstSeeds: seeds, noise: noise)
            .rates(sweeps: max(1, sweeps), seed: 1)
          let shares: [String] = [rates.wrong, rates.bothFirst, rates.bothLast].map(percent)
          let means: [String] = [rates.apartFirst, rates.apartLast, rates.added, rates.seeds].map {
            "\(($0 * 100).rounded() / 100)"
          }
          print("\(noise.rawValue)\t\(spread)\t\(seeds)\t" + (shares + means).joined(separator: "\t"))
        }
      }
    }
  }

  private static func percent(_ share: Double) -> String { "\((share * 1_000).rounded() / 10)" }
}
