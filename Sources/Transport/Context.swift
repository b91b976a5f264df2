import CZMQ

/// The owner of the threads that move bytes. One per process in programs, one per test in tests.
///
/// Not for sharing: the thread that makes a context makes and uses its sockets. Sockets keep their context alive; it
/// ends when the last of them is gone.
package final class Context {
  let handle: UnsafeMutableRawPointer

  /// - Parameter ioThreads: 1 is enough for control traffic; 2 when encrypted bulk data flows as well.
  package init(ioThreads: Int = 1) {
    guard let handle = zmq_ctx_new() else { preconditionFailure("libzmq cannot make a context: out of memory") }
    zmq_ctx_set(handle, ZMQ_IO_THREADS, Int32(ioThreads))
    zmq_ctx_set(handle, ZMQ_MAX_SOCKETS, 65_535)
    // Every socket has its own linger; none may hold the end of the process back by default.
    zmq_ctx_set(handle, ZMQ_BLOCKY, 0)
    self.handle = handle
  }

  deinit { zmq_ctx_term(handle) }
}
