import Core
import Foundation
import TestSupport
import Testing
import Transport

/// What cannot work is said in one sentence, with an exit status other than 0.
@Suite(.serialized) struct ClusterStartTests {
  private let cluster: ClusterUnderTest

  init() throws { cluster = try ClusterUnderTest() }

  @Test func aMistakeInTheFileIsNamed() throws {
    try refuses(#"{"cluster": {"stroe": "x"}}"#, saying: "did you mean \"store\"", status: 64)
    try refuses(#"{"cluster": {"control": "tcp://*:5557"}}"#, saying: "anybody could join", status: 64)
    try refuses(#"{"cluster": {"control": "here"}}"#, saying: "tcp://192.168.1.10:5555", status: 64)
    try refuses("{", saying: "not valid JSON", status: 64)
    let missing = try RunningProgram.run(
      "winnow-coordinator", ["--config", "/nowhere/cluster.json"], in: cluster.directory)
    #expect(missing.status == 64 && missing.output.contains("/nowhere/cluster.json"))
  }

  @Test func keysThatAreMissingOrOpenToOthersAreNamed() throws {
    try refuses(
      #"{"cluster": {"keys": "none", "control": "tcp://127.0.0.1:*"}}"#, saying: "winnow keys new coordinator")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o644], ofItemAtPath: cluster.keys + "/coordinator.key")
    try refuses(#"{"cluster": {"keys": "keys", "control": "tcp://127.0.0.1:*"}}"#, saying: "chmod 600")
  }

  @Test func aPortOrStoreInUseIsNamed() throws {
    try cluster.startCoordinator()
    let endpoint = try cluster.address.endpoint
    try refuses(
      #"{"cluster": {"store": "other", "control": "\#(endpoint)", "keys": "keys"}}"#, saying: "another program listens")
    try refuses(
      #"{"cluster": {"store": "store", "control": "tcp://127.0.0.1:*", "keys": "keys"}}"#, saying: "winnow-coordinator")
    #expect(cluster.coordinator?.isRunning == true)
  }

  @Test func aStoreThatIsNoneIsNamed() throws {
    try Data("x".utf8).write(to: URL(fileURLWithPath: cluster.directory + "/file"))
    try refuses(#"{"cluster": {"store": "file", "control": "tcp://127.0.0.1:*"}}"#, saying: "not a Winnow store")
  }

  @Test func aWorkerNamesWhatItCannotUse() throws {
    let key = cluster.keys + "/worker.key"
    let server = cluster.keys + "/coordinator.pub"
    for (arguments, word, status) in [
      (["--connect", "coordinator:5557"], "tcp://", 64),
      (["--connect", "tcp://*:5557"], "name the coordinator's host", 64),
      (["--connect", "tcp://127.0.0.1:1", "--key", key], "--server-key", 64),
      (["--connect", "tcp://127.0.0.1:1", "--key", "/nowhere", "--server-key", server], "/nowhere", 64),
      (["--connect", "tcp://127.0.0.1:1", "--key", key, "--server-key", "short"], "40 characters", 64),
      (["--connect", "tcp://127.0.0.1:1", "--slots", "0"], "--slots", 64), ([], "--connect", 64),
      (["--connect", "tcp://127.0.0.1:1", "--cache", "/proc/none"], "/proc/none", 1),
    ] as [([String], String, Int32)] {
      let (ended, output) = try RunningProgram.run("winnow-worker", arguments, in: cluster.directory)
      #expect(ended == status && output.contains(word), "\(arguments): \(ended) \(output)")
    }
  }

  private func refuses(_ json: String, saying words: String, status: Int32 = 1) throws {
    let file = cluster.directory + "/mistake.json"
    try Data(json.utf8).write(to: URL(fileURLWithPath: file))
    let (ended, output) = try RunningProgram.run("winnow-coordinator", ["--config", file], in: cluster.directory)
    #expect(ended == status, "\(json): \(output)")
    #expect(output.contains(words), "\(json): \(output)")
    #expect(output.split(separator: "\n").count <= 2, "\(output)")
  }
}
