import Core
internal import Foundation
internal import SwiftProtobuf

extension Message {
  var body: (MessageType, any SwiftProtobuf.Message) {
    switch self {
    case .agent(let message): message.body
    case .coordinator(let message): message.body
    case .objects(let message): message.body
    case .client(let request): request.body
    case .reply(let reply): reply.body
    }
  }

  init(_ type: MessageType, _ bytes: [UInt8]) throws(FrameProblem) {
    func body<Body: SwiftProtobuf.Message>(_: Body.Type) throws(FrameProblem) -> Body {
      do { return try Body(serializedBytes: bytes) } catch { throw .malformed("the body of a \(type) cannot be read") }
    }
    switch type {
    case .hello: self = .agent(.hello(try Hello(try body(Winnow_HelloBody.self))))
    case .heartbeat: self = .agent(.heartbeat(try Heartbeat(try body(Winnow_HeartbeatBody.self))))
    case .result: self = .agent(.result(try TaskEnding(try body(Winnow_ResultBody.self))))
    case .bye:
      _ = try body(Winnow_ByeBody.self)
      self = .agent(.bye)
    case .welcome: self = .coordinator(.welcome(try Welcome(try body(Winnow_WelcomeBody.self))))
    case .grants:
      let grants = try body(Winnow_GrantsBody.self).grants
      self = .coordinator(.grants(try Checked.list(grants, "grants", atMost: Limits.grants, Grant.init)))
    case .pulse: self = .coordinator(.pulse(Pulse(sequence: try body(Winnow_PulseBody.self).sequence)))
    case .acknowledgement:
      let body = try body(Winnow_AcknowledgementBody.self)
      self = .coordinator(.acknowledgement(try AttemptName(task: body.task, epoch: body.epoch)))
    case .rejectedResult:
      self = .coordinator(.rejectedResult(try RejectedResult(try body(Winnow_RejectedResultBody.self))))
    case .cancel:
      let body = try body(Winnow_CancelBody.self)
      self = .coordinator(.cancel(try AttemptName(task: body.task, epoch: body.epoch)))
    case .drain:
      _ = try body(Winnow_DrainBody.self)
      self = .coordinator(.drain)
    case .who:
      _ = try body(Winnow_WhoBody.self)
      self = .coordinator(.who)
    case .reject: self = .coordinator(.reject(try Reject(try body(Winnow_RejectBody.self))))
    case .lack: self = .objects(.lack(try LackQuestion(try body(Winnow_LackBody.self))))
    case .lackReply: self = .objects(.lackReply(try LackReply(try body(Winnow_LackReplyBody.self))))
    case .get: self = .objects(.get(try GetRequest(try body(Winnow_GetBody.self))))
    case .chunk: self = .objects(.chunk(try Chunk(try body(Winnow_ChunkBody.self))))
    case .putReply: self = .objects(.putReply(try PutReply(try body(Winnow_PutReplyBody.self))))
    case .notFound:
      let digest = try Checked.digest(try body(Winnow_NotFoundBody.self).digest, "digest")
      self = .objects(.notFound(ObjectDigest(digest: digest)))
    case .submit:
      let body = try body(Winnow_SubmitBody.self)
      self = .client(
        .submit(
          try Checked.bytes(body.sweep, "sweep", atMost: Limits.sweep),
          sources: try Checked.list(body.sources, "sources", atMost: Limits.sources) { source throws(FrameProblem) in
            NamedObject(
              name: try Checked.text(source.name, "source", atMost: Limits.sourceName),
              digest: try Checked.digest(source.digest, "source"), size: try Checked.size(source.size, "source"))
          }, memory: try TaskMemory(body)))
    case .statusRequest: self = .client(.status(workers: try body(Winnow_StatusRequestBody.self).workers))
    case .failuresRequest:
      let body = try body(Winnow_FailuresRequestBody.self)
      let sweep = body.sweep.isEmpty ? nil : try Checked.digest(body.sweep, "sweep")
      self = .client(.failures(sweep: sweep, from: Int(body.from)))
    case .cancelSweep:
      self = .client(.cancelSweep(try Checked.text(try body(Winnow_CancelSweepBody.self).sweep, "sweep")))
    case .explain:
      let task = try Checked.text(try body(Winnow_ExplainBody.self).task, "task", atMost: Limits.sentence)
      self = .client(.explain(task))
    case .explanation: self = .reply(.explanation(try TaskExplanation(try body(Winnow_ExplanationBody.self))))
    case .steer:
      let body = try body(Winnow_SteerBody.self)
      self = .client(.steer(try Checked.text(body.sweep, "sweep"), try SweepOrder(body)))
    case .drainWorker:
      let body = try body(Winnow_DrainWorkerBody.self)
      let seconds = body.hasWithinSeconds ? try Checked.seconds(body.withinSeconds, "within") : nil
      self = .client(.drainWorker(try WorkerSelection(body), withinSeconds: seconds))
    case .retryFailed:
      _ = try body(Winnow_RetryFailedBody.self)
      self = .client(.retryFailed)
    case .shutdown:
      _ = try body(Winnow_ShutdownBody.self)
      self = .client(.shutdown)
    case .submitted:
      let body = try body(Winnow_SubmittedBody.self)
      self = .reply(
        .submitted(
          Submitted(sweep: try Checked.digest(body.sweep, "sweep"), tasks: Int(body.tasks), done: Int(body.done))))
    case .status:
      self = .reply(.status(try ClusterStatus(try body(Winnow_StatusBody.self))))
    case .failures: self = .reply(.failures(try FailurePage(try body(Winnow_FailuresBody.self))))
    case .done:
      self = .reply(.done(try Checked.text(try body(Winnow_DoneBody.self).text, "text", atMost: Limits.sentence)))
    case .refused:
      self = .reply(
        .refused(try Checked.text(try body(Winnow_RefusedBody.self).reason, "reason", atMost: Limits.sentence)))
    }
  }
}

