import Foundation
import Testing

/// The files under `deploy/` are programs too.
@Suite struct DeploymentTests {
  private static let scripts = [
    "deploy/install-packages", "deploy/install-service", "deploy/quickstart", "deploy/test", ".ci/run",
  ]

  @Test(arguments: scripts + ["deploy/slurm/workers.sbatch"]) func scriptsAreWellFormed(path: String) throws {
    let text = try String(contentsOfFile: "\(Checkout.root)/\(path)", encoding: .utf8)
    #expect(text.contains("\nset -euo pipefail\n"))
    let parsed = try #require(try Checkout.run("bash", ["-n", path]))
    #expect(parsed.status == 0, "\(parsed.output)")
    guard let checked = try Checkout.run("shellcheck", [path]) else { return }
    #expect(checked.status == 0, "\(checked.output)")
  }

  @Test(arguments: scripts) func scriptsThatAreCalledCanBeExecuted(path: String) {
    #expect(FileManager.default.isExecutableFile(atPath: "\(Checkout.root)/\(path)"))
  }

  @Test func everythingUnderDeployThatTheReadmeNamesExists() throws {
    let readme = try String(contentsOfFile: "\(Checkout.root)/README.md", encoding: .utf8)
    let names = Set(readme.matches(of: /deploy\/[\w\/.-]*\w/).map { String($0.0) })
    #expect(names.isSuperset(of: ["deploy/quickstart", "deploy/test"]))
    for name in names.sorted() {
      #expect(FileManager.default.fileExists(atPath: "\(Checkout.root)/\(name)"), "\(name)")
    }
  }

  /// The services are installed into a directory that stands for the root of a host, with stand-ins for the programs.
  @Test func systemdAcceptsTheServicesAsInstalled() throws {
    let host = NSTemporaryDirectory() + "winnow-units-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: host) }
    let programs = "\(host)/programs"
    try FileManager.default.createDirectory(atPath: programs, withIntermediateDirectories: true)
    for program in ["winnow", "winnow-coordinator", "winnow-worker"] {
      _ = FileManager.default.createFile(
        atPath: "\(programs)/\(program)", contents: Data("#!/bin/sh\n".utf8), attributes: [.posixPermissions: 0o755])
    }
    for role in ["coordinator", "worker"] {
      let result = try #require(try Checkout.run("env", ["DESTDIR=\(host)", "deploy/install-service", role, programs]))
      #expect(result.status == 0, "\(result.output)")
      #expect(result.output.contains("systemctl enable --now winnow-\(role)"))
    }
    #expect(FileManager.default.fileExists(atPath: "\(host)/etc/default/winnow-worker"))
    let cluster = try #require(FileManager.default.contents(atPath: "\(host)/etc/winnow/cluster.json"))
    #expect(try JSONSerialization.jsonObject(with: cluster) is [String: Any])
    // Targets that every host has, so that a missing one is not mistaken for a mistake of ours.
    let targets = "\(host)/usr/lib/systemd/system"
    try FileManager.default.createDirectory(atPath: targets, withIntermediateDirectories: true)
    for target in ["sysinit", "basic", "shutdown", "network-online", "network", "multi-user", "local-fs", "swap"] {
      try "[Unit]\nDescription=\(target)\n".write(
        toFile: "\(targets)/\(target).target", atomically: true, encoding: .utf8)
    }
    let units = ["winnow-coordinator.service", "winnow-worker.service"]
    guard let verdict = try Checkout.run("systemd-analyze", ["verify", "--root=\(host)"] + units) else { return }
    #expect(verdict.status == 0 && verdict.output.isEmpty, "\(verdict.output)")
  }

  /// What Debian calls the package of each library that programs link with.
  private static let runtimePackages = [
    "crypto": "libssl3", "openblas": "libopenblas0-pthread", "zmq": "libzmq5", "z": "zlib1g", "zstd": "libzstd1",
    "sqlite3": "libsqlite3-0", "jpeg": "libjpeg62-turbo", "png": "libpng16-16", "webp": "libwebp7",
    "webpdemux": "libwebpdemux2", "tiff": "libtiff6", "lcms2": "liblcms2-2",
  ]

  @Test("the container image has every library that programs link with") func imageIsWhole() throws {
    func text(_ path: String) throws -> String {
      try String(contentsOfFile: "\(Checkout.root)/\(path)", encoding: .utf8)
    }
    let image = try #require(try text("deploy/kubernetes/Containerfile").split(separator: "\nFROM ").last)
    let installed = Set(image.split(whereSeparator: \.isWhitespace).map(String.init))
    let package = try text("Package.swift")
    let listed = try #require(package.firstMatch(of: /linkerSettings: \[([^\]]*)\]\.map \{ \.linkedLibrary/))
    var libraries = listed.1.matches(of: /"(\w+)"/).map { String($0.1) }
    for module in try FileManager.default.contentsOfDirectory(atPath: "\(Checkout.root)/Sources") {
      guard let map = try? text("Sources/\(module)/module.modulemap") else { continue }
      libraries += map.matches(of: /link "(\w+)"/).map { String($0.1) }
    }
    #expect(Set(libraries).isSuperset(of: ["zmq", "openblas", "crypto", "jpeg"]))
    for library in libraries + ["sqlite3"] {
      let package = try #require(Self.runtimePackages[library], "which package has \(library)?")
      #expect(installed.contains(package), "\(package) for \(library)")
    }
  }

  @Test func aServiceThatCannotBeInstalledIsSaidSo() throws {
    for arguments in [[], ["scheduler"], ["worker", "/nowhere"]] {
      let result = try #require(try Checkout.run("env", ["DESTDIR=/nowhere", "deploy/install-service"] + arguments))
      #expect(result.status == 1 && result.output.hasPrefix("install-service: "), "\(result.output)")
    }
  }
}
