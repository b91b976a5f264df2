package import Core
package import Sweeps

/// Which of these objects do you lack? Asked before anything is put: only objects that were asked about are taken.
package struct LackQuestion: Hashable, Sendable {
  /// Returned with the answer.
  package let request: UInt64
  /// The attempt whose result names the objects; nil for the files of a sweep that is to be submitted.
  package let attempt: AttemptName?
  package let objects: [ObjectReference]

  package init(request: UInt64, attempt: AttemptName?, objects: [ObjectReference]) {
    self.request = request
    self.attempt = attempt
    self.objects = objects
  }
}

package struct LackReply: Hashable, Sendable {
  package let request: UInt64
  package let lacking: [Digest]

  package init(request: UInt64, lacking: [Digest]) {
    self.request = request
    self.lacking = lacking
  }
}

/// Send me this object from `offset` on, at most `credits` chunks; I shall ask for the rest.
package struct GetRequest: Hashable, Sendable {
  package let digest: Digest
  package let offset: Int
  package let credits: Int

  package init(digest: Digest, offset: Int, credits: Int) {
    self.digest = digest
    self.offset = offset
    self.credits = credits
  }
}

/// A piece of an object: the answer to a get, and, from an agent, a put.
package struct Chunk: Hashable, Sendable {
  package let digest: Digest
  package let offset: Int
  /// Bytes of the whole object.
  package let size: Int
  package let content: [UInt8]

  package init(digest: Digest, offset: Int, size: Int, content: [UInt8]) {
    self.digest = digest
    self.offset = offset
    self.size = size
    self.content = content
  }
}

/// The answer to a chunk that was put.
package struct PutReply: Hashable, Sendable {
  package let digest: Digest
  /// The offset wanted next: what was received without a gap. Less than the sender's own when something was lost.
  package let offset: Int
  /// The object is whole, has the right digest and is durable.
  package let stored: Bool
  /// Why the object cannot be stored (a wrong digest, a full disk); nil when all is well.
  package let problem: String?

  package init(digest: Digest, offset: Int, stored: Bool, problem: String? = nil) {
    self.digest = digest
    self.offset = offset
    self.stored = stored
    self.problem = problem
  }
}

/// Names an object.
package struct ObjectDigest: Hashable, Sendable {
  package let digest: Digest

  package init(digest: Digest) { self.digest = digest }
}
