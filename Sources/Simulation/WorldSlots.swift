import Coordination
import Core
import Wire

/// The slots' processes, modelled. They write the objects of results into the cache of their host as real ones do.
extension World {
  mutating func killProcess(_ host: Int, _ slot: Int) {
    hosts[host].slots[slot].process += 1
    hosts[host].slots[slot].isUp = false
    hosts[host].slots[slot].request = nil
    hosts[host].slots[slot].hangs = false
  }

  mutating func slotUp(_ host: Int, _ slot: Int, _ process: Int) {
    guard hosts[host].slots[slot].process == process else { return }
    hosts[host].slots[slot].isUp = true
    put(.slot(slot, .ready(core: "Haswell")), on: host)
  }

  mutating func run(_ host: Int, _ slot: Int, _ request: SlotRequest) throws {
    // What is said to a process that has died meanwhile is lost.
    guard hosts[host].slots[slot].isUp else { return }
    try checkRun(host, slot, request)
    hosts[host].slots[slot].request = request
    hosts[host].slots[slot].run += 1
    hosts[host].slots[slot].progress = 0
    let (process, run) = (hosts[host].slots[slot].process, hosts[host].slots[slot].run)
    let damaged = damagedInput(of: request, on: host)
    hosts[host].slots[slot].readsDamage = damaged != nil
    if let damaged, sabotage != .uncheckedInputs {
      return agenda.add(
        .inputUnreadable(host: host, slot: slot, process: process, run: run, damaged), at: after(0.01))
    }
    runs += 1
    let item = workload.items[workload.index[request.attempt.task]!]
    let seconds = item.seconds * hosts[host].slowness
    if hosts[host].slowness > 1 { count(.taskRanSlowly) }
    agenda.add(
      .taskEnds(host: host, slot: slot, process: process, run: run),
      at: after(item.temper == .killing ? seconds / 3 : seconds))
    agenda.add(.progress(host: host, slot: slot, process: process, run: run), at: after(5))
  }

  /// An object that the task reads and that is gone, or not what it is named by.
  private func damagedInput(of request: SlotRequest, on host: Int) -> Digest? {
    let files = request.inputs.sorted { $0.key < $1.key }.flatMap(\.value) + request.sources
    return files.first { file in
      let bytes = try? hosts[host].slotCache?.verified(file.digest, at: file.path, size: file.size)
      return bytes == nil
    }?.digest
  }

  /// The run of the slot's process that a happening is about, if it is still the one.
  private func request(_ host: Int, _ slot: Int, _ process: Int, _ run: Int) -> SlotRequest? {
    let model = hosts[host].slots[slot]
    return model.process == process && model.run == run && !model.hangs ? model.request : nil
  }

  mutating func inputUnreadable(_ host: Int, _ slot: Int, _ process: Int, _ run: Int, _ object: Digest) {
    guard let request = request(host, slot, process, run) else { return }
    count(.inputUnreadable)
    hosts[host].slots[slot].request = nil
    put(.slot(slot, .unreadable(request.attempt, object)), on: host)
  }

  mutating func progress(_ host: Int, _ slot: Int, _ process: Int, _ run: Int) {
    guard let request = request(host, slot, process, run) else { return }
    hosts[host].slots[slot].progress += 1
    let signs = hosts[host].slots[slot].progress
    put(.slot(slot, .progress(request.attempt, signs: signs, thousandths: 0)), on: host)
    agenda.add(.progress(host: host, slot: slot, process: process, run: run), at: after(5))
  }

  /// Asks the task to stop.
  mutating func cancel(_ host: Int, _ slot: Int, _ attempt: AttemptName) {
    let model = hosts[host].slots[slot]
    guard model.request?.attempt == attempt else { return }
    if model.hangs { count(.hungTaskNoticed) }
    agenda.add(
      .slotStops(host: host, slot: slot, process: model.process, run: model.run), at: after(0.01 + generator.uniform()))
  }

  /// A task that was asked to stop does, unless it hangs.
  mutating func slotStops(_ host: Int, _ slot: Int, _ process: Int, _ run: Int) {
    guard let request = request(host, slot, process, run) else { return }
    hosts[host].slots[slot].request = nil
    count(.taskStopped)
    put(.slot(slot, .stopped(request.attempt)), on: host)
  }

  mutating func taskEnds(_ host: Int, _ slot: Int, _ process: Int, _ run: Int) {
    guard let request = request(host, slot, process, run) else { return }
    let attempt = request.attempt
    let item = workload.items[workload.index[attempt.task]!]
    let seconds = item.seconds * hosts[host].slowness
    hosts[host].slots[slot].request = nil
    switch item.temper {
    case .killing:
      killProcess(host, slot)
      put(.slotEnded(slot, .signalled(11)), on: host)
    case .moody where thrown.insert(attempt.task).inserted:
      put(.slot(slot, .failed(attempt, .exception(lastWords: "in a bad mood"), seconds: seconds)), on: host)
    case .throwing:
      put(.slot(slot, .failed(attempt, .exception(lastWords: "as always"), seconds: seconds)), on: host)
    case .good, .fickle, .moody: finish(host, slot, item, attempt, seconds)
    }
  }

  private mutating func finish(
    _ host: Int, _ slot: Int, _ item: Workload.Item, _ attempt: AttemptName, _ seconds: Double
  ) {
    let isSpoilt = hosts[host].slots[slot].readsDamage
    let isLie = lies(host, about: item)
    if isLie { count(.wrongResultHandedIn) }
    hosts[host].disk.today = now.seconds(since: .zero)
    hosts[host].disk.isFull = hosts[host].diskFullUntil > now
    var problem: String?
    for content in workload.contents(of: item, host: host, isSpoilt: isSpoilt, isLie: isLie) {
      do { try hosts[host].slotCache!.add(content) } catch { problem = "\(error)" }
    }
    if problem != nil { count(.objectsUnwritten) }
    let success = workload.success(of: item, host: host, isSpoilt: isSpoilt, isLie: isLie)
    put(.slot(slot, .finished(attempt, success, seconds: seconds, problem: problem)), on: host)
  }
}
