/// The number of each message in a frame's header. Numbers are never reused.
enum MessageType: UInt16, CaseIterable {
  case hello = 1
  case heartbeat = 2
  case result = 3
  case bye = 4

  case welcome = 16
  case grants = 17
  case pulse = 18
  case acknowledgement = 19
  case rejectedResult = 20
  case cancel = 21
  case drain = 22
  case who = 23
  /// Its number and body are the same in every version.
  case reject = 24

  case lack = 32
  case lackReply = 33
  case get = 34
  case chunk = 35
  case putReply = 36
  case notFound = 37

  case submit = 48
  case statusRequest = 49
  case drainWorker = 50
  case retryFailed = 51
  case shutdown = 52
  case failuresRequest = 53
  case cancelSweep = 54
  case steer = 80
  case explain = 81
  case submitted = 64
  case status = 65
  case done = 66
  case refused = 67
  case failures = 68
  case explanation = 96

  var frameLimit: Int {
    switch self {
    case .lack, .lackReply, .get, .chunk, .putReply, .notFound: Limits.objectsFrame
    default: Limits.controlFrame
    }
  }
}
