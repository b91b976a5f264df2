import Foundation
import Testing
import Transport
import Wire

@Suite struct KeyTests {
  @Test func aPairSurvivesItsFiles() throws {
    let scratch = Scratch()
    let directory = scratch.path + "/keys"
    let pair = try KeyFile.create(name: "worker-1", in: directory)
    #expect(try KeyFile.readPair(directory + "/worker-1.key") == pair)
    #expect(try KeyFile.readPublic(directory + "/worker-1.pub") == pair.publicKey)
    #expect(try KeyFile.readPublic(pair.publicKey.description) == pair.publicKey)
    #expect(try mode(directory) == 0o700)
    #expect(try mode(directory + "/worker-1.key") == 0o600)
  }

  /// Editors and mail programs on Windows change line ends, and put a byte order mark first.
  @Test func keysThatWentThroughWindowsAreRead() throws {
    let scratch = Scratch()
    let pair = try KeyFile.create(name: "a", in: scratch.path)
    for name in ["a.key", "a.pub"] {
      let path = "\(scratch.path)/\(name)"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      try Data(("\u{FEFF}" + text.replacing("\n", with: "\r\n")).utf8).write(to: URL(fileURLWithPath: path))
    }
    #expect(try KeyFile.readPair(scratch.path + "/a.key") == pair)
    #expect(try KeyFile.readPublic(scratch.path + "/a.pub") == pair.publicKey)
    let list = scratch.path + "/authorized_keys"
    try Data("\u{FEFF}# who\r\n\r\n\(pair.publicKey) lab-7\r\n".utf8).write(to: URL(fileURLWithPath: list))
    let other = KeyPair.generate().publicKey
    try AuthorizedKeys.append(other, name: "b", to: list)
    let keys = try AuthorizedKeys(path: list) { _ in }
    #expect(keys.principal(of: pair.publicKey)?.name == "lab-7" && keys.principal(of: other)?.name == "b")
  }

  /// Such a path reads as a key that nobody has.
  @Test func aPathOfFortyCharactersIsAPath() throws {
    let scratch = Scratch()
    let pair = try KeyFile.create(name: "a", in: scratch.path)
    let digits = UUID().uuidString.replacing("-", with: "").lowercased()
    let path = "/tmp/\(digits.prefix(31)).pub"
    try FileManager.default.copyItem(atPath: scratch.path + "/a.pub", toPath: path)
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(path.utf8.count == 40 && PublicKey(path) != nil)
    #expect(try KeyFile.readPublic(path) == pair.publicKey)
  }

  @Test func aKeyIsNeverOverwritten() throws {
    let scratch = Scratch()
    let pair = try KeyFile.create(name: "a", in: scratch.path)
    #expect(throws: TransportError.self) { try KeyFile.create(name: "a", in: scratch.path) }
    #expect(try KeyFile.readPair(scratch.path + "/a.key") == pair)
  }

