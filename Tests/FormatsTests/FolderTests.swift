import Core
import Files
import Formats
import Foundation
import TestSupport
import Testing

@Suite struct ImageFolderTests {
  private func listed(
    _ scratch: Scratch, usesFolderNames: Bool? = nil
  ) throws -> (entries: [SampleEntry], report: ListingReport) {
    try collected { try ImageFolder(scratch.path, usesFolderNames: usesFolderNames).list($0) }
  }

  @Test func theFirstFolderNamesTheClass() throws {
    let scratch = try Scratch()
    for name in ["b/2.jpg", "b/1.PNG", "a-b/x.webp", "a/deep/er/y.tiff", "top.jpeg", "a/notes.txt", ".hidden/z.jpg"] {
      try scratch.write(name, [1])
    }
    let (entries, report) = try listed(scratch)
    #expect(entries.map(\.key) == ["a/deep/er/y.tiff", "a-b/x.webp", "b/1.PNG", "b/2.jpg", "top.jpeg"])
    #expect(entries.map(\.label) == [.name("a"), .name("a-b"), .name("b"), .name("b"), nil])
    #expect(report.counts == [.otherFile: 1, .hidden: 1])
    #expect(try listed(scratch, usesFolderNames: false).entries.allSatisfy { $0.label == nil })
    #expect(try contents(entries.map(\.location)) == [[UInt8]?](repeating: [1], count: 5))
  }

  @Test func linksAreFollowedExceptInCircles() throws {
    let scratch = try Scratch()
    try scratch.write("a/1.jpg", [1])
    let manager = FileManager.default
    try manager.createSymbolicLink(atPath: "\(scratch.path)/b", withDestinationPath: "\(scratch.path)/a")
    try manager.createSymbolicLink(atPath: "\(scratch.path)/a/up", withDestinationPath: scratch.path)
    try manager.createSymbolicLink(atPath: "\(scratch.path)/a/gone.jpg", withDestinationPath: "/nowhere")
    let (entries, report) = try listed(scratch)
    #expect(entries.map(\.key) == ["a/1.jpg", "b/1.jpg"])
    #expect(report.counts == [.linkLoop: 2, .unreadable: 2])
  }

  @Test(arguments: [
    (
      "metadata.csv", "file_name,label,source\r\n1.jpg,cat,web\r\nsub/2.jpg,7,\"a,b\"\r\ngone.jpg,x,\r\n../3.jpg,x,\r\n"
    ),
    (
      "metadata.jsonl",
      """
      {"file_name": "1.jpg", "label": "cat", "source": "web"}

      {"file_name": "sub/2.jpg", "label": 7, "source": "a,b"}
      {"file_name": "gone.jpg"}
      {"file_name": "/3.jpg"}
      """
    ),
  ]) func aTableOfMetadataSaysLabelsAndFields(name: String, text: String) throws {
    let scratch = try Scratch()
    for file in ["train/1.jpg", "train/sub/2.jpg", "train/none.jpg"] { try scratch.write(file, [1]) }
    try scratch.write("train/\(name)", text)
    let (entries, report) = try listed(scratch)
    #expect(entries.map(\.key) == ["train/1.jpg", "train/sub/2.jpg"])
    #expect(entries[0].label == .name("cat") && entries[0].fields == ["source": "web"])
    #expect(entries[1].fields == ["source": "a,b"])
    #expect(report.counts == [.noRow: 1, .missingFile: 1, .unsafePath: 1])
    #expect(try listed(scratch, usesFolderNames: true).entries.map(\.label) == [.name("train"), .name("train")])
  }

  @Test func tablesThatAreDamagedAreNamed() throws {
    for (name, text) in [
      ("metadata.csv", "file_name,label\n1.jpg"), ("metadata.csv", "label,label\n"), ("metadata.csv", "label\n1\n"),
      ("metadata.jsonl", "{\"file_name\": 1}"), ("metadata.jsonl", "[]"), ("metadata.jsonl", "{"),
    ] {
      let scratch = try Scratch()
      try scratch.write("1.jpg", [1])
      try scratch.write(name, text)
      let error = #expect(throws: DatasetError.self) { try listed(scratch) }
      #expect(error?.place.contains(name) == true)
    }
    #expect(throws: FileError.self) { try ImageFolder("/nowhere").list { _ in } }
  }

  @Test(arguments: [
    ("metadata.csv", "file_name,label\n1.jpg,a\n\"2.jpg\",\"b\"\n"),
    ("metadata.jsonl", "{\"file_name\": \"1.jpg\", \"label\": 1}\n{\"file_name\": \"2.jpg\"}\n"),
  ]) func damagedTablesNeverTrap(name: String, text: String) throws {
    let scratch = try Scratch()
    for file in ["1.jpg", "2.jpg"] { try scratch.write(file, [1]) }
    var mutation = Mutation("folder \(name)")
    let refused = mutation.attack(Array(text.utf8), times: 200) {
      try scratch.write(name, $0)
      _ = try listed(scratch)
    }
    #expect(refused > 20)
  }

