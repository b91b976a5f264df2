import Core
import Foundation

/// The real programs, as a person would start them.
enum Programs {
  /// The directory of the built programs: that of the test bundle.
  static let directory: URL = {
    let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let beside = URL(fileURLWithPath: own ?? "").deletingLastPathComponent()
    if FileManager.default.isExecutableFile(atPath: beside.appendingPathComponent("winnow").path) { return beside }
    // Some launchers run the bundle through a helper elsewhere; its path is then an argument.
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? ""
    return URL(fileURLWithPath: bundle).deletingLastPathComponent()
  }()

  /// What a finished program said.
  struct Ending {
    let status: Int32
    let output: String
    let errors: String

    /// The objects of JSON Lines.
    var lines: [JSONValue] {
      output.split(separator: "\n").compactMap { try? JSONValue.parse(Array($0.utf8), source: "output") }
    }
  }

  /// Runs a program to its end.
  static func run(_ name: String, _ arguments: [String], in directory: URL? = nil) throws -> Ending {
    try Started(name, arguments, in: directory).awaitEnd()
  }

  /// A program that runs.
  final class Started {
    let process = Process()
    private let output: URL
    private let errors: URL

    init(_ name: String, _ arguments: [String], in directory: URL? = nil) throws {
      let files = FileManager.default.temporaryDirectory.appendingPathComponent("winnow-test-\(UUID().uuidString)")
      output = files.appendingPathExtension("out")
      errors = files.appendingPathExtension("err")
      for file in [output, errors] { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
      process.executableURL =
        name.hasPrefix("/") ? URL(fileURLWithPath: name) : Programs.directory.appendingPathComponent(name)
      process.arguments = arguments
      process.currentDirectoryURL = directory
      process.standardInput = FileHandle.nullDevice
      // Files, not pipes: children that outlive the program must not keep the test waiting.
      process.standardOutput = try FileHandle(forWritingTo: output)
      process.standardError = try FileHandle(forWritingTo: errors)
      try process.run()
    }

    /// What it has written to its standard output so far.
    func said() throws -> String { try String(contentsOf: output, encoding: .utf8) }

    func awaitEnd() throws -> Ending {
      process.waitUntilExit()
      defer { for file in [output, errors] { try? FileManager.default.removeItem(at: file) } }
      return Ending(
        status: process.terminationStatus, output: try String(contentsOf: output, encoding: .utf8),
        errors: try String(contentsOf: errors, encoding: .utf8))
    }

    /// The processes that it started and that still run, with theirs.
    func descendants() -> [Int32] { Self.children(of: process.processIdentifier) }

    private static func children(of parent: Int32) -> [Int32] {
      let path = "/proc/\(parent)/task/\(parent)/children"
      let direct = ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").split(separator: " ").compactMap {
        Int32($0)
      }
      return direct + direct.flatMap(children)
    }
  }

  /// The name of a running process, as the kernel knows it (15 letters); nil when it is gone.
  static func name(of process: Int32) -> String? {
    try? String(contentsOfFile: "/proc/\(process)/comm", encoding: .utf8).trimmingCharacters(in: .newlines)
  }
}

/// A directory that goes away with the test.
final class ScratchDirectory {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("winnow-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// The path of `name` inside.
  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  /// Writes a text file and says its path.
  func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: url.appendingPathComponent(name))
    return path(name)
  }
}
