import Cluster
import Core
import Foundation
import Sweeps
import TestSupport
import Testing

@Suite struct ClusterConfigurationTests {
  @Test func theExampleHoldsEveryKeyAndIsRead() throws {
    let example = repository.appendingPathComponent("cluster.example.json")
    let configuration = try ClusterConfiguration.read(example.path)
    #expect(configuration.control.description == "tcp://*:5557")
    #expect(configuration.store == repository.appendingPathComponent("winnow-store").path)
    #expect(configuration.sweep?.strategies.count == 10)
    #expect(configuration.sweep?.shifts == FashionPlusPlus.shifts)
    // Whoever reads the example sees every key there is.
    let keys = try JSONValue.parse([UInt8](Data(contentsOf: example)), source: "example")["cluster"]?.members?.keys
      .sorted()
    #expect(
      keys == [
        "allowPlaintext", "auditShare", "authorizedKeys", "control", "coordinators", "expirySeconds",
        "heartbeatSeconds", "keys",
        "logLevel",
        "objects", "resume", "stallSeconds", "store", "suspectSeconds",
      ])
  }

  @Test func theCoordinatorsAreAListOfAddressesThatCanBeConnectedTo() throws {
    let configuration = try read(#"{"cluster": {"coordinators": ["tcp://a:5557", "tcp://b:5557"]}}"#)
    #expect(configuration.coordinators.map(\.description) == ["tcp://a:5557", "tcp://b:5557"])
    let address = try CoordinatorAddress(of: configuration, keyFile: nil)
    #expect(address.ports.map(\.control) == configuration.coordinators && address.keys == nil)
    for wrong in [#""tcp://a:5557""#, #"["tcp://*:5557"]"#, "[1]", #"["a:5557"]"#] {
      let error = #expect(throws: ConfigurationError.self) {
        try read(#"{"cluster": {"coordinators": \#(wrong)}}"#)
      }
      #expect(error?.description.contains("coordinators") == true)
    }
  }

  @Test func anEmptyClusterIsALocalOne() throws {
    let configuration = try read(#"{"cluster": {}}"#)
    #expect(configuration.control.isLoopback && configuration.objects.port == 5558)
    #expect(configuration.store == "/somewhere/winnow-store")
    #expect(configuration.keys == nil && configuration.resume)
  }

  @Test func relativePathsStartAtTheFile() throws {
    let configuration = try read(#"{"cluster": {"store": "/data/store", "keys": "secrets"}}"#)
    #expect(configuration.store == "/data/store")
    #expect(configuration.keys == "/somewhere/secrets")
    #expect(configuration.authorizedKeys == "/somewhere/secrets/authorized_keys")
  }

  @Test(arguments: [
    (#"{}"#, "cluster"), (#"{"cluster": {"stroe": "x"}}"#, "did you mean \"store\""),
    (#"{"cluster": {}, "sweeep": {}}"#, "sweeep"), (#"{"cluster": {"control": "10.0.0.1:5557"}}"#, "tcp://"),
    (#"{"cluster": {"control": "tcp://*:5557"}}"#, "keys"),
    (#"{"cluster": {"heartbeatSeconds": 0}}"#, "heartbeatSeconds"),
    (#"{"cluster": {"heartbeatSeconds": 10, "suspectSeconds": 11}}"#, "suspectSeconds"),
    (#"{"cluster": {"logLevel": "loud"}}"#, "loud"), (#"{"cluster": {"authorizedKeys": "x"}}"#, "keys"),
    (#"{"cluster": {}, "sweep": {"budgets": [-1]}}"#, "budget"), (#"{"cluster": {}, "sweep": {"seeds": 0}}"#, "seeds"),
    (#"{"cluster": "#, "JSON"), (#"{"cluster": []}"#, "cluster"), (#"{"cluster": {"store": 3}}"#, "store"),
    (#"{"cluster": {"resume": "yes"}}"#, "resume"), (#"{"cluster": {"resume": true, "resume": false}}"#, "resume"),
    (#"{"cluster": {"objects": "tcp://*:5558"}}"#, "objects"),
    (#"{"cluster": {"control": "tcp://127.0.0.1:65535"}}"#, "65536"),
    (#"{"cluster": {"control": "tcp://127.0.0.1:5557", "objects": "tcp://127.0.0.1:5557"}}"#, "objects"),
    (#"{"cluster": {"expirySeconds": 10, "suspectSeconds": 11}}"#, "expirySeconds"),
    (#"{"cluster": {"stallSeconds": 1e300}}"#, "stallSeconds"),
  ])
  func mistakesAreNamed(text: String, word: String) {
    let error = #expect(throws: ConfigurationError.self) { try read(text) }
    #expect(error?.description.contains(word) == true, "\(error?.description ?? "")")
  }

  @Test func aFileThatCannotBeReadIsNamed() throws {
    let scratch = ClusterScratch()
    let error = #expect(throws: ConfigurationError.self) {
      try ClusterConfiguration.read(scratch.path + "/absent.json")
    }
    #expect(error?.place == scratch.path + "/absent.json" && error?.problem.contains("no such file") == true)
  }

  @Test func plaintextOnANetworkMustBeWrittenOut() throws {
    let configuration = try read(#"{"cluster": {"control": "tcp://*:5557", "allowPlaintext": true}}"#)
    #expect(configuration.allowPlaintext)
  }

  private var repository: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  }

  private func read(_ text: String) throws -> ClusterConfiguration {
    try ClusterConfiguration(
      json: try JSONValue.parse(Array(text.utf8), source: "cluster.json"), place: "cluster.json",
      directory: "/somewhere")
  }
}
