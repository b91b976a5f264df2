import Core
internal import Foundation
import Sweeps

extension AttemptReport {
  init(_ body: Winnow_AttemptBody) throws(FrameProblem) {
    guard let phase = Phase(rawValue: body.phase) else { throw .malformed("attempt: phase \(body.phase) is not known") }
    self.init(
      attempt: try AttemptName(task: body.task, epoch: body.epoch), phase: phase, progress: body.progress,
      thousandths: try Checked.count(body.thousandths, "thousandths", atMost: 1000))
  }

  var body: Winnow_AttemptBody {
    .with {
      $0.task = attempt.task.digest.data
      $0.epoch = attempt.epoch.value
      $0.phase = phase.rawValue
      $0.progress = progress
      $0.thousandths = UInt32(thousandths)
    }
  }
}

extension Hello {
  init(_ body: Winnow_HelloBody) throws(FrameProblem) {
    self.init(
      worker: try Checked.worker(body.worker, "worker"), sequence: body.sequence, incarnation: body.incarnation,
      build: try Checked.text(body.build, "build"),
      host: try Checked.text(body.host, "host"),
      slots: try Checked.count(body.slots, "slots", atMost: Limits.slots),
      cores: try Checked.list(body.cores, "cores", atMost: Limits.cores) { core throws(FrameProblem) in
        try Checked.text(core, "cores")
      },
      attempts: try Checked.list(body.attempts, "attempts", atMost: Limits.attempts, AttemptReport.init),
      labels: try Checked.list(body.labels, "labels", atMost: Limits.objects) { label throws(FrameProblem) in
        try Checked.text(label, "labels")
      }, slotMemory: try Checked.memory(body.slotMemory, "slot memory"))
  }

  var body: Winnow_HelloBody {
    .with {
      $0.worker = Data(worker.bytes)
      $0.sequence = sequence
      $0.incarnation = incarnation
      $0.build = build
      $0.host = host
      $0.slots = UInt32(slots)
      $0.cores = cores
      $0.attempts = attempts.map(\.body)
      $0.labels = labels
      $0.slotMemory = UInt64(slotMemory ?? 0)
    }
  }
}

extension Heartbeat {
  init(_ body: Winnow_HeartbeatBody) throws(FrameProblem) {
    self.init(
      sequence: body.sequence, heard: body.heard,
      credits: try Checked.count(body.credits, "credits", atMost: Limits.credits), draining: body.draining,
      attempts: try Checked.list(body.attempts, "attempts", atMost: Limits.attempts, AttemptReport.init),
      loadedCores: try Checked.list(body.loadedCores, "loaded cores", atMost: Limits.cores) {
        core throws(FrameProblem) in
        try Checked.text(core, "loaded cores")
      }, use: body.hasUse ? try HostUse(body.use) : nil)
  }

  var body: Winnow_HeartbeatBody {
    .with {
      $0.sequence = sequence
      $0.heard = heard
      $0.credits = UInt32(credits)
      $0.draining = draining
      $0.attempts = attempts.map(\.body)
      $0.loadedCores = loadedCores
      if let use { $0.use = use.body }
    }
  }
}

extension TaskEnding.Success {
  init(_ body: Winnow_SuccessBody) throws(FrameProblem) {
    self.init(
      outcome: try Checked.bytes(body.outcome, "outcome", atMost: Limits.outcome),
      attempt: try Checked.bytes(body.attempt, "attempt", atMost: Limits.attempt),
      objects: try Checked.list(body.objects, "objects", atMost: Limits.objects, NamedObject.init))
  }

  var body: Winnow_SuccessBody {
    .with {
      $0.outcome = Data(outcome)
      $0.attempt = Data(attempt)
      $0.objects = objects.map(\.body)
    }
  }
}

extension TaskEnding {
  init(_ body: Winnow_ResultBody) throws(FrameProblem) {
    let ending: Ending
    switch body.ending {
    case .success(let success): ending = .success(try Success(success))
    case .failure(let failure): ending = .failure(Failure(try FailureCause(failure)))
    case nil: throw .malformed("a result has neither an outcome nor a failure")
    }
    self.init(
      attempt: try AttemptName(task: body.task, epoch: body.epoch),
      seconds: try Checked.seconds(body.seconds, "seconds"), ending: ending)
  }

  var body: Winnow_ResultBody {
    .with {
      $0.task = attempt.task.digest.data
      $0.epoch = attempt.epoch.value
      $0.seconds = seconds
      switch ending {
      case .success(let success): $0.success = success.body
      case .failure(let failure): $0.failure = failure.cause.body
      }
    }
  }
}
