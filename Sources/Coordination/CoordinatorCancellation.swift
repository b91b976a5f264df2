package import Core
import Wire

/// Sweeps that somebody no longer wants.
extension CoordinatorMachine {
  /// The sweep that `text` names: the newest of that name, or the only one whose id starts with it.
  package func sweep(called text: String) -> Digest? {
    let found = sweeps.filter { !$0.isForgotten }.called(text, name: \.name, id: \.id)
    return found.count == 1 ? found[0].id : nil
  }

  /// Whether some sweep wants the task.
  func isWanted(_ task: Int) -> Bool { tasks[task].sweeps.contains { !sweeps[$0].isCancelled } }

  /// Stops what only this sweep wants, everywhere it runs. A result that is on its way is still taken.
  mutating func cancelSweep(_ id: Digest) {
    guard let sweep = sweepIndex[id], !sweeps[sweep].isCancelled else { return }
    sweeps[sweep].isCancelled = true
    noteHunger(of: sweep)
    for task in tasks.indices where tasks[task].sweeps.contains(sweep) && !isWanted(task) {
      switch tasks[task].state {
      case .done, .committing, .withdrawn: break
      case .waiting, .ready, .running, .failed, .quarantined, .blocked: withdraw(task)
      }
    }
    noteProgress(of: sweep)
  }

  private mutating func withdraw(_ task: Int) {
    // Who gives it up must not find it running, or it would become ready again.
    setState(task, .withdrawn)
    cancelHolders(of: task, except: nil)
    tasks[task].cause = nil
    tell(task, "no longer wanted")
  }
}
