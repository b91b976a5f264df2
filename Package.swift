// swift-tools-version: 6.2
import PackageDescription

/// Every target of ours: Swift 6 mode, explicit existentials, imports internal unless said otherwise, no warnings.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

func library(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil, exclude: [String] = [])
  -> Target
{
  .target(name: name, dependencies: dependencies, exclude: exclude, resources: resources, swiftSettings: settings)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil) -> Target {
  .testTarget(name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let protobuf: Target.Dependency = .product(name: "SwiftProtobuf", package: "swift-protobuf")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")

let package = Package(
  name: "winnow",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-protobuf", exact: "1.39.0"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
  ],
  targets: [
    .systemLibrary(name: "CZMQ", providers: [.apt(["libzmq3-dev"])]),
    .systemLibrary(name: "COpenBLAS", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CCrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CKernels", cSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))]),

    library("Core", ["CCrypto"]),
    library("Sweeps", ["Core"]),
    library("Wire", ["Core", protobuf], exclude: ["winnow.proto"]),
    library("Coordination", ["Core", "Sweeps", "Wire"]),
    library("ObjectStore", ["Core", grdb]),
    library("Numerics", ["Core", "CKernels", "COpenBLAS"]),
    library("Datasets", ["Core", "Numerics", "CZlib"]),
    library("Learning", ["Core", "Numerics", "Datasets"]),
    library("Curation", ["Core", "Sweeps", "Numerics", "Datasets", "Learning"]),
    library("Evaluation", ["Core", "Statistics", "Numerics", "Datasets", "Learning"]),
    library("Statistics", ["Core"]),
    library("Reporting", ["Core", "Sweeps", "Statistics"]),
    library("Transport", ["Core", "Wire", "CZMQ"]),
    library(
      "Runtime",
      [
        "Core", "Sweeps", "Wire", "Coordination", "ObjectStore", "Numerics", "Datasets", "Learning", "Curation",
        "Evaluation", "Statistics", "Reporting", "Transport", logging,
      ]),
    library("Simulation", ["Core", "Sweeps", "Wire", "Coordination", "ObjectStore"]),

    program(
      "winnow",
      [
        "Core", "Sweeps", "Numerics", "Datasets", "Curation", "Evaluation", "ObjectStore", "Statistics", "Reporting",
        "Runtime", "Transport", argumentParser,
      ]),
    program("winnow-coordinator", ["Runtime", argumentParser]),
    program("winnow-worker", ["Runtime", argumentParser]),
    program(
      "Benchmarks",
      ["Core", "Sweeps", "Numerics", "Datasets", "Learning", "Curation", "ObjectStore", "Runtime", argumentParser]),

    tests("CoreTests", ["Core"]),
    tests("SweepsTests", ["Sweeps"]),
    tests("WireTests", ["Wire", "Core"]),
    tests("CoordinationTests", ["Coordination", "Core", "Sweeps", "Wire"]),
    tests("ObjectStoreTests", ["ObjectStore", "Core", grdb]),
    tests("NumericsTests", ["Core", "Numerics"]),
    tests("DatasetsTests", ["Datasets"]),
    tests("LearningTests", ["Core", "Numerics", "Datasets", "Learning"]),
    tests("CurationTests", ["Core", "Sweeps", "Numerics", "Datasets", "Learning", "Curation"]),
    tests("EvaluationTests", ["Core", "Sweeps", "Statistics", "Numerics", "Datasets", "Learning", "Evaluation"]),
    tests("StatisticsTests", ["Core", "Statistics"]),
    tests("ReportingTests", ["Core", "Sweeps", "Statistics", "Reporting"]),
    tests("TransportTests", ["Transport"]),
    tests("RuntimeTests", ["Core", "Coordination", "Curation", "ObjectStore", "Runtime", "Sweeps", "Wire", logging]),
    tests("SimulationTests", ["Simulation", "Core", "Sweeps", "Wire", "Coordination"]),
    tests("ArchitectureTests", ["Core"]),
    tests(
      "EndToEndTests",
      [
        "Core", "ObjectStore", "Runtime", "Sweeps", "Transport", "Wire", "winnow", "winnow-coordinator",
        "winnow-worker",
      ]),
  ],
  swiftLanguageModes: [.v6]
)