extension AgentMessage {
  var body: (MessageType, any SwiftProtobuf.Message) {
    switch self {
    case .hello(let hello): (.hello, hello.body)
    case .heartbeat(let heartbeat): (.heartbeat, heartbeat.body)
    case .result(let ending): (.result, ending.body)
    case .bye: (.bye, Winnow_ByeBody())
    }
  }
}

extension CoordinatorMessage {
  var body: (MessageType, any SwiftProtobuf.Message) {
    switch self {
    case .welcome(let welcome): (.welcome, welcome.body)
    case .grants(let grants): (.grants, Winnow_GrantsBody.with { $0.grants = grants.map(\.body) })
    case .pulse(let pulse): (.pulse, Winnow_PulseBody.with { $0.sequence = pulse.sequence })
    case .acknowledgement(let attempt):
      (
        .acknowledgement,
        Winnow_AcknowledgementBody.with {
          $0.task = attempt.task.digest.data
          $0.epoch = attempt.epoch.value
        }
      )
    case .rejectedResult(let rejected): (.rejectedResult, rejected.body)
    case .cancel(let attempt):
      (
        .cancel,
        Winnow_CancelBody.with {
          $0.task = attempt.task.digest.data
          $0.epoch = attempt.epoch.value
        }
      )
    case .drain: (.drain, Winnow_DrainBody())
    case .who: (.who, Winnow_WhoBody())
    case .reject(let reject): (.reject, reject.body)
    }
  }
}

extension ObjectMessage {
  var body: (MessageType, any SwiftProtobuf.Message) {
    switch self {
    case .lack(let question): (.lack, question.body)
    case .lackReply(let reply): (.lackReply, reply.body)
    case .get(let request): (.get, request.body)
    case .chunk(let chunk): (.chunk, chunk.body)
    case .putReply(let reply): (.putReply, reply.body)
    case .notFound(let object): (.notFound, Winnow_NotFoundBody.with { $0.digest = object.digest.data })
    }
  }
}

extension ClientRequest {
  var body: (MessageType, any SwiftProtobuf.Message) {
    switch self {
    case .submit(let sweep, let sources, let memory):
      (
        .submit,
        Winnow_SubmitBody.with {
          $0.sweep = Data(sweep)
          $0.sources = sources.map(\.body)
          $0.partMemory = UInt64(memory.part ?? 0)
          $0.taskMemory = UInt64(memory.other ?? 0)
        }
      )
    case .status(let workers): (.statusRequest, Winnow_StatusRequestBody.with { $0.workers = workers })
    case .failures(let sweep, let place):
      (
        .failuresRequest,
        Winnow_FailuresRequestBody.with {
          $0.sweep = sweep?.data ?? Data()
          $0.from = UInt32(place)
        }
      )
    case .cancelSweep(let sweep): (.cancelSweep, Winnow_CancelSweepBody.with { $0.sweep = sweep })
    case .explain(let task): (.explain, Winnow_ExplainBody.with { $0.task = task })
    case .steer(let sweep, let order): (.steer, order.body(for: sweep))
    case .drainWorker(let selection, let seconds): (.drainWorker, selection.body(within: seconds))
    case .retryFailed: (.retryFailed, Winnow_RetryFailedBody())
    case .shutdown: (.shutdown, Winnow_ShutdownBody())
    }
  }
}

extension WorkerSelection {
  init(_ body: Winnow_DrainWorkerBody) throws(FrameProblem) {
    if body.all {
      self = .all
    } else if !body.host.isEmpty {
      self = .host(try Checked.text(body.host, "host"))
    } else {
      self = .named(try Checked.text(body.worker, "worker"))
    }
  }

  func body(within seconds: Double?) -> Winnow_DrainWorkerBody {
    .with {
      switch self {
      case .named(let name): $0.worker = name
      case .host(let host): $0.host = host
      case .all: $0.all = true
      }
      if let seconds { $0.withinSeconds = seconds }
    }
  }
}

extension ClientReply {
  var body: (MessageType, any SwiftProtobuf.Message) {
    switch self {
    case .submitted(let submitted):
      (
        .submitted,
        Winnow_SubmittedBody.with {
          $0.sweep = submitted.sweep.data
          $0.tasks = UInt32(submitted.tasks)
          $0.done = UInt32(submitted.done)
        }
      )
    case .status(let status): (.status, status.body)
    case .failures(let page): (.failures, page.body)
    case .explanation(let explanation): (.explanation, explanation.body)
    case .done(let text): (.done, Winnow_DoneBody.with { $0.text = text })
    case .refused(let reason): (.refused, Winnow_RefusedBody.with { $0.reason = reason })
    }
  }
}
