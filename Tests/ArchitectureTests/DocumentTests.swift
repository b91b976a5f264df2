import Foundation
import Testing

/// Pages that name what does not exist, or that nobody finds, are mistakes too.
@Suite struct DocumentTests {
  private static let catalogue = "Sources/winnow/Winnow.docc"

  struct Page {
    /// Relative to the checkout.
    let path: String
    let text: String
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    var folder: String { path.contains("/") ? String(path[..<path.lastIndex(of: "/")!]) : "" }

    /// The fenced blocks: the word behind the fence, and the lines within.
    var blocks: [(language: String, lines: [Substring])] {
      var blocks: [(String, [Substring])] = []
      var isOpen = false
      for line in lines {
        if line.hasPrefix("```") {
          if !isOpen { blocks.append((String(line.dropFirst(3)), [])) }
          isOpen.toggle()
        } else if isOpen {
          blocks[blocks.count - 1].1.append(line)
        }
      }
      return blocks
    }

    /// Targets of links and pictures that lie in the checkout, relative to it.
    var links: [String] {
      text.matches(of: /\]\(([^)]+)\)/).map { String($0.1) }.filter { !$0.contains("://") && !$0.hasPrefix("#") }
        .map { URL(fileURLWithPath: "/\(folder)/\($0)").standardizedFileURL.path.dropFirst() }.map(String.init)
    }
  }

  private func pages() throws -> [Page] {
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(Checkout.root)/\(Self.catalogue)")
      .filter { $0.hasSuffix(".md") }.sorted()
    return try (["README.md"] + names.map { "\(Self.catalogue)/\($0)" }).map {
      Page(path: $0, text: try String(contentsOfFile: "\(Checkout.root)/\($0)", encoding: .utf8))
    }
  }

  private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: "\(Checkout.root)/\(path)") }

  @Test func theReadmeIsShort() throws {
    let readme = try #require(try pages().first)
    #expect(readme.lines.count <= 151, "150 lines and the last line's end")
  }

  @Test func everyPageIsLinkedFromTheLandingPage() throws {
    let pages = try pages()
    let landing = try #require(pages.first { $0.path == "\(Self.catalogue)/Winnow.md" })
    for page in pages where page.path != "README.md" && page.path != landing.path {
      #expect(landing.links.contains(page.path), "\(page.path)")
    }
  }

  @Test func everyLinkLeadsSomewhere() throws {
    for page in try pages() {
      for link in page.links { #expect(exists(link), "\(page.path) links to \(link)") }
    }
  }

  @Test func everyPathThatIsNamedExists() throws {
    for page in try pages() {
      for match in page.text.matches(of: /\b(?:Sources|Tests|deploy)\/[\w+\/.-]*\w/) {
        #expect(exists(String(match.0)), "\(page.path) names \(match.0)")
      }
    }
  }

  /// A block of Swift begins with a comment that names the file it is from, and stands there word for word.
  @Test func everyPieceOfCodeStandsInTheFileThatItNames() throws {
    func words(_ text: some StringProtocol) -> String {
      text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    var count = 0
    for page in try pages() {
      for block in page.blocks where block.language == "swift" {
        let path = block.lines.first.map { $0.trimmingCharacters(in: ["/", " "]) } ?? ""
        let file = try? String(contentsOfFile: "\(Checkout.root)/\(path)", encoding: .utf8)
        let code = words(block.lines.dropFirst().joined(separator: "\n"))
        #expect(file.map { words($0).contains(code) } ?? false, "\(page.path): not in \(path): \(code.prefix(80))")
        count += 1
      }
    }
    #expect(count > 10)
  }

  /// `winnow store check` and `winnow run`, wherever a page says to type them.
  @Test func everyCommandThatIsNamedExists() throws {
    let commands = try commandNames()
    for page in try pages() {
      let typed = page.blocks.filter { $0.language == "" }.flatMap(\.lines).compactMap {
        $0.wholeMatch(of: /\s*(winnow .*)/)?.1
      }
      let quoted = page.text.matches(of: /`(winnow [^`]+)`/).map(\.1)
      for command in typed + quoted {
        let words = command.split(whereSeparator: \.isWhitespace).dropFirst().map(String.init)
        let name = try #require(words.first)
        #expect(commands.top.contains(name), "\(page.path): \(command)")
        guard let subcommands = commands.below[name], words.count > 1, !words[1].hasPrefix("-") else { continue }
        #expect(subcommands.contains(words[1]), "\(page.path): \(command)")
      }
    }
  }

  /// The commands of `winnow`, and those below each that has any, as the sources declare them.
  private func commandNames() throws -> (top: Set<String>, below: [String: Set<String>]) {
    var names: [String: String] = [:]
    var children: [String: [String]] = [:]
    for file in try Checkout.files(under: "Sources/winnow") where file.module == "winnow" {
      var type = ""
      for line in file.lines {
        if let match = line.firstMatch(of: /struct (\w+): (?:Async)?ParsableCommand/) { type = String(match.1) }
        if let match = line.firstMatch(of: /commandName: "([\w-]+)"/), names[type] == nil {
          names[type] = String(match.1)
        }
      }
      // A list of subcommands belongs to the command that was named last before it.
      for piece in file.text.components(separatedBy: "commandName: ").dropFirst() {
        guard let name = piece.firstMatch(of: /"([\w-]+)"/),
          let list = piece.firstMatch(of: /subcommands: \[([^\]]*)\]/)
        else { continue }
        children[String(name.1)] = list.1.matches(of: /(\w+)\.self/).map { String($0.1) }
      }
    }
    func commands(_ types: [String]) -> Set<String> { Set(types.map { names[$0] ?? $0.lowercased() }) }
    let top = commands(children["winnow"] ?? [])
    #expect(top.isSuperset(of: ["run", "report", "store"]))
    return (top, children.filter { $0.key != "winnow" }.mapValues(commands))
  }

  /// The table of keys on the page about sweeps, and the keys that reading a sweep asks for.
  @Test(arguments: [
    ("| key | meaning | default |", "Sources/Sweeps/SweepDecoding.swift"),
    ("| key of `training` | meaning | default |", "Sources/Sweeps/TrainingSettings.swift"),
    ("| key of `augmentation` | meaning | default |", "Sources/Sweeps/AugmentationSettings.swift"),
    ("| key of `evaluation` | meaning | default |", "Sources/Sweeps/EvaluationSettings.swift"),
    ("| option | meaning | default |", "Sources/Datasets/FashionPlusPlus/FashionPlusPlusDataset.swift"),
  ]) func theSweepPageListsExactlyTheKeysThatAreRead(head: String, source: String) throws {
    let listed = try keys(below: head, on: "Sweep.md")
    let text = try String(contentsOfFile: "\(Checkout.root)/\(source)", encoding: .utf8)
    let reading = try Regex<(Substring, Substring)>(
      #"object\.(?:string|value|array|object|integer|number|bool|choice)\("(\w+)""#)
    var read = Set(text.matches(of: reading).map { String($0.1) })
    read.formUnion(text.matches(of: /axis\("(\w+)"/).map { String($0.1) })
    #expect(
      listed == read,
      "listed only: \(listed.subtracting(read).sorted()), read only: \(read.subtracting(listed).sorted())")
  }

  @Test func theClusterPageListsExactlyTheKeysThatAreRead() throws {
    let text = try String(
      contentsOfFile: "\(Checkout.root)/Sources/Cluster/Configuration/ClusterConfiguration.swift", encoding: .utf8)
    var read = Set(text.matches(of: /cluster\.(?:string|number|bool|choice)\("(\w+)"/).map { String($0.1) })
    read.formUnion(text.matches(of: /endpoints?\("(\w+)", &cluster\)/).map { String($0.1) })
    #expect(try keys(below: "| key of `cluster` | meaning | default |", on: "Cluster.md") == read)
  }

  /// The keys in the first column of a table: `` `name` ``, or several of them.
  private func keys(below head: String, on page: String) throws -> Set<String> {
    let text = try String(contentsOfFile: "\(Checkout.root)/\(Self.catalogue)/\(page)", encoding: .utf8)
    let rows = text.split(separator: "\n", omittingEmptySubsequences: false).drop { $0 != head }.dropFirst(2).prefix {
      $0.hasPrefix("|")
    }
    #expect(!rows.isEmpty, "\(page) has no table \(head)")
    return Set(rows.flatMap { $0.split(separator: "|")[0].matches(of: /`([\w.]+)`/).map { String($0.1) } })
  }
}
