import Files
import Formats
import Foundation
import Testing

@Suite struct TarWriterTests {
  @Test func whatIsWrittenIsReadAgain() throws {
    let long = String(repeating: "folder/", count: 40) + "x.jpg"
    let files: [(String, [UInt8])] = [
      ("a.jpg", []), ("b/c.png", [UInt8](repeating: 7, count: 511)), ("d", [UInt8](repeating: 1, count: 512)),
      ("é 🐟.jpg", [1, 2, 3]), (long, [UInt8](repeating: 9, count: 1_025)),
    ]
    var writer = TarWriter()
    for (name, content) in files { writer.add(name, content) }
    let file = try ScratchFile(writer.finished())
    var reader = TarReader(FileStream(try OpenFile(file.path)), name: "test")
    var found: [(String, [UInt8])] = []
    while let entry = try reader.next() {
      guard case .file(let member) = entry else { continue }
      found.append((member.path, try reader.content(limit: 4_096)))
    }
    #expect(reader.hasEndMark)
    #expect(found.map(\.0) == files.map(\.0) && found.map(\.1) == files.map(\.1))
  }

  /// GNU tar is on every Debian machine.
  @Test func takenPieceByPieceItIsTheSame() {
    var (whole, pieces) = (TarWriter(), TarWriter())
    var taken: [UInt8] = []
    for index in 0..<5 {
      let content = [UInt8](repeating: UInt8(index), count: 300 * index)
      whole.add("file \(index)", content)
      pieces.add("file \(index)", content)
      if index != 2 { taken += pieces.take() }
      #expect(pieces.count == whole.count)
    }
    #expect(taken + pieces.finished() == whole.finished())
  }

  @Test func otherProgramsReadIt() throws {
    var writer = TarWriter()
    writer.add("ordner/größe.txt", Array("42".utf8))
    let directory = NSTemporaryDirectory() + "winnow-tar-\(UUID())"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    try Data(writer.finished()).write(to: URL(fileURLWithPath: directory + "/a.tar"))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/tar")
    process.arguments = ["xf", directory + "/a.tar", "-C", directory]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(try String(contentsOfFile: directory + "/ordner/größe.txt", encoding: .utf8) == "42")
  }
}
