import Cluster
import Core
import Foundation
import Testing
import Transport

/// Who an agent is: the same after each start, and never two at once.
@Suite struct AgentHomeTests {
  private let scratch = ClusterScratch()

  @Test func theNameStaysAndEachLifeIsCounted() throws {
    var home: AgentHome? = try self.home()
    let (id, directory) = (try #require(home).id, try #require(home).directory)
    #expect(home?.incarnation == 1)
    home = nil
    for life: UInt64 in 2...3 {
      home = try self.home()
      #expect(home?.id == id && home?.directory == directory && home?.incarnation == life)
      home = nil
    }
  }

  @Test func agentsThatLiveAtTheSameTimeHaveHomesOfTheirOwn() throws {
    let homes = try (0..<3).map { _ in try home() }
    #expect(Set(homes.map(\.id)).count == 3 && Set(homes.map(\.directory)).count == 3)
  }

  @Test func theNextAgentTakesTheFirstHomeThatIsFree() throws {
    var homes: [AgentHome?] = try (0..<3).map { _ in try home() }
    let id = try #require(homes[1]?.id)
    homes[1] = nil
    #expect(try home().id == id)
    #expect(homes.compactMap(\.self).count == 2, "the others live until here")
  }

  @Test(arguments: ["", "gibberish", "0011 5", "not-hexadecimal-at-all 3"])
  func aDamagedIdentityIsReplaced(text: String) throws {
    let directory = try home().directory
    try Data(text.utf8).write(to: URL(fileURLWithPath: directory + "/identity"))
    var next: AgentHome? = try home()
    let id = try #require(next).id
    #expect(next?.incarnation == 1)
    next = nil
    #expect(try home().id == id)
  }

  private func home() throws -> AgentHome { try AgentHome(under: scratch.path, host: "here") }
}

/// What an agent can be told, and what it cannot.
@Suite struct AgentSettingsTests {
  @Test func theObjectsAreBehindTheControlPortUnlessSaidOtherwise() throws {
    for (connect, objects, expected) in [
      ("tcp://10.0.0.1:5557", nil, "tcp://10.0.0.1:5558"), ("tcp://[fe80::1]:80", nil, "tcp://[fe80::1]:81"),
      ("tcp://lab:5557", "tcp://other:9", "tcp://other:9"),
    ] as [(String, String?, String)] {
      let settings = try AgentSettings(
        connect: [connect], objects: objects.map { [$0] } ?? [], keyFile: nil, serverKey: nil)
      #expect(try settings.ports[0].objects.description == expected)
    }
  }

  @Test(
    arguments: [
      ("lab:5557", nil, "tcp://"), ("tcp://*:5557", nil, "host"), ("tcp://lab:*", nil, "port"),
      ("tcp://lab:65535", nil, "65535"), ("tcp://lab:5557", "tcp://*:5558", "host"),
    ] as [(String, String?, String)])
  func anAddressThatCannotBeUsedIsNamed(connect: String, objects: String?, word: String) {
    let error = #expect(throws: TransportError.self) {
      try AgentSettings(connect: [connect], objects: objects.map { [$0] } ?? [], keyFile: nil, serverKey: nil)
    }
    #expect(error?.description.contains(word) == true, "\(error?.description ?? "")")
  }

  @Test func oneKeyOfTwoIsRefused() throws {
    let keys = KeyPair.generate()
    let ports = [CoordinatorPorts(control: try Endpoint("tcp://lab:5557"))]
    for (own, server) in [(keys, nil), (nil, keys.publicKey)] as [(KeyPair?, PublicKey?)] {
      let error = #expect(throws: TransportError.self) {
        try AgentSettings(ports: ports, keys: own, serverKey: server)
      }
      #expect(error?.description.contains("--server-key") == true)
    }
    #expect(try AgentSettings(ports: ports, keys: keys, serverKey: keys.publicKey).keys == keys)
  }

  @Test func theCoordinatorMayBeInSeveralPlacesEachWithItsObjects() throws {
    let connect = ["tcp://a:5557", "tcp://b:80"]
    let ports = try CoordinatorPorts.list(connect: connect, objects: [])
    #expect(ports.map(\.control.description) == connect)
    #expect(try ports.map { try $0.objects.description } == ["tcp://a:5558", "tcp://b:81"])
    let own = try CoordinatorPorts.list(connect: connect, objects: ["tcp://a:9", "tcp://c:9"])
    #expect(try own.map { try $0.objects.description } == ["tcp://a:9", "tcp://c:9"])
    let error = #expect(throws: TransportError.self) {
      try AgentSettings(connect: connect, objects: ["tcp://a:9"], keyFile: nil, serverKey: nil)
    }
    #expect(error?.description.contains("one --objects with each --connect") == true)
  }
}
