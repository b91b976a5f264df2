import Numerics
import Testing

@Suite struct AvailableMemoryTests {
  @Test func whatNoMachineHasIsRefusedWithTheBytesNeeded() {
    do {
      try AvailableMemory.require(1 << 60, for: "comparing everything")
      Issue.record("an exabyte was found")
    } catch let shortage as MemoryShortage {
      #expect(shortage.needed == 1 << 60 && shortage.available < 1 << 60)
      let words = "comparing everything needs 1152921504607 MB of memory, and this process can have "
      #expect(shortage.description.hasPrefix(words))
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test func aLittleIsThere() throws {
    try AvailableMemory.require(1, for: "a byte")
    #expect(AvailableMemory.bytes.map { $0 > 1_000_000 } ?? true)
  }
}
