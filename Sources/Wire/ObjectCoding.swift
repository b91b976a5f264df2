import Core
internal import Foundation
import Sweeps

extension LackQuestion {
  init(_ body: Winnow_LackBody) throws(FrameProblem) {
    self.init(
      request: body.request,
      attempt: body.task.isEmpty ? nil : try AttemptName(task: body.task, epoch: body.epoch),
      objects: try Checked.list(body.objects, "objects", atMost: Limits.digests) { object throws(FrameProblem) in
        ObjectReference(
          digest: try Checked.digest(object.digest, "object"), size: try Checked.size(object.size, "object"))
      })
  }

  var body: Winnow_LackBody {
    .with {
      $0.request = request
      $0.objects = objects.map { object in
        .with {
          $0.digest = object.digest.data
          $0.size = UInt64(object.size)
        }
      }
      if let attempt {
        $0.task = attempt.task.digest.data
        $0.epoch = attempt.epoch.value
      }
    }
  }
}

extension LackReply {
  init(_ body: Winnow_LackReplyBody) throws(FrameProblem) {
    self.init(request: body.request, lacking: try Checked.digests(body.lacking, "lacking"))
  }

  var body: Winnow_LackReplyBody {
    .with {
      $0.request = request
      $0.lacking = lacking.map(\.data)
    }
  }
}

extension GetRequest {
  init(_ body: Winnow_GetBody) throws(FrameProblem) {
    self.init(
      digest: try Checked.digest(body.digest, "digest"), offset: try Checked.size(body.offset, "offset"),
      credits: try Checked.count(body.credits, "credits", atMost: Limits.window))
  }

  var body: Winnow_GetBody {
    .with {
      $0.digest = digest.data
      $0.offset = UInt64(offset)
      $0.credits = UInt32(credits)
    }
  }
}

extension Chunk {
  init(_ body: Winnow_ChunkBody) throws(FrameProblem) {
    self.init(
      digest: try Checked.digest(body.digest, "digest"), offset: try Checked.size(body.offset, "offset"),
      size: try Checked.size(body.size, "size"),
      content: try Checked.bytes(body.content, "content", atMost: Limits.chunk))
    guard offset + content.count <= size else {
      throw .malformed("chunk: \(offset) + \(content.count) passes the object's \(size) bytes")
    }
  }

  var body: Winnow_ChunkBody {
    .with {
      $0.digest = digest.data
      $0.offset = UInt64(offset)
      $0.size = UInt64(size)
      $0.content = Data(content)
    }
  }
}

extension PutReply {
  init(_ body: Winnow_PutReplyBody) throws(FrameProblem) {
    let problem = try Checked.text(body.problem, "problem", atMost: Limits.sentence)
    self.init(
      digest: try Checked.digest(body.digest, "digest"), offset: try Checked.size(body.offset, "offset"),
      stored: body.stored, problem: problem.isEmpty ? nil : problem)
  }

  var body: Winnow_PutReplyBody {
    .with {
      $0.digest = digest.data
      $0.offset = UInt64(offset)
      $0.stored = stored
      $0.problem = problem ?? ""
    }
  }
}
