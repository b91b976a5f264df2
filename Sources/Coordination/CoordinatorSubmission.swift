import Core
import Wire

extension CoordinatorMachine {
  /// Why the sweep has no room here; nil when it has.
  package func objection(to plan: SweepPlan) -> String? {
    guard sweepIndex[plan.id] == nil, tasks.count + plan.tasks.count > settings.taskLimit else { return nil }
    return "the sweep has \(plan.tasks.count) tasks, and this coordinator knows \(tasks.count) of at most "
      + "\(settings.taskLimit) already; make it smaller, or restart the coordinator when other sweeps have ended"
  }

  /// Adds the tasks of a sweep that are not known yet; a task that several sweeps want is one task.
  mutating func submit(_ plan: SweepPlan) {
    let sweep = sweepIndex[plan.id] ?? sweeps.count
    if sweep == sweeps.count {
      sweeps.append(SweepEntry(id: plan.id, name: plan.name))
      sweepIndex[plan.id] = sweep
    }
    sweeps[sweep].announced = false
    resume(sweep, plan.steering)
    let rows = plan.tasks.map { row(for: $0, sweep: sweep) }
    rank(rows)
    for (row, task) in zip(rows, plan.tasks) { enter(row, task) }
    let counts = sweeps[sweep].counts
    actions.append(.accepted(Submitted(sweep: plan.id, tasks: counts.total, done: counts.done)))
    noteProgress(of: sweep)
  }

  /// The task's row, made when it is new, as a member of `sweep`.
  private mutating func row(for plan: PlannedTask, sweep: Int) -> Int {
    let row = taskIndex[plan.id] ?? makeRow(plan)
    if !tasks[row].sweeps.contains(sweep) {
      tasks[row].sweeps.append(sweep)
      sweeps[sweep].counts.add(1, to: tasks[row].state)
      if tasks[row].state.isUnfinished { sweeps[sweep].left[tasks[row].durationClass, default: 0] += 1 }
      if tasks[row].state == .ready { enqueue(row, for: sweep) }
      noteHunger(of: sweep)
    }
    return row
  }

  private mutating func makeRow(_ plan: PlannedTask) -> Int {
    let row = tasks.count
    let inputs = plan.inputs.sorted { $0.key < $1.key }.map { name, id in
      guard let task = taskIndex[id] else {
        preconditionFailure("task \(plan.id.short) comes before its input \(id.short)")
      }
      return TaskInput(name: name, task: task)
    }
    var entry = TaskEntry(
      plan: plan, inputs: inputs,
      queue: queue(core: plan.numericsCore, labels: plan.labels, memory: plan.memory.map { MemoryStep(bytes: $0) }),
      durationClass: durationClass(plan)
    )
    entry.missingInputs = inputs.count { tasks[$0.task].state != .done }
    if let record = plan.record {
      entry.state = .done
      entry.record = record
    }
    tasks.append(entry)
    taskIndex[plan.id] = row
    totals.add(1, to: entry.state)
    if entry.state.isUnfinished { left[entry.durationClass, default: 0] += 1 }
    for grant in earlierGrants.removeValue(forKey: plan.id) ?? [] { remember(grant) }
    if disputes[plan.id] != nil { unsettled.append(plan.id) }
    for input in inputs {
      tasks[input.task].dependents.append(row)
      if tasks[input.task].state == .done, tasks[input.task].dependents.count == 1 { noteProducer(input.task) }
    }
    return row
  }

  /// Works out how long a chain waits for each task. `rows` has every task after its inputs.
  private mutating func rank(_ rows: [Int]) {
    for row in rows.reversed() {
      let level = tasks[row].level + 1
      let seconds = tasks[row].secondsBehind + tasks[row].plan.expectedSeconds
      for input in tasks[row].inputs.map(\.task) {
        tasks[input].level = max(level, tasks[input].level)
        tasks[input].secondsBehind = max(seconds, tasks[input].secondsBehind)
      }
    }
  }

  /// Gives a new task its first state, and takes a record that the store has found since.
  private mutating func enter(_ row: Int, _ plan: PlannedTask) {
    if let record = plan.record, tasks[row].state != .done {
      complete(row, record, by: nil)
    } else if [.waiting, .withdrawn].contains(tasks[row].state) {
      if let obstacle = plan.obstacle { markStuck(row, .failed, obstacle) } else { settle(row) }
    }
  }

  /// The queue of the tasks that ask for this, made when there is none.
  mutating func queue(core: String?, labels: [String], memory: MemoryStep?) -> Int {
    let known = queues.firstIndex { $0.core == core && $0.labels == labels && $0.memory == memory }
    if let known { return known }
    queues.append(ReadyQueue(core: core, labels: labels, memory: memory))
    return queues.count - 1
  }

  private mutating func durationClass(_ plan: PlannedTask) -> Int {
    if let known = durationClassIndex[plan.durationClass] { return known }
    durationClasses.append(DurationClass(name: plan.durationClass, expected: plan.expectedSeconds))
    durationClassIndex[plan.durationClass] = durationClasses.count - 1
    return durationClasses.count - 1
  }

  /// The sweep may have ended; ``announceFinishedSweeps()`` will see.
  mutating func noteProgress(of sweep: Int) {
    if !sweeps[sweep].counts.isFinished {
      sweeps[sweep].announced = false
    } else if !sweeps[sweep].announced {
      finishCandidates.append(sweep)
    }
  }

  mutating func announceFinishedSweeps() {
    for sweep in finishCandidates where sweeps[sweep].counts.isFinished && !sweeps[sweep].announced {
      sweeps[sweep].announced = true
      actions.append(.sweepFinished(sweeps[sweep].id, sweeps[sweep].counts))
    }
    finishCandidates = []
  }
}