  @Test func oddNamesArePictures() throws {
    let scratch = try Scratch()
    let names = ["ü/\u{1F431}.jpg", "a\nb/x.jpg", "a b/'\".jpg", String(repeating: "n", count: 200) + ".jpg"]
    for name in names { try scratch.write(name, [1]) }
    #expect(Set(try listed(scratch).entries.map(\.key)) == Set(names))
  }
}

@Suite struct PathTableTests {
  @Test func rowsNamePicturesAndLabels() throws {
    let scratch = try Scratch()
    for file in ["a/1.jpg", "2.jpg"] { try scratch.write(file, [1]) }
    let text =
      "Path;Label;price\na/1.jpg;3;0,5\n./2.jpg;dog;1\ngone.jpg;1;1\n2.jpg;dog;1\n/etc/passwd;1;1\na/1.jpg;;1\n"
    let table = try PathTable(Array(text.utf8), name: "t.csv", directory: scratch.path)
    let (entries, report) = try collected(table.list)
    #expect(entries.map(\.key) == ["a/1.jpg", "2.jpg"] && entries.map(\.label) == [.number(3), .name("dog")])
    #expect(entries[0].fields == ["price": "0,5"])
    #expect(report.counts == [.missingFile: 1, .repeatedRow: 2, .unsafePath: 1])
  }

  @Test func columnsAreNamedOrFound() throws {
    func table(_ text: String, _ path: String? = nil, _ label: String? = nil) throws {
      _ = try PathTable(Array(text.utf8), name: "t", directory: ".", pathColumn: path, labelColumn: label)
    }
    try table("x,y\n", "x", "y")
    #expect(throws: DatasetError("t", "there is no such column: \"paths\" is not known; did you mean \"path\"?")) {
      try table("path,label\n", "paths")
    }
    #expect(throws: DatasetError.self) { try table("x,y\n") }
    #expect(throws: DatasetError.self) { try table("") }
  }

  @Test func damageNeverTraps() throws {
    let scratch = try Scratch()
    try scratch.write("1.jpg", [1])
    var mutation = Mutation("paths")
    let text = Array("path,label\n1.jpg,a\n\"1.jpg\",\"b\"\n".utf8)
    let refused = mutation.attack(text, times: 300) { bytes in
      _ = try collected(PathTable(bytes, name: "t", directory: scratch.path).list)
    }
    #expect(refused > 30)
  }
}

@Suite struct CIFARBinaryTests {
  private func record(_ labels: [UInt8], _ base: UInt8) -> [UInt8] {
    var bytes = labels
    for channel: UInt8 in 0..<3 {
      for place in 0..<1_024 { bytes.append(UInt8(truncatingIfNeeded: place) ^ base ^ (channel * 64)) }
    }
    return bytes
  }

  @Test func planesBecomePixels() throws {
    let content = try CIFARBinary.read(record([3], 0) + record([9], 7), .ten, name: "c")
    #expect(content.labels == [3, 9] && content.coarseLabels == nil)
    #expect(content.images.shape == .image(height: 32, width: 32, channels: 3) && content.images.count == 2)
    // 7 ^ 0, 7 ^ 64, 7 ^ 128, and the same of 6.
    let start: [UInt8] = [7, 71, 135, 6, 70, 134]
    #expect(Array(content.images.image(1).prefix(6)) == start)
    let fine = try CIFARBinary.read(record([19, 99], 0), .hundred, name: "c")
    #expect(fine.labels == [99] && fine.coarseLabels == [19])
  }

  @Test func wrongSizesAndLabelsAreRefused() {
    let tens: [[UInt8]] = [[], Array(record([3], 0).dropLast()), record([10], 0)]
    let hundreds: [[UInt8]] = [record([20, 0], 0), record([0, 100], 0), record([0], 0)]
    let cases = tens.map { ($0, CIFARBinary.Variant.ten) } + hundreds.map { ($0, CIFARBinary.Variant.hundred) }
    for (bytes, variant) in cases {
      #expect(throws: DatasetError.self) { try CIFARBinary.read(bytes, variant, name: "c") }
    }
  }

  @Test func damageNeverTraps() {
    var mutation = Mutation("cifar")
    let whole = record([3], 0) + record([4], 1)
    let refused = mutation.attack(whole, times: 200) { _ = try CIFARBinary.read($0, .ten, name: "c") }
    #expect(refused > 50)
  }
}
