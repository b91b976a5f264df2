import Reporting
import Sweeps
import Testing

@Suite("The page's structure")
struct PageStructureTests {
  private static let text = HTMLReport.render(SyntheticSweep().input)
  private static var page: Result<ParsedElement, any Error> { Result { try ParsedElement.page(text) } }

  @Test("is well-formed, in English, with a title and a viewport")
  func head() throws {
    let page = try Self.page.get()
    #expect(page.name == "html")
    #expect(page.attributes["lang"] == "en")
    #expect(page.all("title").first?.text == "Winnow report: first look")
    #expect(page.all("meta").contains { $0.attributes["name"] == "viewport" })
  }

  @Test("loads nothing, and runs nothing but its own script")
  func selfContained() throws {
    let text = Self.text
    let page = try Self.page.get()
    #expect(page.all("script").map(\.attributes) == [[:]])
    for name in ["link", "img", "iframe", "object", "embed", "base"] { #expect(page.all(name).isEmpty) }
    #expect(!text.contains("http:") && !text.contains("https:") && !text.contains("@import") && !text.contains("src="))
    let addresses = page.all.flatMap {
      $0.attributes.filter { ["href", "xlink:href", "fill"].contains($0.key) }.values
    }
    #expect(addresses.allSatisfy { $0.hasPrefix("#") || $0 == "url(#hatch)" || $0.hasPrefix("data:image/bmp;base64,") })
    #expect(page.all.allSatisfy { element in !element.attributes.keys.contains { $0.hasPrefix("on") } })
  }

  @Test("every id is unique, and every link leads to one")
  func identifiers() throws {
    let page = try Self.page.get()
    let identifiers = page.all.compactMap { $0.attributes["id"] }
    #expect(Set(identifiers).count == identifiers.count)
    let links = page.all("a").compactMap { $0.attributes["href"]?.dropFirst() }
    #expect(links.count > 5)
    for link in links { #expect(identifiers.contains(String(link)), "nothing is called \(link)") }
  }

  @Test("headings go down one level at a time, below a single first one")
  func headings() throws {
    let levels = try Self.page.get().all.compactMap { element -> Int? in
      element.name.count == 2 && element.name.hasPrefix("h") ? Int(element.name.dropFirst()) : nil
    }
    #expect(levels.first == 1)
    #expect(levels.filter { $0 == 1 }.count == 1)
    for (level, next) in zip(levels, levels.dropFirst()) { #expect(next <= level + 1) }
  }

  @Test("every table has a caption, scopes on its headers, as many cells as columns, and its own box to scroll in")
  func tables() throws {
    let page = try Self.page.get()
    let tables = page.all("table")
    #expect(tables.count > 20)
    #expect(page.all.filter { $0.has(class: "scroll") }.count == tables.count)
    for table in tables {
      let parsed = ParsedTable(table)
      #expect(parsed.caption.contains("ne row is one") || parsed.caption.contains("One row"), "\(parsed.caption)")
      #expect(table.all("th").allSatisfy { ["row", "col"].contains($0.attributes["scope"]) })
      #expect(parsed.rows.allSatisfy { $0.cells.count == parsed.columns.count - 1 && !$0.header.isEmpty })
    }
  }

  @Test("every picture says in words what it shows")
  func pictures() throws {
    let pictures = try Self.page.get().all("svg").filter { $0.attributes["aria-hidden"] != "true" }
    #expect(pictures.count > 50)
    for picture in pictures {
      #expect(picture.attributes["role"] == "img")
      #expect(picture.children.first?.name == "title" && picture.children.first?.text.isEmpty == false)
    }
    for plot in pictures where plot.has(class: "plot") { #expect(plot.all("desc").first?.children.isEmpty == true) }
  }

  @Test("names every strategy and every shift in the tables that compare them")
  func complete() throws {
    let page = try Self.page.get()
    let sweep = SyntheticSweep().sweep
    for utility in MetricCatalogue.builtIn.headline {
      let ranking = try #require(page.table("\(utility.title.english): \(utility.meaning.english)"))
      let shifts = try #require(
        page.tables.first { $0.caption.hasPrefix("\(utility.title.english) in percent, differences") })
      for strategy in sweep.strategies {
        let header = strategy.name == "oracle-clean" ? "oracle-clean not achievable" : strategy.name
        #expect(ranking.row(header) != nil)
        #expect(shifts.row(header)?.count == 6)
      }
      #expect(shifts.columns == ["Strategy"] + sweep.shifts)
    }
    let trials = try #require(page.element(id: "trials")?.tables.first)
    #expect(trials.rows.count == 180)
  }

  @Test("shows pools, their licences, and what is simulated")
  func pools() throws {
    let page = try Self.page.get()
    let pools = try #require(page.element(id: "pools"))
    let table = try #require(pools.tables.first)
    #expect(table.rows.map(\.header) == SyntheticSweep().sweep.shifts + ["field"])
    #expect(
      table.row("expert") == [
        "10,000", "1,000", "1,009", "0.0", "Observed labels of the pool.", "MIT (Fashion-MNIST, Zalando SE)",
      ])
    #expect(table.row("synthetic-text")?[3] == "not checked")
    let uncertain = try #require(page.element(id: "uncertain")).text
    #expect(uncertain.contains("retrieval-text: The alt-text of these images is simulated."))
    #expect(uncertain.contains("synthetic-image and synthetic-text: Images come from"))
    let noise = try #require(page.table("Label noise"))
    #expect(noise.row("random")?[4] == "–")
    #expect(noise.row("random")?[0] != "–")
  }

  @Test("says how to get the same numbers again, with the sweep itself")
  func reproduction() throws {
    let provenance = try #require(try Self.page.get().element(id: "provenance")).text
    #expect(provenance.contains("winnow run sweep.json"))
    #expect(provenance.contains(SyntheticSweep().sweep.id.description))
    #expect(provenance.contains("\"learningRate\": 0.05"))
    #expect(provenance.contains("Cooperlake"))
  }
}
