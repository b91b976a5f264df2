import CZMQ

/// What a thread waits for.
package enum PollSource {
  /// A message to receive.
  case socket(Socket)
  /// Something to read on a pipe, eventfd or signalfd, or its other end closed.
  case descriptor(Int32)
}

/// Waits for several sockets and file descriptors at once.
package enum Poller {
  /// Waits until a source has something or `milliseconds` have passed (negative: for ever).
  ///
  /// - Returns: for each source whether it has something. A signal ends the wait early with nothing.
  package static func wait(for sources: [PollSource], milliseconds: Int) -> [Bool] {
    var items = sources.map { source in
      switch source {
      case .socket(let socket): zmq_pollitem_t(socket: socket.handle, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0)
      case .descriptor(let descriptor):
        zmq_pollitem_t(socket: nil, fd: descriptor, events: Int16(ZMQ_POLLIN), revents: 0)
      }
    }
    guard zmq_poll(&items, Int32(items.count), milliseconds) > 0 else { return sources.map { _ in false } }
    return items.map { $0.revents != 0 }
  }
}
