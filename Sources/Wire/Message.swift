package import Core

/// Everything that can stand in a frame, by who says it.
package enum Message: Hashable, Sendable {
  case agent(AgentMessage)
  case coordinator(CoordinatorMessage)
  case objects(ObjectMessage)
  case client(ClientRequest)
  case reply(ClientReply)
}

/// What an agent says on the control port.
package enum AgentMessage: Hashable, Sendable {
  case hello(Hello)
  case heartbeat(Heartbeat)
  case result(TaskEnding)
  /// The agent leaves for good; it runs nothing and every result of it was acknowledged.
  case bye
}

/// What the coordinator says to an agent on the control port.
package enum CoordinatorMessage: Hashable, Sendable {
  case welcome(Welcome)
  case grants([Grant])
  case pulse(Pulse)
  case acknowledgement(AttemptName)
  case rejectedResult(RejectedResult)
  case cancel(AttemptName)
  /// Take no more tasks, finish what runs, hand back what does not run yet, then say bye.
  case drain
  /// "I do not know you": say hello again.
  case who
  case reject(Reject)
}

/// What is said on the objects port, in both directions.
package enum ObjectMessage: Hashable, Sendable {
  case lack(LackQuestion)
  case lackReply(LackReply)
  case get(GetRequest)
  case chunk(Chunk)
  case putReply(PutReply)
  case notFound(ObjectDigest)
}

/// What a command line asks of a coordinator.
package enum ClientRequest: Hashable, Sendable {
  /// The JSON text of a sweep, and its raw files by the names that its plan knows them under, sorted by name. They are in
  /// the coordinator's store already.
  case submit([UInt8], sources: [NamedObject] = [], memory: TaskMemory = TaskMemory())
  /// With or without a line per worker.
  case status(workers: Bool)
  /// Tasks that were given up, of one sweep or of all, from this place in their list.
  case failures(sweep: Digest?, from: Int)
  /// Stop the sweep of this name, or whose id starts with this text.
  case cancelSweep(String)
  /// Treat the sweep of this name, or whose id starts with this text, otherwise.
  case steer(String, SweepOrder)
  /// Explain the task whose id starts with this text, or that is called so.
  case explain(String)
  /// Drain workers. What they have not finished by then is given to others.
  case drainWorker(WorkerSelection, withinSeconds: Double?)
  /// Give failed and quarantined tasks and agents another chance.
  case retryFailed
  case shutdown
}

/// Which workers are meant.
package enum WorkerSelection: Hashable, Sendable {
  /// The one whose name starts with this text, or that is the only one on the host of this name.
  case named(String)
  /// All on the host of this name.
  case host(String)
  case all
}

/// How a sweep is to be treated.
package enum SweepOrder: Hashable, Sendable {
  /// Grant nothing more for it.
  case pause
  /// Grant again.
  case resume
  /// Do not list it any more.
  case forget
  /// Sweeps that have something to do share the cluster in proportion to their priorities.
  case priority(Int)

  package static let priorities = 1...100
  package static let usualPriority = 10
}

/// What the coordinator answers.
package enum ClientReply: Hashable, Sendable {
  case submitted(Submitted)
  case status(ClusterStatus)
  case failures(FailurePage)
  case explanation(TaskExplanation)
  /// A sentence that says what was done.
  case done(String)
  /// A sentence that says why not.
  case refused(String)
}