  @Test(arguments: [0o640, 0o604, 0o660, 0o601] as [Int])
  func aSecretThatOthersCanUseIsRefused(mode: Int) throws {
    let scratch = Scratch()
    try KeyFile.create(name: "a", in: scratch.path)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: scratch.path + "/a.key")
    let error = #expect(throws: TransportError.self) { try KeyFile.readPair(scratch.path + "/a.key") }
    #expect(error?.description.contains("chmod 600") == true)
  }

  @Test func aSecretInADirectoryThatOthersMayChangeIsRefused() throws {
    let scratch = Scratch()
    try KeyFile.create(name: "a", in: scratch.path)
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: scratch.path)
    #expect(throws: TransportError.self) { try KeyFile.readPair(scratch.path + "/a.key") }
  }

  @Test func printingAPairShowsNoSecret() throws {
    let scratch = Scratch()
    let pair = try KeyFile.create(name: "a", in: scratch.path)
    let file = try String(contentsOfFile: scratch.path + "/a.key", encoding: .utf8)
    let secret = try #require(file.split(separator: "\n").last)
    #expect(secret.count == 40)
    #expect(!"\(pair)".contains(secret))
  }

  @Test(arguments: ["", "short", String(repeating: "é", count: 20), String(repeating: "#", count: 41)])
  func otherTextIsNoKey(text: String) {
    #expect(PublicKey(text) == nil)
  }

  @Test(arguments: ["", "../x", "a/b", ".hidden", "with space", String(repeating: "n", count: 65)])
  func unusableNamesAreRefused(name: String) {
    let scratch = Scratch()
    #expect(throws: TransportError.self) { try KeyFile.create(name: name, in: scratch.path) }
  }

  @Test func appendingTwiceKeepsOneLine() throws {
    let scratch = Scratch()
    let key = KeyPair.generate().publicKey
    let path = scratch.path + "/authorized_keys"
    try AuthorizedKeys.append(key, name: "one", to: path)
    try AuthorizedKeys.append(key, name: "one", to: path)
    try AuthorizedKeys.append(KeyPair.generate().publicKey, name: "two", to: path)
    #expect(try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").count == 2)
    #expect(try AuthorizedKeys(path: path, log: { _ in }).principal(of: key)?.name == "one")
  }

  @Test func aLineThatIsNeitherKeyNorCommentIsNamed() throws {
    let scratch = Scratch()
    let path = scratch.path + "/authorized_keys"
    try Data("# fine\n\nnot a key\n".utf8).write(to: URL(fileURLWithPath: path))
    let error = #expect(throws: TransportError.self) { try AuthorizedKeys(path: path, log: { _ in }) }
    #expect(error?.description.contains("line 3") == true)
  }

  @Test func aLineSaysWhatItsKeyMayDoAndOneWithoutARoleMayOnlyWork() throws {
    let scratch = Scratch()
    let path = scratch.path + "/authorized_keys"
    let keys = (0..<4).map { _ in KeyPair.generate().publicKey }
    let words = ["a worker", "b client", "c admin", "d"]
    let text = zip(keys, words).map { "\($0) \($1)\n" }.joined()
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    let lines = Lines()
    let list = try AuthorizedKeys(path: path, log: lines.add)
    #expect(keys.map { list.principal(of: $0)?.role } == [.worker, .client, .admin, .worker])
    #expect(lines.all.filter { $0.contains("without a role") && $0.hasSuffix(": d") }.count == 1)
  }

  @Test(arguments: ["key boss", "key worker client", "key Worker"]) func aRoleThatThereIsNotIsNamed(words: String)
    throws
  {
    let scratch = Scratch()
    let path = scratch.path + "/authorized_keys"
    try Data("\(KeyPair.generate().publicKey) \(words)\n".utf8).write(to: URL(fileURLWithPath: path))
    let error = #expect(throws: TransportError.self) { try AuthorizedKeys(path: path, log: { _ in }) }
    #expect(error?.description.contains("worker, client, admin") == true)
  }

  @Test func aSecretKeyIsNeverTakenForAPublicOne() throws {
    let scratch = Scratch()
    try KeyFile.create(name: "a", in: scratch.path)
    let error = #expect(throws: TransportError.self) { try KeyFile.readPublic(scratch.path + "/a.key") }
    #expect(error?.description.contains("holds a secret key") == true)
    let path = scratch.path + "/authorized_keys"
    try FileManager.default.copyItem(atPath: scratch.path + "/a.key", toPath: path)
    let listed = #expect(throws: TransportError.self) { try AuthorizedKeys(path: path, log: { _ in }) }
    #expect(listed?.description.contains("line 2: this is a secret key") == true)
  }

  /// Two in a hundred began with a dash, and were taken for an option.
  @Test func keysBeginWithALetterOrADigit() {
    for _ in 0..<300 {
      let first = KeyPair.generate().publicKey.description.first
      #expect(first?.isLetter == true || first?.isNumber == true)
    }
  }

  @Test func anInvitationHoldsAllThatANewHostNeedsAndItsKeyIsLetIn() throws {
    let scratch = Scratch()
    let server = try KeyFile.create(name: "coordinator", in: scratch.path)
    let endpoints = [try Endpoint("tcp://192.168.1.10:5557"), try Endpoint("tcp://192.168.1.11:5557")]
    let path = try Invitation.write(to: "lab-7", endpoints: endpoints, role: .worker, keys: scratch.path)
    #expect(try mode(path) == 0o600)
    let invitation = try Invitation(path: path)
    #expect(invitation.endpoints == endpoints && invitation.serverKey == server.publicKey)
    let list = try AuthorizedKeys(path: scratch.path + "/authorized_keys", log: { _ in })
    #expect(list.principal(of: invitation.keys.publicKey)?.name == "lab-7")
    #expect(throws: TransportError.self) {
      try Invitation.write(to: "lab-7", endpoints: endpoints, role: .worker, keys: scratch.path)
    }
    #expect(throws: TransportError.self) { try Invitation(path: scratch.path + "/coordinator.pub") }
  }

  private func mode(_ path: String) throws -> Int {
    try #require(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
  }
}

@Suite struct EndpointTests {
  @Test(arguments: [
    ("tcp://10.0.0.1:5555", "tcp://10.0.0.1:5555"), ("tcp://*:0", "tcp://*:*"), ("tcp://[::1]:7", "tcp://[::1]:7"),
    ("tcp://localhost:80", "tcp://127.0.0.1:80"),
    ("tcp://coordinator.example.org:5555", "tcp://coordinator.example.org:5555"),
  ])
  func goodEndpointsAreRead(text: String, meaning: String) throws {
    #expect(try Endpoint(text).description == meaning)
  }

  @Test(arguments: [
    "", "10.0.0.1:5555", "tcp://10.0.0.1", "tcp://:5555", "tcp://a:65536", "tcp://a:-1", "tcp://a:x", "tcp://::1:5",
    "udp://a:1", "tcp://a b:1", "tcp://a;b:1",
  ])
  func badEndpointsAreRefused(text: String) {
    #expect(throws: TransportError.self) { try Endpoint(text) }
  }

  @Test(arguments: ["tcp://127.0.0.1:1", "tcp://localhost:1", "tcp://[::1]:1"])
  func loopbackNeedsNoKeys(text: String) throws {
    try Endpoint(text).requireProtected(encrypted: false, allowPlaintext: false)
  }

  @Test(arguments: ["tcp://*:1", "tcp://10.1.1.1:1", "tcp://[::]:1", "tcp://0.0.0.0:1", "tcp://eth0:1"])
  func theNetworkNeedsKeysUnlessWrittenOut(text: String) throws {
    let endpoint = try Endpoint(text)
    #expect(throws: TransportError.self) { try endpoint.requireProtected(encrypted: false, allowPlaintext: false) }
    try endpoint.requireProtected(encrypted: true, allowPlaintext: false)
    try endpoint.requireProtected(encrypted: false, allowPlaintext: true)
  }

  @Test(arguments: ["tcp://*:5555", "tcp://0.0.0.0:5555", "tcp://host:0"])
  func onlyOneHostAndPortCanBeConnectedTo(text: String) throws {
    let endpoint = try Endpoint(text)
    #expect(throws: TransportError.self) { try endpoint.requireConnectable() }
  }
}
