import Core
import Files
import Logging
import ObjectStore
import Transport

/// A standby's wait for a store that another coordinator works on.
///
/// The kernel gives the lock away when the process that has it ends, however it ends. A coordinator that is only stopped, or cut
/// off, keeps it: nobody takes its place, so that there are never two.
struct StoreWait {
  private static let milliseconds = 200

  let signals: SignalDescriptor
  let log: Logger

  /// Opens the store as soon as it is free; nil when the process is told to end before. Throws whatever else is wrong with it.
  func opened(_ open: () throws -> Store) throws -> Store? {
    var isTold = false
    while true {
      do {
        let store = try open()
        if isTold { log.notice("the store is free: taking over in epoch \(store.epoch)") }
        return store
      } catch StoreError.locked(let path, let holder) {
        if !isTold {
          log.info("standby: waiting until \(holder) has ended, which works on \(path)")
          // A standby does its work by waiting.
          ServiceManager.tell(.ready("standby: waiting until \(holder) has ended"))
        }
        isTold = true
      }
      _ = Poller.wait(for: [.descriptor(signals.descriptor)], milliseconds: Self.milliseconds)
      guard signals.next() == nil else {
        log.info("told to end while waiting")
        return nil
      }
    }
  }
}
