import Core
import Execution
import Files
import Foundation
import ObjectStore
import Planning
import Sweeps

/// Writes what somebody elsewhere needs to train for the trials of a sweep that wait for predictions: a directory each.
struct HandedOutRequests {
  private let store: Store
  private let task: TrialTask
  private let executor: TaskExecutor

  init(_ store: Store, allowsPrograms: Bool) {
    self.store = store
    let catalogue = Catalogue.standard(allowsPrograms: allowsPrograms)
    task = catalogue.task(.trial) as! TrialTask
    executor = TaskExecutor(catalogue)
  }

  /// Writes the directory of one trial, over an older request there. Throws what choosing throws, and a ``CommandError`` when
  /// the store lacks what the trial reads or a file cannot be written.
  func write(_ trial: PlannedSweep.Waiting, to directory: String) throws {
    let inputs: StoredInputs
    do {
      inputs = try StoredInputs(trial.specification, store, executor)
    } catch let failure as TaskFailure {
      throw CommandError(
        "\(trial.point.label): \(failure). Run the sweep first (`winnow run`), so that the store has its data; trials that "
          + "wait for predictions do not hinder it.")
    }
    try Self.makeDirectory(directory)
    try task.handOut(trial.specification, inputs: inputs, context: .unobserved) { name, digest, bytes in
      let path = "\(directory)/\(name)"
      guard name.hasPrefix("set-") else {
        // What a link points to is not ours to write over.
        try Self.removeLink(path)
        try FileWriting.replace(path, bytes, mode: 0o644)
        return
      }
      // Trials share their sets: each is written once, and linked.
      let shared = "sets/\(digest.short).npy"
      let parent = FileWriting.parent(of: directory)
      try Self.makeDirectory("\(parent)/sets")
      if !FileReading.exists("\(parent)/\(shared)") {
        try FileWriting.replace("\(parent)/\(shared)", bytes, mode: 0o644)
      }
      try Self.link(path, to: "../\(shared)")
    }
  }

  private static func makeDirectory(_ path: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw CommandError("the directory \(path) cannot be made: \(error.localizedDescription)")
    }
  }

  private static func removeLink(_ path: String) throws {
    guard (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil else { return }
    do { try FileManager.default.removeItem(atPath: path) } catch {
      throw CommandError("the link \(path) cannot be replaced: \(error.localizedDescription)")
    }
  }

  private static func link(_ path: String, to target: String) throws {
    let manager = FileManager.default
    guard (try? manager.destinationOfSymbolicLink(atPath: path)) != target else { return }
    do {
      try? manager.removeItem(atPath: path)
      try manager.createSymbolicLink(atPath: path, withDestinationPath: target)
    } catch {
      throw CommandError("the link \(path) cannot be made: \(error.localizedDescription)")
    }
  }
}
