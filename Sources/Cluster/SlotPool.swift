import Coordination
import Core
import Files
import Foundation
import Numerics
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
    let core: String?
    var running: AttemptName?
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
        reader: PipeReader(descriptor: replies.reading), core: core)
    } catch {
      for end in [requests.writing, replies.reading] { close(end) }
      throw error
    }
  }

  /// Kills the process; its end is told by ``read(_:)``.
  func stop(_ slot: Int) { slots[slot]?.process.signal(SIGKILL) }

  /// Hands a task to an idle slot.
  func run(_ slot: Int, _ request: SlotRequest) {
    slots[slot]?.running = request.attempt
    // A dead process shows at its other pipe.
    slots[slot]?.writer.send(SlotOrder.run(request).bytes)
  }

  /// Asks the task in a slot to stop.
  func cancel(_ slot: Int) {
    guard let running = slots[slot]?.running else { return }
    slots[slot]?.writer.send(SlotOrder.cancel(running).bytes)
  }

  /// What the slot's process said since the last time, its end included.
  func read(_ slot: Int) -> [Heard] {
    guard slots[slot] != nil else { return [] }
    let isOpen = slots[slot]!.reader.fill()
    var heard: [Heard] = []
    while let message = slots[slot]!.reader.next() {
      guard let reply = try? SlotReply(bytes: message) else { return heard + [end(slot)] }
      heard += hear(reply, slot)
    }
    if !isOpen { heard.append(end(slot)) }
    return heard
  }

  /// Kills all processes and waits for their ends.
  func stopAll() { for slot in slots.keys.sorted() { _ = end(slot) } }

  /// What a slot's process told.
  enum Heard {
    case event(WorkerMachine.Event)
    /// The BLAS kernel that it has loaded, and the one it was asked for.
    case core(String, asked: String?)
    /// The objects of a finished attempt could not be written.
    case unwritten(AttemptName, reason: String)
  }

  private func hear(_ reply: SlotReply, _ slot: Int) -> [Heard] {
    switch reply {
    case .ready(let core): return [.core(core, asked: slots[slot]!.core), .event(.slotReady(slot: slot))]
    case .progress(let attempt, let signs, let thousandths):
      guard attempt == slots[slot]!.running else { return [] }
      return [.event(.progressed(slot: slot, units: signs, thousandths: min(thousandths, 1000)))]
    case .finished(let attempt, let success, let seconds, let problem):
      guard attempt == slots[slot]!.running else { return [] }
      slots[slot]!.running = nil
      let finished = Heard.event(.finished(slot: slot, success, seconds: seconds))
      return problem.map { [.unwritten(attempt, reason: $0), finished] } ?? [finished]
    case .failed(let attempt, let cause, let seconds):
      guard attempt == slots[slot]!.running else { return [] }
      slots[slot]!.running = nil
      return [.event(.failed(slot: slot, cause, seconds: seconds))]
    case .stopped(let attempt):
      guard attempt == slots[slot]!.running else { return [] }
      slots[slot]!.running = nil
      return [.event(.stopped(slot: slot))]
    }
  }

  private func end(_ slot: Int) -> Heard {
    let ended = slots.removeValue(forKey: slot)!
    // It may have closed its pipe and live on.
    ended.process.signal(SIGKILL)
    close(ended.writer.descriptor)
    close(ended.reader.descriptor)
    switch ended.process.wait() {
    case .exited(let status): return .event(.slotDied(slot: slot, .exited(status: Int(status))))
    case .signalled(let signal): return .event(.slotDied(slot: slot, .signalled(Int(signal))))
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
