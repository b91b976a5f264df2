import Coordination
import Core
import Sweeps
import Testing
import Wire

@Suite struct PutDeskTests {
  private let ada = Principal(key: "A", name: "ada", role: .worker)
  private let eve = Principal(key: "E", name: "eve", role: .worker)
  private let attempt = AttemptName(task: TaskID(Digest(of: "task")), epoch: Epoch(1))
  private let now = Instant(seconds: 100)

  private func object(_ name: String, size: Int = 10) -> ObjectReference {
    ObjectReference(digest: Digest(of: name), size: size)
  }

  private func chunk(_ object: ObjectReference, size: Int? = nil) -> Chunk {
    Chunk(digest: object.digest, offset: 0, size: size ?? object.size, content: [1])
  }

  @Test func onlyWhatWasAnnouncedIsTakenFromWhoAnnouncedItInTheSizeThatWasSaid() {
    var desk = PutDesk(smallSize: 1_000)
    let object = object("o")
    #expect(desk.take(chunk(object), of: ada, at: now) != nil)
    #expect(desk.expect([object], for: attempt, of: ada, at: now) == nil)
    #expect(desk.take(chunk(object), of: ada, at: now) == nil)
    #expect(desk.take(chunk(object), of: eve, at: now) != nil)
    #expect(desk.take(chunk(object, size: 11), of: ada, at: now) != nil)
    #expect(desk.expect([self.object("o", size: 11)], for: attempt, of: eve, at: now)?.contains("size") == true)
  }

  @Test func eachKeyHasItsQuota() {
    var quota = PutDesk.Quota()
    (quota.bytes, quota.smallBytes, quota.objects, quota.uploads) = (10_000, 100, 4, 2)
    var desk = PutDesk(quota: quota, smallSize: 50)
    #expect(
      desk.expect([object("large", size: 10_001)], for: attempt, of: eve, at: now)?.contains("10001 bytes") == true)
    #expect(desk.expect((0..<5).map { object("\($0)") }, for: attempt, of: eve, at: now)?.contains("5 objects") == true)
    #expect(
      desk.expect((0..<3).map { object("\($0)", size: 40) }, for: attempt, of: eve, at: now)?.contains("small") == true)
    #expect(desk.count == 0, "what is refused leaves nothing")
    let three = (0..<3).map { object("\($0)", size: 100) }
    #expect(desk.expect(three, for: attempt, of: eve, at: now) == nil)
    #expect(desk.expect(three, for: attempt, of: eve, at: now) == nil, "asked again it counts once")
    #expect(desk.take(chunk(three[0]), of: eve, at: now) == nil)
    #expect(desk.take(chunk(three[1]), of: eve, at: now) == nil)
    #expect(desk.take(chunk(three[2]), of: eve, at: now) != nil, "a third upload at once")
    desk.ended(three[0].digest)
    #expect(desk.take(chunk(three[2]), of: eve, at: now) == nil)
    #expect(desk.expect(three, for: attempt, of: ada, at: now) == nil, "another key has room of its own")
  }

  @Test func whatHasNoPurposeAnyMoreIsSweptAndFreesItsRoom() {
    var quota = PutDesk.Quota()
    (quota.objects, quota.patienceSeconds) = (2, 60)
    var desk = PutDesk(quota: quota, smallSize: 50)
    let (result, file) = (object("result"), object("file"))
    #expect(desk.expect([result], for: attempt, of: ada, at: now) == nil)
    #expect(desk.expect([file], for: nil, of: ada, at: now) == nil)
    #expect(desk.expect([object("more")], for: attempt, of: ada, at: now) != nil)
    #expect(desk.sweep(at: now.advanced(bySeconds: 59)) { _, _ in true } == [])
    #expect(desk.sweep(at: now.advanced(bySeconds: 61)) { _, _ in true } == [file.digest])
    #expect(desk.sweep(at: now) { _, key in key != "A" } == [result.digest])
    #expect(desk.count == 0)
    #expect(desk.expect([result, file], for: attempt, of: ada, at: now) == nil)
  }

  @Test func filesOfASubmittedSweepHaveFoundTheirPlace() {
    var desk = PutDesk(smallSize: 50)
    #expect(desk.expect([object("file")], for: nil, of: ada, at: now) == nil)
    #expect(desk.expect([object("file")], for: nil, of: eve, at: now) == nil)
    desk.submitted([Digest(of: "file")], of: ada)
    #expect(desk.count == 1, "the other key has not submitted yet")
    desk.submitted([Digest(of: "file")], of: eve)
    #expect(desk.count == 0)
  }
}
