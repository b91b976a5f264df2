import Foundation
import Testing

/// The files under `deploy/` are programs too.
@Suite struct DeploymentTests {
  private static let scripts = ["deploy/install-packages", "deploy/quickstart", "deploy/test", ".ci/run"]

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

  /// The units are verified in a directory that stands for the root of a host on which the programs are installed.
  @Test func systemdAcceptsTheUnits() throws {
    let units = ["winnow-coordinator.service", "winnow-worker.service"]
    let host = NSTemporaryDirectory() + "winnow-units-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: host) }
    for directory in ["usr/local/bin", "etc/systemd/system", "usr/lib/systemd/system"] {
      try FileManager.default.createDirectory(atPath: "\(host)/\(directory)", withIntermediateDirectories: true)
    }
    for unit in units {
      let program = "\(host)/usr/local/bin/" + unit.dropLast(".service".count)
      _ = FileManager.default.createFile(
        atPath: program, contents: Data("#!/bin/sh\n".utf8), attributes: [.posixPermissions: 0o755])
      try FileManager.default.copyItem(
        atPath: "\(Checkout.root)/deploy/systemd/\(unit)", toPath: "\(host)/etc/systemd/system/\(unit)")
    }
    // Targets that every host has, so that a missing one is not mistaken for a mistake of ours.
    for target in ["sysinit", "basic", "shutdown", "network-online", "network", "multi-user", "local-fs", "swap"] {
      try "[Unit]\nDescription=\(target)\n".write(
        toFile: "\(host)/usr/lib/systemd/system/\(target).target", atomically: true, encoding: .utf8)
    }
    guard let verdict = try Checkout.run("systemd-analyze", ["verify", "--root=\(host)"] + units) else { return }
    #expect(verdict.status == 0 && verdict.output.isEmpty, "\(verdict.output)")
  }
}
