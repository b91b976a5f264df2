import Core
internal import Foundation
import Sweeps
internal import SwiftProtobuf

extension TaskExplanation {
  init(_ body: Winnow_ExplanationBody) throws(FrameProblem) {
    self.init(
      task: TaskID(try Checked.digest(body.task, "task")),
      taskClass: try Checked.text(body.taskClass, "class", atMost: Limits.sentence), state: try State(known: body.state)
    )
    label = try Checked.text(body.label, "label", atMost: Limits.sentence)
    memory = try Checked.memory(body.memory, "memory")
    kernel = body.kernel.isEmpty ? nil : try Checked.text(body.kernel, "kernel")
    sweeps = try Checked.list(body.sweeps, "sweeps", atMost: Limits.statusLines) { name throws(FrameProblem) in
      try Checked.text(name, "sweep", atMost: Limits.sentence)
    }
    isPaused = body.paused
    isStorePaused = body.storePaused
    inputs = try Checked.list(body.inputs, "inputs", atMost: Limits.statusLines, Input.init)
    attempts = try Checked.list(body.attempts, "attempts", atMost: Limits.statusLines, RunningTask.init)
    cause = body.hasCause ? try FailureCause(body.cause) : nil
    obstacles = try Checked.list(body.obstacles, "obstacles", atMost: Limits.statusLines, Obstacle.init)
    workerCount = Int(body.workerCount)
    story = try Checked.list(body.story, "story", atMost: Limits.statusLines, Event.init)
  }

  var body: Winnow_ExplanationBody {
    .with {
      $0.task = task.digest.data
      $0.label = label
      $0.taskClass = taskClass
      $0.state = state.rawValue
      $0.kernel = kernel ?? ""
      $0.memory = UInt64(memory ?? 0)
      $0.sweeps = sweeps
      $0.paused = isPaused
      $0.storePaused = isStorePaused
      $0.inputs = inputs.map(\.body)
      $0.attempts = attempts.map(\.body)
      if let cause { $0.cause = cause.body }
      $0.obstacles = obstacles.map(\.body)
      $0.workerCount = UInt32(workerCount)
      $0.story = story.map(\.body)
    }
  }
}

extension TaskExplanation.State {
  fileprivate init(known number: UInt32) throws(FrameProblem) {
    guard let state = Self(rawValue: number) else { throw .malformed("explanation: state \(number) is not known") }
    self = state
  }
}

extension TaskExplanation.Input {
  fileprivate init(_ body: Winnow_ExplainedInputBody) throws(FrameProblem) {
    self.init(
      task: TaskID(try Checked.digest(body.task, "input")),
      label: try Checked.text(body.label, "label", atMost: Limits.sentence), state: try .init(known: body.state))
  }

  fileprivate var body: Winnow_ExplainedInputBody {
    .with {
      $0.task = task.digest.data
      $0.label = label
      $0.state = state.rawValue
    }
  }
}

extension TaskExplanation.Obstacle {
  fileprivate init(_ body: Winnow_ExplainedObstacleBody) throws(FrameProblem) {
    guard let reason = Reason(rawValue: body.reason) else {
      throw .malformed("explanation: reason \(body.reason) is not known")
    }
    self.init(
      worker: try Checked.worker(body.worker, "worker"),
      host: try Checked.text(body.host, "host", atMost: Limits.sentence), reason: reason)
  }

  fileprivate var body: Winnow_ExplainedObstacleBody {
    .with {
      $0.worker = Data(worker.bytes)
      $0.host = host
      $0.reason = reason.rawValue
    }
  }
}

extension TaskExplanation.Event {
  fileprivate init(_ body: Winnow_ExplainedEventBody) throws(FrameProblem) {
    self.init(
      secondsAgo: try Checked.seconds(body.secondsAgo, "seconds ago"),
      text: try Checked.text(body.text, "text", atMost: Limits.sentence),
      worker: body.worker.isEmpty ? nil : try Checked.worker(body.worker, "worker"))
  }

  fileprivate var body: Winnow_ExplainedEventBody {
    .with {
      $0.secondsAgo = secondsAgo
      $0.text = text
      $0.worker = worker.map { Data($0.bytes) } ?? Data()
    }
  }
}
