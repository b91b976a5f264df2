import Foundation
import Testing
import Transport

@Suite("What a service manager is told") struct ServiceManagerTests {
  /// A socket of datagrams that stands for the service manager's.
  private final class Listener {
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)

    /// - Parameter name: the bytes of the address.
    init(_ name: [UInt8]) throws {
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
      let length = MemoryLayout.offset(of: \sockaddr_un.sun_path)! + name.count
      let bound = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, socklen_t(length)) }
      }
      try #require(bound == 0)
    }

    deinit { close(descriptor) }

    /// What has arrived; nil when nothing has.
    func next() -> String? {
      var bytes = [UInt8](repeating: 0, count: 4_096)
      let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
      return count < 0 ? nil : String(decoding: bytes.prefix(count), as: UTF8.self)
    }
  }

  @Test("readiness, status and the end arrive as systemd spells them, in one line each") func notices() throws {
    let path = "/tmp/winnow-notify-\(UUID())"
    defer { unlink(path) }
    let listener = try Listener(Array(path.utf8))
    ServiceManager.tell(.ready("listening on tcp://*:5557"), at: path)
    ServiceManager.tell(.status("two\nlines"), at: path)
    ServiceManager.tell(.stopping, at: path)
    #expect(listener.next() == "READY=1\nSTATUS=listening on tcp://*:5557")
    #expect(listener.next() == "STATUS=two lines")
    #expect(listener.next() == "STOPPING=1")
    #expect(listener.next() == nil)
  }

  @Test("an abstract socket is found, and one that is none is passed over") func abstract() throws {
    let name = "winnow-\(UUID())"
    let listener = try Listener([0] + Array(name.utf8))
    ServiceManager.tell(.stopping, at: "@" + name)
    #expect(listener.next() == "STOPPING=1")
    for wrong in ["", "relative", "/nowhere/at/all", "@" + String(repeating: "x", count: 200)] {
      ServiceManager.tell(.stopping, at: wrong)
    }
    #expect(listener.next() == nil)
  }
}
