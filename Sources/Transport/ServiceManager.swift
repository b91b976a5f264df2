import Glibc

/// The service manager that started this process, where it wants to know how the process is: systemd, for units of
/// `Type=notify`. A datagram to the socket that `NOTIFY_SOCKET` names (sd_notify(3)).
package enum ServiceManager {
  package enum Notice: Hashable, Sendable {
    /// It does its work from now on; in a sentence, what it does.
    case ready(String)
    /// What it does now.
    case status(String)
    /// It is about to end.
    case stopping

    var text: String {
      switch self {
      case .ready(let status): "READY=1\nSTATUS=\(Self.line(status))"
      case .status(let status): "STATUS=\(Self.line(status))"
      case .stopping: "STOPPING=1"
      }
    }

    private static func line(_ text: String) -> String {
      text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
  }

  /// Tells it; nothing happens where nobody wants to know, or nobody listens.
  package static func tell(_ notice: Notice) {
    guard let path = getenv("NOTIFY_SOCKET").map({ String(cString: $0) }) else { return }
    tell(notice, at: path)
  }

  /// - Parameter path: of a socket of datagrams; one that begins with `@` is in the abstract namespace.
  package static func tell(_ notice: Notice, at path: String) {
    var name = Array(path.utf8)
    var address = sockaddr_un()
    guard let first = name.first, first == UInt8(ascii: "/") || first == UInt8(ascii: "@"),
      name.count < MemoryLayout.size(ofValue: address.sun_path)
    else { return }
    if first == UInt8(ascii: "@") { name[0] = 0 }
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
    let length = MemoryLayout.offset(of: \sockaddr_un.sun_path)! + name.count
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let message = Array(notice.text.utf8)
    withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = sendto(descriptor, message, message.count, Int32(MSG_NOSIGNAL), $0, socklen_t(length))
      }
    }
  }
}
