import Coordination
import Core
import Files
import Foundation
import Numerics
import Sweeps
import Transport
import Wire

/// The slot processes of one agent.
final class SlotPool {
  /// How to start a slot process.
  struct Program {
    let path: String
    let arguments: [String]
  }

  private struct Slot {
    let process: ChildProcess
    let writer: PipeWriter
    var reader: PipeReader
    /// What it took when it was ended for taking more than it may.
    var excess: FailureCause?
  }

  private let program: Program
  private var slots: [Int: Slot] = [:]

  init(program: Program) { self.program = program }

  /// The pipes to wait for, with the slot of each.
  var descriptors: [(slot: Int, descriptor: Int32)] {
    slots.sorted { $0.key < $1.key }.map { ($0.key, $0.value.reader.descriptor) }
  }

  /// Starts the process of a slot; says nothing until it is ready.
  func start(_ slot: Int, core: String?) throws {
    precondition(slots[slot] == nil, "slot \(slot) was started twice")
    let requests = try Pipe()
    let replies = try Pipe()
    defer { for end in [requests.reading, replies.writing] { close(end) } }
    do {
      let process = try ChildProcess(
        program.path, program.arguments, environment: Self.environment(core: core),
        descriptors: [0: requests.reading, 1: 2, SlotProcess.replyDescriptor: replies.writing])
      slots[slot] = Slot(
        process: process, writer: PipeWriter(descriptor: requests.writing),
        reader: PipeReader(descriptor: replies.reading))
    } catch {
      for end in [requests.writing, replies.reading] { close(end) }
      throw error
    }
  }

  /// Kills the process; its end is told by ``read(_:)``.
  func stop(_ slot: Int) { slots[slot]?.process.signal(SIGKILL) }

  /// Kills each process that, with those it has started, takes more than so many bytes.
  func stopThose(above limit: Int) {
    for slot in slots.keys.sorted() {
      let bytes = ProcessMemory.bytes(of: slots[slot]!.process.identifier)
      guard bytes > limit, slots[slot]!.excess == nil else { continue }
      slots[slot]!.excess = .outOfMemory(megabytes: bytes / 1_000_000, limit: limit / 1_000_000)
      stop(slot)
    }
  }

  /// Tells a slot's process something.
  func tell(_ slot: Int, _ order: SlotOrder) {
    // A dead process shows at its other pipe.
    slots[slot]?.writer.send(order.bytes)
  }

  /// What the slot's process said since the last time, its end included.
  func read(_ slot: Int) -> [AgentArrival] {
    guard slots[slot] != nil else { return [] }
    let isOpen = slots[slot]!.reader.fill()
    var heard: [AgentArrival] = []
    while let message = slots[slot]!.reader.next() {
      guard let reply = try? SlotReply(bytes: message) else { return heard + [end(slot)] }
      heard.append(.slot(slot, reply))
    }
    if !isOpen { heard.append(end(slot)) }
    return heard
  }

  /// Kills all processes and waits for their ends.
  func stopAll() { for slot in slots.keys.sorted() { _ = end(slot) } }

  private func end(_ slot: Int) -> AgentArrival {
    let ended = slots.removeValue(forKey: slot)!
    // It may have closed its pipe and live on.
    ended.process.signal(SIGKILL)
    close(ended.writer.descriptor)
    close(ended.reader.descriptor)
    switch ended.process.wait() {
    case .exited(let status): return .slotEnded(slot, .exited(status: Int(status)))
    case .signalled(let signal): return .slotEnded(slot, ended.excess ?? .signalled(Int(signal)))
    }
  }

  /// Ours, with the kernel that the task asks for and one thread: a sweep has more trials than cores.
  private static func environment(core: String?) -> [String: String] {
    var environment = ProcessInfo.processInfo.environment
    if let core { environment[core == BLAS.portable ? BLAS.engineVariable : "OPENBLAS_CORETYPE"] = core }
    for name in ["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "GOTO_NUM_THREADS"] { environment[name] = "1" }
    environment[ProcessParent.variable] = "\(getpid())"
    return environment
  }
}
