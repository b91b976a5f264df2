import Foundation

/// The checkout that these tests were built from.
enum Checkout {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// A Swift file under `Sources` or `Tests`.
  struct File {
    /// For example `Sources/Core/Digest.swift`.
    let path: String
    let text: String
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    /// The second part of `path`.
    var module: String { String(path.split(separator: "/")[1]) }
    var isGenerated: Bool { path.hasSuffix(".pb.swift") }
  }

  /// The Swift files under `folder`, sorted by path.
  static func files(under folder: String) throws -> [File] {
    let paths = FileManager.default.enumerator(atPath: "\(root)/\(folder)")?.compactMap { $0 as? String } ?? []
    return try paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
      let text = try String(contentsOfFile: "\(root)/\(folder)/\(path)", encoding: .utf8)
      return File(path: "\(folder)/\(path)", text: text)
    }
  }

  /// What a command prints and its exit status; nil when there is no such command.
  static func run(_ command: String, _ arguments: [String]) throws -> (output: String, status: Int32)? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let candidates = path.split(separator: ":").map { "\($0)/\(command)" }
    guard let program = candidates.first(where: FileManager.default.isExecutableFile(atPath:)) else { return nil }
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: root)
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (output, process.terminationStatus)
  }
}
