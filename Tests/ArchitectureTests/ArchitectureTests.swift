import Foundation
import Testing

/// The rules of the house, read off the source text.
@Suite struct ArchitectureTests {
  /// Which modules of this package, and of others, a target may import: the table of the architecture page.
  private static let allowed: [String: Set<String>] = {
    let page =
      (try? String(contentsOfFile: Checkout.root + "/Sources/winnow/Winnow.docc/Architecture.md", encoding: .utf8))
      ?? ""
    let lines = page.split(separator: "\n").drop { !$0.hasPrefix("| target | holds | may import |") }.dropFirst(2)
    var table: [String: Set<String>] = [:]
    for line in lines.prefix(while: { $0.hasPrefix("|") }) {
      let columns = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      let imports = Set(columns[2].split(separator: ", ").map(String.init)).subtracting(["–"])
      for target in columns[0].split(separator: " ") {
        table[target.trimmingCharacters(in: ["`"])] = imports
      }
    }
    return table
  }()

  /// What comes with the toolchain.
  private static let platform: Set<String> = [
    "Foundation", "FoundationEssentials", "Glibc", "Dispatch", "Synchronization",
  ]

  /// Targets that may know neither clock nor disk nor chance: the same calls give the same answers.
  private static let pure: Set<String> = ["Coordination", "Economics", "Statistics", "Sweeps"]

  /// `import X`, `package import X`, `import struct X.Y`: X.
  private func importedModule(_ line: Substring) -> String? {
    // Regular expressions are slow, and most lines are not imports.
    guard line.contains("import ") else { return nil }
    guard
      let match = line.wholeMatch(
        of:
          /\s*(?:@\w+(?:\(\w+\))?\s+)*(?:\w+\s+)?import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+).*/
      )
    else { return nil }
    return String(match.1)
  }

  @Test func everyTargetImportsOnlyWhatItMay() throws {
    var violations: [String] = []
    for file in try Checkout.files(under: "Sources") {
      guard let allowed = Self.allowed[file.module] else {
        violations.append("\(file.path): the target \(file.module) has no row in the table")
        continue
      }
      for module in file.lines.compactMap(importedModule) {
        let isPlatform = Self.platform.contains(module) && (!Self.pure.contains(file.module) || file.isGenerated)
        if !allowed.contains(module) && !isPlatform { violations.append("\(file.path) imports \(module)") }
      }
    }
    #expect(violations.isEmpty, "\(violations.joined(separator: "\n"))")
  }

  @Test func theTableHasNoRowWithoutATarget() throws {
    let modules = try FileManager.default.contentsOfDirectory(atPath: Checkout.root + "/Sources")
    #expect(Self.allowed.keys.sorted() == modules.sorted())
  }

  @Test func importsAreRecognisedInEveryForm() {
    for line in [
      "import Core", "package import Core", "  import Core // why", "@preconcurrency import Core",
      "import struct Core.Digest",
      "@_spi(X) public import Core",
    ] { #expect(importedModule(line[...]) == "Core", "\(line)") }
    for line in ["// import Core", "let important = 1", "\"import Core\"", "importCore()"] {
      #expect(importedModule(line[...]) == nil, "\(line)")
    }
  }

  @Test func pureTargetsAskNoClockAndNoChance() throws {
    let forbidden = /ContinuousClock|SuspendingClock|SystemRandomNumberGenerator|Date\(\)|\.random\(|\bprint\(/
    for file in try Checkout.files(under: "Sources") where Self.pure.contains(file.module) {
      for (number, line) in file.lines.enumerated() where line.firstMatch(of: forbidden) != nil {
        Issue.record("\(file.path):\(number + 1): \(line)")
      }
    }
  }

  @Test func unsafePointersStayInNumericsAndTransport() throws {
    let unsafe = /\bUnsafe|withUnsafe|unsafeBitCast|unsafeUninitializedCapacity/
    for file in try Checkout.files(under: "Sources")
    where !["Numerics", "Transport"].contains(file.module) && !file.isGenerated
      && file.text.lowercased().contains("unsafe")
    {
      for (number, line) in file.lines.enumerated() where line.firstMatch(of: unsafe) != nil {
        Issue.record("\(file.path):\(number + 1): \(line)")
      }
    }
  }

  @Test func resultsGoThroughCheckedOutput() throws {
    // What `print` writes is lost without a word when the disk is full.
    let unchecked = /(?:^|[^.\w])print\(/
    for file in try Checkout.files(under: "Sources") where file.module == "winnow" {
      for (number, line) in file.lines.enumerated()
      where line.firstMatch(of: unchecked) != nil && !line.contains("func print(") && !line.contains("try print(json") {
        Issue.record("\(file.path):\(number + 1): \(line)")
      }
    }
  }

  @Test func filesAreShortEnoughToRead() throws {
    for file in try Checkout.files(under: "Sources") + Checkout.files(under: "Tests") where !file.isGenerated {
      #expect(file.lines.count <= 400, "\(file.path) has \(file.lines.count) lines")
    }
  }

  @Test func namesKeepToTheVocabulary() throws {
    let forbidden: Set<String> = ["job", "jobs", "cell", "cells", "master", "slave", "blob", "blobs", "sampler"]
    for file in try Checkout.files(under: "Sources") where !file.isGenerated {
      // A table has cells; elsewhere the word would stand for a point of the grid.
      let words = file.module == "Reporting" ? forbidden.subtracting(["cell", "cells"]) : forbidden
      for (number, line) in file.lines.enumerated() {
        guard words.contains(where: line.lowercased().contains) else { continue }
        for name in declaredNames(line) where !words.isDisjoint(with: Self.words(in: name)) {
          Issue.record("\(file.path):\(number + 1) declares \(name)")
        }
      }
    }
  }

  @Test func noTypeIsNamedLikeAModuleOrLikeSwiftsTask() throws {
    let taken = Set(Self.allowed.keys).union(["Task"])
    let declaration = /(?:struct|class|enum|protocol|actor|typealias) (\w+)/
    for file in try Checkout.files(under: "Sources") {
      for line in file.lines
      where taken.contains(where: line.contains) && !line.drop(while: \.isWhitespace).hasPrefix("//") {
        for match in line.matches(of: declaration) where taken.contains(String(match.1)) {
          Issue.record("\(file.path) declares \(match.1)")
        }
      }
    }
  }

  private func declaredNames(_ line: Substring) -> [String] {
    guard !line.drop(while: \.isWhitespace).hasPrefix("//") else { return [] }
    return line.matches(of: /\b(?:struct|class|enum|protocol|actor|typealias|func|var|let|case)\s+(\w+)/).map {
      String($0.1)
    }
  }

  /// `taskBlobStore` gives task, blob, store.
  private static func words(in name: String) -> Set<String> {
    var words: [String] = [""]
    for character in name {
      if character.isUppercase || character == "_" { words.append("") }
      words[words.count - 1].append(character.lowercased())
    }
    return Set(words)
  }

  @Test func theTopOfTheCheckoutHoldsOnlyWhatBelongsThere() throws {
    let known: Set<String> = [
      ".ci", ".gitignore", ".swift-format", "LICENSE", "Package.swift", "README.md", "Sources", "Tests",
      "cluster.example.json", "deploy",
    ]
    guard let listing = try Checkout.run("git", ["ls-files"]), listing.status == 0 else { return }
    let top = Set(listing.output.split(separator: "\n").map { String($0.prefix { $0 != "/" }) })
    #expect(top.subtracting(known).sorted() == [])
  }
}
