package import Core
import Sweeps
import Wire

/// The table of tasks: states, the ready queues, and what a change of one task means for others.
extension CoordinatorMachine {
  /// The last things that happened to `task`, oldest first.
  package func story(of task: TaskID) -> [StoryEntry] { story.entries(of: task) }

  /// Whether some sweep has brought the task.
  package func knows(_ task: TaskID) -> Bool { taskIndex[task] != nil }

  mutating func tell(_ task: Int, _ text: String, worker: WorkerID? = nil, epoch: Epoch? = nil) {
    story.add(StoryEntry(instant: lastEvent, task: tasks[task].plan.id, text: text, worker: worker, epoch: epoch))
  }

  /// Puts `task` into `state`, and keeps everything that counts or queues states in step.
  mutating func setState(_ task: Int, _ state: TaskState) {
    let old = tasks[task].state
    guard old != state else { return }
    if old == .ready { tasks[task].stamp &+= 1 }
    tasks[task].state = state
    totals.add(-1, to: old)
    totals.add(1, to: state)
    let change = (state.isUnfinished ? 1 : 0) - (old.isUnfinished ? 1 : 0)
    if change != 0 { left[tasks[task].durationClass, default: 0] += change }
    for sweep in tasks[task].sweeps {
      if change != 0 { sweeps[sweep].left[tasks[task].durationClass, default: 0] += change }
      sweeps[sweep].counts.add(-1, to: old)
      sweeps[sweep].counts.add(1, to: state)
      noteProgress(of: sweep)
      noteHunger(of: sweep)
    }
    if state == .failed || state == .quarantined { troubled.insert(task) } else { troubled.remove(task) }
    if state == .ready { enqueue(task) }
  }

  /// Puts a task that nothing is being done for into the state that follows from its inputs and holders.
  mutating func settle(_ task: Int) {
    if !tasks[task].holders.isEmpty {
      setState(task, .running)
    } else if !isWanted(task) {
      setState(task, .withdrawn)
    } else if tasks[task].missingInputs == 0 {
      setState(task, .ready)
    } else if tasks[task].inputs.contains(where: { tasks[$0.task].state.isStuck }) {
      setState(task, .blocked)
      blockDependents(of: task)
    } else {
      setState(task, .waiting)
    }
  }

  private mutating func enqueue(_ task: Int) {
    let entry = tasks[task]
    readyOrder += 1
    for sweep in entry.sweeps { enqueue(task, for: sweep) }
  }

  /// Puts a ready task among those of one of its sweeps.
  mutating func enqueue(_ task: Int, for sweep: Int) {
    let entry = tasks[task]
    queues[entry.queue].heaps[sweep, default: BinaryHeap()].push(
      ReadyEntry(
        deaths: entry.deaths, level: entry.level, seconds: expectedSeconds(of: task) + entry.secondsBehind,
        order: readyOrder, task: task, stamp: entry.stamp))
  }

  /// The median of its class, or what the plan expects.
  func expectedSeconds(of task: Int) -> Double {
    durationClasses[tasks[task].durationClass].median ?? tasks[task].plan.expectedSeconds
  }

  /// The task has a record.
  mutating func markDone(_ task: Int, _ record: TaskRecord) {
    tasks[task].record = record
    tasks[task].cause = nil
    setState(task, .done)
    if !tasks[task].dependents.isEmpty { noteProducer(task) }
    for dependent in tasks[task].dependents {
      tasks[dependent].missingInputs -= 1
      let wasBlocked = tasks[dependent].state == .blocked
      if wasBlocked || tasks[dependent].missingInputs == 0 && tasks[dependent].state == .waiting { settle(dependent) }
      if wasBlocked, tasks[dependent].state != .blocked { unblockDependents(of: dependent) }
    }
  }

  /// Remembers who made the objects, in case one is lost.
  mutating func noteProducer(_ task: Int) {
    for object in tasks[task].record?.objects ?? [] { producers[object.digest] = task }
  }

  /// The task failed or was quarantined: whatever needs it, directly or not, is blocked.
  mutating func markStuck(_ task: Int, _ state: TaskState, _ cause: FailureCause) {
    tasks[task].cause = cause
    setState(task, state)
    actions += [
      .gaveUp(report(of: task)),
      .report(
        Notice(
          .error, "task \(tasks[task].plan.id.short) (\(tasks[task].plan.durationClass)) \(state.rawValue): \(cause)")),
    ]
    blockDependents(of: task)
  }

  /// The task is no longer stuck: what it blocked, directly or not, waits again.
  mutating func unblockDependents(of task: Int) {
    var pending = [task]
    while let free = pending.popLast() {
      for dependent in tasks[free].dependents where tasks[dependent].state == .blocked {
        settle(dependent)
        if tasks[dependent].state == .waiting { pending.append(dependent) }
      }
    }
  }

  /// An object of a record is gone: its task runs again, and what needs it waits. Attempts that already hold the
  /// object go on.
  mutating func objectLost(_ digest: Digest) {
    guard let task = producers[digest], tasks[task].state == .done else { return }
    for object in tasks[task].record?.objects ?? [] { producers[object.digest] = nil }
    tasks[task].record = nil
    actions.append(
      .report(Notice(.warning, "object \(digest.short) is lost; task \(tasks[task].plan.id.short) runs again")))
    tell(task, "runs again, an object of it is lost")
    for dependent in tasks[task].dependents {
      tasks[dependent].missingInputs += 1
      if tasks[dependent].state == .ready { setState(dependent, .waiting) }
    }
    settle(task)
  }

  private mutating func blockDependents(of task: Int) {
    var pending = [task]
    while let stuck = pending.popLast() {
      for dependent in tasks[stuck].dependents where tasks[dependent].state == .waiting {
        setState(dependent, .blocked)
        pending.append(dependent)
      }
    }
  }

  /// Failed and quarantined tasks, and quarantined workers, start with a clean slate.
  mutating func retryFailed() {
    for task in troubled.sorted() where tasks[task].plan.obstacle == nil {
      tasks[task].exceptions = 0
      tasks[task].unavailable = 0
      tasks[task].deaths = 0
      tasks[task].diedOn = []
      tasks[task].failedOn = []
      tasks[task].cause = nil
      tell(task, "is tried again")
      settle(task)
      unblockDependents(of: task)
    }
    for row in workers.indices where workers[row] != nil {
      workers[row]!.kills = []
      workers[row]!.quarantinedUntil = nil
      refresh(row)
    }
  }
}
