import CZMQ

/// A socket, key or endpoint that could not be set up: what happened, to what, what to do.
package struct TransportError: Error, Equatable, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }

  /// The last error of libzmq on this thread, told about `action`.
  static func last(_ action: String) -> TransportError {
    TransportError("\(action): \(String(cString: zmq_strerror(zmq_errno())))")
  }
}
