import CZMQ

/// libzmq, as this process runs with it.
package enum MessageLibrary {
  /// Such as `4.3.4`.
  package static var version: String {
    var (major, minor, patch): (Int32, Int32, Int32) = (0, 0, 0)
    zmq_version(&major, &minor, &patch)
    return "\(major).\(minor).\(patch)"
  }

  /// Whether it encrypts. Without, no member of a cluster can be told from a stranger.
  package static var hasCurve: Bool { zmq_has("curve") == 1 }
}
