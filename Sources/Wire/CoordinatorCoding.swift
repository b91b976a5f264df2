import Core
internal import Foundation

extension Welcome {
  init(_ body: Winnow_WelcomeBody) throws(FrameProblem) {
    self.init(
      coordinatorEpoch: body.coordinatorEpoch,
      heartbeatSeconds: try Checked.seconds(body.heartbeatSeconds, "heartbeat seconds"),
      resendSeconds: try Checked.seconds(body.resendSeconds, "resend seconds"))
  }

  var body: Winnow_WelcomeBody {
    .with {
      $0.coordinatorEpoch = coordinatorEpoch
      $0.heartbeatSeconds = heartbeatSeconds
      $0.resendSeconds = resendSeconds
    }
  }
}

extension GrantInput {
  init(_ body: Winnow_InputBody) throws(FrameProblem) {
    self.init(
      name: try Checked.text(body.name, "input"),
      objects: try Checked.list(body.objects, "input objects", atMost: Limits.objects, NamedObject.init))
  }

  var body: Winnow_InputBody {
    .with {
      $0.name = name
      $0.objects = objects.map(\.body)
    }
  }
}

extension Grant {
  init(_ body: Winnow_GrantBody) throws(FrameProblem) {
    let core = try Checked.text(body.numericsCore, "numerics core")
    self.init(
      attempt: try AttemptName(task: body.task, epoch: body.epoch),
      specification: try Checked.bytes(body.specification, "specification", atMost: Limits.specification),
      inputs: try Checked.list(body.inputs, "inputs", atMost: Limits.inputs, GrantInput.init),
      sources: try Checked.list(body.sources, "sources", atMost: Limits.objects, NamedObject.init),
      numericsCore: core.isEmpty ? nil : core)
  }

  var body: Winnow_GrantBody {
    .with {
      $0.task = attempt.task.digest.data
      $0.epoch = attempt.epoch.value
      $0.specification = Data(specification)
      $0.inputs = inputs.map(\.body)
      $0.sources = sources.map(\.body)
      $0.numericsCore = numericsCore ?? ""
    }
  }
}

extension RejectedResult {
  init(_ body: Winnow_RejectedResultBody) throws(FrameProblem) {
    guard let cause = Cause(rawValue: body.cause) else {
      throw .malformed("rejection: cause \(body.cause) is not known")
    }
    self.init(
      attempt: try AttemptName(task: body.task, epoch: body.epoch), cause: cause,
      reason: try Checked.text(body.reason, "reason", atMost: Limits.sentence),
      lacking: try Checked.digests(body.lacking, "lacking"))
  }

  var body: Winnow_RejectedResultBody {
    .with {
      $0.task = attempt.task.digest.data
      $0.epoch = attempt.epoch.value
      $0.cause = cause.rawValue
      $0.reason = reason
      $0.lacking = lacking.map(\.data)
    }
  }
}

extension Reject {
  init(_ body: Winnow_RejectBody) throws(FrameProblem) {
    self.init(
      reason: try Checked.text(body.reason, "reason", atMost: Limits.sentence),
      retryAfterSeconds: try Checked.seconds(body.retryAfterSeconds, "retry after"))
  }

  var body: Winnow_RejectBody {
    .with {
      $0.reason = reason
      $0.retryAfterSeconds = retryAfterSeconds
    }
  }
}
