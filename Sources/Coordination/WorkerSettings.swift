package import Core

/// Who an agent is and how it behaves. Times are seconds; heartbeat and resend intervals come with the welcome.
package struct WorkerSettings: Hashable, Sendable {
  package var id: WorkerID
  /// Grows with every start of an agent under this id.
  package var incarnation: UInt64
  package var build: String
  /// The host's name, for people.
  package var host: String
  package var slots: Int
  /// The BLAS kernels that this host can compute with.
  package var cores: [String]
  /// What this host has that tasks may ask for.
  package var labels: [String] = []
  /// Bytes that each slot may take; nil when nobody knows.
  package var slotMemory: Int?
  /// How long to wait for a welcome before saying hello again.
  package var helloSeconds = 5.0
  /// A coordinator that was silent this long is connected to anew.
  package var silenceSeconds = 60.0
  /// In how many places the coordinator may be.
  package var addresses = 1
  /// Where there are several, one that cannot be reached is tried this long before the next.
  package var addressSeconds = 3.0
  /// How long a task that was asked to stop may go on before its process is ended.
  package var graceSeconds = 5.0
  /// How long the agent asks for nothing after its disk or its inputs failed.
  package var pauseSeconds = 10.0

  package init(id: WorkerID, incarnation: UInt64, build: String, host: String, slots: Int, cores: [String]) {
    self.id = id
    self.incarnation = incarnation
    self.build = build
    self.host = host
    self.slots = slots
    self.cores = cores
  }
}
