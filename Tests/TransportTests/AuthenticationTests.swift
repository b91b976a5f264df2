import Foundation
import Testing
import Transport
import Wire

@Suite struct AuthenticationTests {
  @Test func anAuthorisedKeyJoinsUnderItsName() throws {
    let pair = KeyPair.generate()
    let server = try GuardedServer(authorised: [pair.publicKey: "worker-1"])
    let client = try server.client(pair)
    #expect(client.socket.send([[42]]) == .sent)
    server.wait { !server.received.isEmpty }
    #expect(server.received.first?.user == pair.publicKey.description)
    let principal = server.authenticator.principal(of: pair.publicKey.description)
    #expect(principal == Principal(key: pair.publicKey.description, name: "worker-1", role: .worker))
    #expect(server.received.first?.frames.last == [42])
    server.wait { client.saw { $0 == .ready } }
  }

  @Test func anUnknownKeyIsRefusedAndLoggedOnceHoweverOftenItTries() throws {
    let friend = KeyPair.generate()
    let stranger = KeyPair.generate()
    let server = try GuardedServer(authorised: [friend.publicKey: "friend"])
    let refused = try server.client(stranger, name: "stranger")
    _ = refused.socket.send([[1]])
    try server.wait {
      try refused.tryAgain()
      return server.authenticator.refusals >= 3
    }
    #expect(server.lines.all.filter { $0.contains("\(stranger.publicKey)") }.count == 1)
    let accepted = try server.client(friend, name: "friend")
    _ = accepted.socket.send([[2]])
    server.wait { !server.received.isEmpty }
    #expect(server.received.map(\.user) == [friend.publicKey.description])
  }

  @Test func aKeyAddedToTheFileJoinsWithoutARestart() throws {
    let late = KeyPair.generate()
    let server = try GuardedServer(authorised: [:])
    let client = try server.client(late)
    _ = client.socket.send([[1]])
    server.wait { server.authenticator.refusals >= 1 }
    try AuthorizedKeys.append(late.publicKey, name: "late", to: server.listPath)
    try server.wait {
      try client.tryAgain()
      return !server.received.isEmpty
    }
    #expect(server.received.first?.user == late.publicKey.description)
  }

  @Test func aKeyTakenFromTheFileIsRefusedFromThenOn() throws {
    let pair = KeyPair.generate()
    let server = try GuardedServer(authorised: [pair.publicKey: "leaver"])
    try Data("# nobody\n".utf8).write(to: URL(fileURLWithPath: server.listPath))
    let client = try server.client(pair)
    _ = client.socket.send([[1]])
    server.wait { server.authenticator.refusals >= 1 }
    #expect(server.received.isEmpty)
  }

  @Test func theRoleOfAKeyIsThatOfTheFileAsItIsNow() throws {
    let pair = KeyPair.generate()
    let server = try GuardedServer(authorised: [pair.publicKey: "ada admin"])
    func role() -> Role? { server.authenticator.principal(of: pair.publicKey.description)?.role }
    #expect(role() == .admin)
    try Data("\(pair.publicKey) ada client\n".utf8).write(to: URL(fileURLWithPath: server.listPath))
    server.authenticator.answerRequests()
    #expect(role() == .client)
    try Data("# nobody\n".utf8).write(to: URL(fileURLWithPath: server.listPath))
    server.authenticator.answerRequests()
    #expect(role() == nil)
  }

  @Test func aDamagedFileKeepsTheKeysReadBefore() throws {
    let pair = KeyPair.generate()
    let server = try GuardedServer(authorised: [pair.publicKey: "worker"])
    try Data("half a li".utf8).write(to: URL(fileURLWithPath: server.listPath))
    let client = try server.client(pair)
    _ = client.socket.send([[1]])
    server.wait { !server.received.isEmpty }
    #expect(server.lines.all.contains { $0.contains("line 1") && $0.contains("stay authorised") })
  }

  @Test func anotherServersKeyIsNoticedByTheClient() throws {
    let pair = KeyPair.generate()
    let server = try GuardedServer(authorised: [pair.publicKey: "worker"])
    let client = try server.client(pair, server: KeyPair.generate().publicKey)
    _ = client.socket.send([[1]])
    server.wait { client.wasRefused() }
    #expect(server.received.isEmpty)
  }

  @Test func garbageAndPortScansDisturbNobody() throws {
    let pair = KeyPair.generate()
    let server = try GuardedServer(authorised: [pair.publicKey: "worker"])
    let monitor = try SocketMonitor(server.context, watching: server.socket, peer: "a peer")
    var refusals = 0
    func countRefusals() -> Int {
      while let event = monitor.next() { if case .refused = event { refusals += 1 } }
      return refusals
    }
    var connections: [Int32] = []
    for _ in 0..<20 { connections.append(try tcpConnection(to: server.endpoint, sending: [])) }
    for seed in 0..<20 {
      let noise = (0..<4096).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> (seed % 13) ^ seed) }
      connections.append(try tcpConnection(to: server.endpoint, sending: noise))
    }
    connections.append(try tcpConnection(to: server.endpoint, sending: Array("GET / HTTP/1.1\r\nHost: x\r\n\r\n".utf8)))
    #expect(!connections.contains(-1))
    for connection in connections { close(connection) }
    let client = try server.client(pair)
    _ = client.socket.send([[1]])
    server.wait { !server.received.isEmpty && countRefusals() > 0 }
    #expect(server.received.map(\.user) == [pair.publicKey.description])
  }

  @Test func anOversizeFrameCostsItsSenderTheConnectionAndNobodyElse() throws {
    let pair = KeyPair.generate()
    let other = KeyPair.generate()
    let server = try GuardedServer(authorised: [pair.publicKey: "greedy", other.publicKey: "modest"])
    let greedy = try server.client(pair, name: "greedy")
    let modest = try server.client(other, name: "modest")
    _ = greedy.socket.send([[UInt8](repeating: 0, count: 2 << 20)])
    server.wait { greedy.saw { $0 == .disconnected } }
    _ = modest.socket.send([[5]])
    server.wait { !server.received.isEmpty }
    #expect(server.received.map(\.user) == [other.publicKey.description])
    _ = greedy.socket.send([[6]])
    server.wait { server.received.contains { $0.user == pair.publicKey.description && $0.frames.last == [6] } }
  }
}
