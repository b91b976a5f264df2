import Foundation
import Testing
import Transport

@Suite struct SocketTests {
  @Test func framesArriveAsTheyWereSent() throws {
    let context = Context()
    let router = try Socket(context, .router)
    let endpoint = try router.bind("tcp://127.0.0.1:*")
    var options = SocketOptions.control
    options.routingID = Array("one".utf8)
    let dealer = try Socket(context, .dealer, options)
    try dealer.connect(endpoint)
    #expect(dealer.send([[1, 2, 3], [], [UInt8](repeating: 7, count: 100_000)]) == .sent)
    let message = try #require(receive(router))
    #expect(message.frames == [Array("one".utf8), [1, 2, 3], [], [UInt8](repeating: 7, count: 100_000)])
    #expect(message.address == "127.0.0.1")
    #expect(message.user == nil)
    #expect(router.send([Array("one".utf8), [9]]) == .sent)
    #expect(receive(dealer)?.frames == [[9]])
  }

  @Test func sendingToAnUnknownPeerSaysSo() throws {
    let router = try Socket(Context(), .router)
    try router.bind("tcp://127.0.0.1:*")
    #expect(router.send([[1, 2, 3], [4]]) == .unreachable)
  }

  @Test func aFullQueueIsAnAnswerAndLosesNothing() throws {
    let context = Context()
    var options = SocketOptions.control
    options.queueLimit = 4
    options.routingID = Array("slow".utf8)
    let router = try Socket(context, .router, options)
    let endpoint = try router.bind("tcp://127.0.0.1:*")
    let dealer = try Socket(context, .dealer, options)
    try dealer.connect(endpoint)
    #expect(dealer.send([[0]]) == .sent)
    _ = try #require(receive(router))
    let content = [UInt8](repeating: 1, count: 512 << 10)
    var accepted = 0
    while router.send([Array("slow".utf8), content]) == .sent { accepted += 1 }
    #expect(accepted >= 4 && accepted < 100)
    for _ in 0..<accepted { #expect(receive(dealer)?.frames == [content]) }
  }

  @Test func framesBeyondTheLimitAreThrownAway() throws {
    let context = Context()
    let router = try Socket(context, .router)
    let endpoint = try router.bind("tcp://127.0.0.1:*")
    let dealer = try Socket(context, .dealer)
    try dealer.connect(endpoint)
    #expect(dealer.send((0..<100).map { [UInt8($0)] }) == .sent)
    #expect(receive(router)?.frames.count == Socket.frameCountLimit)
    #expect(dealer.send([[1]]) == .sent)
    #expect(receive(router)?.frames.last == [1])
  }

  @Test func aPortInUseIsOneClearSentence() throws {
    let context = Context()
    let first = try Socket(context, .router)
    let endpoint = try first.bind("tcp://127.0.0.1:*")
    let second = try Socket(context, .router)
    let error = #expect(throws: TransportError.self) { try second.bind(endpoint) }
    #expect(error?.description.contains("another program listens there already") == true)
  }

  @Test func aDescriptorWakesTheWait() throws {
    let wake = try WakeDescriptor()
    let router = try Socket(Context(), .router)
    let sources: [PollSource] = [.socket(router), .descriptor(wake.descriptor)]
    #expect(Poller.wait(for: sources, milliseconds: 0) == [false, false])
    wake.wake()
    #expect(Poller.wait(for: sources, milliseconds: 10_000) == [false, true])
    wake.clear()
    #expect(Poller.wait(for: sources, milliseconds: 0) == [false, false])
  }

  private func receive(_ socket: Socket) -> ReceivedMessage? {
    _ = Poller.wait(for: [.socket(socket)], milliseconds: 10_000)
    return socket.receive()
  }
}
