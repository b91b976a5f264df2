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

func program(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .executableTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
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
    .systemLibrary(name: "CZstd", providers: [.apt(["libzstd-dev"])]),
    .target(name: "CInference", linkerSettings: [.linkedLibrary("dl")]),
    .target(name: "CKernels", cSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))]),
    .target(
      name: "CImages", cSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))],
      linkerSettings: ["jpeg", "png", "webp", "webpdemux", "tiff", "lcms2"].map { .linkedLibrary($0) }),

    library("Core", ["CCrypto"]),
    library("Files", ["Core"]),
    library("Numerics", ["Core", "CKernels", "CInference", "COpenBLAS"]),
    library("Samples", ["Core", "Numerics", "Files"]),
    library("Formats", ["Core", "Numerics", "Samples", "Files", "CZlib", "CZstd", "CImages"]),
    library("Economics", ["Core"]),
    library("Sweeps", ["Core", "Economics"]),
    library("Models", ["Core", "Numerics", "Samples", "Formats"]),
    library("Datasets", ["Core", "Files", "Samples", "Formats", "Numerics", "Economics", "Sweeps"]),
    library(
      "Curation",
      ["Core", "Economics", "Sweeps", "Numerics", "Samples", "Formats", "Models", "Datasets"]),
    library("Statistics", ["Core"]),
    library(
      "Utilities",
      ["Core", "Economics", "Sweeps", "Statistics", "Numerics", "Samples", "Formats", "Models", "Datasets"]),
    library(
      "Planning",
      [
        "Core", "Files", "Economics", "Sweeps", "Numerics", "Samples", "Formats", "Models", "Datasets", "Curation",
        "Utilities", "ObjectStore",
      ]),
    library(
      "Execution",
      [
        "Core", "Files", "Economics", "Sweeps", "Numerics", "Samples", "Formats", "Models", "Datasets", "Curation",
        "Utilities", "Planning",
      ]),
    library("Wire", ["Core", "Sweeps", protobuf], exclude: ["winnow.proto"]),
    library("Coordination", ["Core", "Sweeps", "Wire"]),
    library("ObjectStore", ["Core", grdb]),
    library("Transport", ["Core", "Files", "Wire", "CZMQ"]),
    library("Simulation", ["Core", "Sweeps", "Wire", "Coordination", "ObjectStore"]),
    library(
      "Results",
      [
        "Core", "Economics", "Sweeps", "Samples", "Formats", "Datasets", "ObjectStore",
      ]),
    library("Reporting", ["Core", "Economics", "Sweeps", "Statistics", "Results"]),
    library(
      "Cluster",
      [
        "Core", "Files", "Sweeps", "Wire", "Coordination", "ObjectStore", "Numerics", "Planning", "Execution",
        "Transport", logging,
      ]),

    program(
      "winnow",
      [
        "Core", "Files", "Economics", "Sweeps", "Numerics", "Samples", "Formats", "Datasets", "Curation", "Utilities",
        "ObjectStore", "Statistics", "Planning", "Execution", "Results", "Reporting", "Simulation", "Cluster",
        "Transport", "Wire", argumentParser,
      ]),
    program("winnow-coordinator", ["Core", "Files", "Planning", "Execution", "Cluster", argumentParser]),
    program("winnow-worker", ["Core", "Planning", "Execution", "Cluster", argumentParser]),
    program(
      "Benchmarks",
      [
        "Core", "Files", "Economics", "Sweeps", "Numerics", "Samples", "Formats", "Datasets", "Models", "Curation",
        "ObjectStore", "Statistics", "Planning", "Execution", "Cluster", argumentParser,
      ], exclude: ["Peers"]),

    // What several test targets share.
    .target(
      name: "TestSupport", dependencies: ["Core", "Files", "Samples", "Datasets"], path: "Tests/TestSupport",
      swiftSettings: settings),
    tests("CoreTests", ["Core"]),
    tests("FilesTests", ["Files"]),
    tests(
      "FormatsTests", ["TestSupport", "Core", "Files", "Numerics", "Samples", "Formats"], resources: [.copy("Fixtures")]
    ),
    tests("EconomicsTests", ["Core", "Economics"]),
    tests("SweepsTests", ["TestSupport", "Core", "Economics", "Sweeps"]),
    tests(
      "PlanningTests",
      [
        "TestSupport", "Core", "Files", "Economics", "Sweeps", "Formats", "Datasets", "Planning", "Execution",
      ]),
    tests(
      "ExecutionTests", ["TestSupport", "Core", "Economics", "Sweeps", "Formats", "Curation", "Planning", "Execution"]),
    tests("WireTests", ["Wire", "Core", "Sweeps"]),
    tests("CoordinationTests", ["Coordination", "Core", "Sweeps", "Wire"]),
    tests("ObjectStoreTests", ["ObjectStore", "Core", grdb], resources: [.copy("Release1")]),
    tests("NumericsTests", ["Core", "Numerics"]),
    tests(
      "DatasetsTests",
      ["TestSupport", "Core", "Economics", "Files", "Sweeps", "Numerics", "Samples", "Formats", "Datasets"]),
    tests("ModelsTests", ["Core", "Numerics", "Samples", "Formats", "Datasets", "Models"]),
    tests(
      "CurationTests",
      [
        "TestSupport", "Core", "Economics", "Sweeps", "Numerics", "Samples", "Formats", "Datasets", "Models",
        "Curation",
      ]),
    tests(
      "UtilitiesTests",
      [
        "TestSupport", "Core", "Economics", "Sweeps", "Statistics", "Numerics", "Samples", "Formats", "Datasets",
        "Models",
        "Utilities",
      ]
    ),
    tests("StatisticsTests", ["Core", "Statistics"]),
    tests(
      "ReportingTests",
      [
        "TestSupport", "Core", "Economics", "Sweeps", "Statistics", "Datasets", "Curation", "Utilities", "Results",
        "Reporting",
      ], resources: [.copy("StoredSweep")]),
    tests(
      "ResultsTests",
      [
        "TestSupport", "Core", "Economics", "Sweeps", "Numerics", "Samples", "Formats", "Datasets", "ObjectStore",
        "Planning", "Execution", "Reporting", "Results",
      ]),
    tests("TransportTests", ["Transport", "Wire"]),
    tests(
      "ClusterTests",
      [
        "TestSupport",
        "Core", "Files", "Coordination", "Economics", "Curation", "ObjectStore", "Planning", "Execution", "Results",
        "Reporting", "Cluster", "Sweeps", "Transport", "Wire", logging,
      ]),
    tests("SimulationTests", ["Simulation", "Core", "Sweeps", "Wire", "Coordination"]),
    tests("ArchitectureTests", ["Core"]),
    // A row more in each of the four tables, run through the real shells.
    .target(
      name: "ToyTables",
      dependencies: [
        "Core", "Economics", "Numerics", "Samples", "Formats", "Sweeps", "Datasets", "Models", "Utilities", "Planning",
        "Execution",
      ], path: "Tests/ToyTables", swiftSettings: settings),
    .executableTarget(
      name: "toy-program", dependencies: ["ToyTables", "Execution", "Planning", "Cluster"], path: "Tests/ToyPrograms",
      swiftSettings: settings),
    tests(
      "ToyTests",
      [
        "TestSupport", "ToyTables", "toy-program", "Core", "Economics", "Sweeps", "ObjectStore", "Planning", "Results",
        "Reporting",
        "Cluster", "Transport",
      ]),
    tests(
      "EndToEndTests",
      [
        "TestSupport", "Core", "Coordination", "Files", "Formats", "ObjectStore", "Execution", "Cluster", "Sweeps",
        "Transport", "Wire", "winnow",
        "winnow-coordinator", "winnow-worker",
      ]),
  ],
  swiftLanguageModes: [.v6]
)
