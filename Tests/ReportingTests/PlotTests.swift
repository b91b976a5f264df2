import Core
import Economics
import Foundation
import Reporting
import Results
import Sweeps
import Testing

/// Plots as they are drawn on the page.
@Suite("Plots") struct PlotTests {
  private func number(_ element: ParsedElement, _ name: String) -> Double {
    Double(element.attributes[name]?.filter { $0 != "%" } ?? "") ?? .nan
  }

  private func randomRows(_ generator: inout SeededGenerator, strategies: Int, seeds: Int) -> [Measured.Row] {
    (0..<strategies).flatMap { index in
      ["expert", "crowdsourced"].map { shift in
        Measured.Row(
          index == 0 ? "random" : "strategy \(index)", on: shift,
          ["accuracy": (0..<seeds).map { _ in 0.6 + 0.2 * generator.uniform() }],
          spending: [.acquire: 20 + 30 * generator.uniform()])
      }
    }
  }

  @Test("ticks of an axis are round, ascend with equal steps, and lie within the frame") func axes() throws {
    var generator = SeededGenerator(seed: 1, purpose: "axes")
    for round in [0, 2, 5] {
      let rows = randomRows(&generator, strategies: 2 + round, seeds: 2)
      let page = try PageChecks.page(Measured(rows: rows).input)
      let plots = page.all("svg").filter { plot in
        plot.has(class: "plot") && !plot.has(class: "wide")
          && plot.all("text").contains { $0.has(class: "axis-title") }
      }
      #expect(!plots.isEmpty)
      for plot in plots {
        let ticks = plot.all("text").filter { $0.has(class: "tick") && $0.attributes["text-anchor"] == "end" }
        let values = ticks.compactMap { Double($0.text.replacingOccurrences(of: "−", with: "-")) }
        let heights = ticks.map { number($0, "y") }
        #expect(values.count == ticks.count && values.count >= 2 && values.count <= 8, "\(ticks.map(\.text))")
        let steps = zip(values.dropFirst(), values).map { $0 - $1 }
        let step = try #require(steps.first)
        #expect(steps.allSatisfy { abs($0 - step) < 1e-9 } && step > 0)
        // 1, 2 or 5 times a power of ten.
        let mantissa =
          step / PortableMath.pow(10, (PortableMath.log(step) / PortableMath.log(10) + 1e-9).rounded(.down))
        #expect([1, 2, 5].contains { abs(mantissa - $0) < 1e-6 }, "\(step)")
        #expect(heights == heights.sorted(by: >) && heights.allSatisfy { (0...300).contains($0) })
      }
    }
  }

  @Test("marks stand where their values are, between the ticks") func marks() throws {
    let rows = [("random", 0.60, 20.0), ("margin", 0.70, 30), ("herding", 0.80, 40)].map { name, value, cost in
      Measured.Row(name, ["accuracy": [value]], spending: [.acquire: cost])
    }
    let page = try PageChecks.page(Measured(rows: rows).input)
    let plot = try #require(
      page.all("svg").first { $0.has(class: "plot") && $0.all("path").contains { $0.has(class: "mark") } })
    /// The first corner of a mark; all belong to one pool, so that all have one shape.
    let places = plot.all("path").filter { $0.has(class: "mark") }.map {
      mark -> (x: Double, y: Double, title: String) in
      let start = mark.attributes["d"]!.dropFirst().split { !"-.0123456789".contains($0) }.compactMap { Double($0) }
      return (start[0], start[1], mark.all("title").first!.text)
    }.sorted { $0.x < $1.x }
    #expect(places.count == 3)
    #expect(zip(places, ["random", "margin", "herding"]).allSatisfy { $0.title.hasPrefix($1) })
    // Equal steps in cost and utility are equal steps on the page, up to the right.
    #expect(abs((places[1].x - places[0].x) - (places[2].x - places[1].x)) < 0.21 && places[1].x > places[0].x)
    #expect(abs((places[1].y - places[0].y) - (places[2].y - places[1].y)) < 0.21 && places[1].y < places[0].y)
    // None beats another: all are on the front, which is a staircase of five corners.
    #expect(plot.all("path").filter { $0.has(class: "onFront") }.count == 3)
    let steps = try #require(plot.all("path").first { $0.attributes["class"] == "front" }).attributes["d"]!
    #expect(steps.filter { $0 == "L" }.count == 4)
  }

  @Test("names at the ends of curves keep their distance and their order") func names() throws {
    let names = ["random", "a", "b", "c", "d", "e", "f"]
    let rows = names.enumerated().flatMap { index, name in
      [25.0, 50, 100].map { Measured.Row(name, budget: $0, ["accuracy": [0.7 + 0.0001 * Double(index)]]) }
    }
    let page = try PageChecks.page(Measured(rows: rows).input)
    let plot = try #require(page.element(id: "curves")?.all("svg").first { $0.has(class: "plot") })
    let labels = plot.all("text").filter { $0.has(class: "label") }
    #expect(Set(labels.map(\.text)) == Set(names))
    let heights = labels.map { number($0, "y") }.sorted()
    #expect(zip(heights.dropFirst(), heights).allSatisfy { $0 - $1 > 11.8 } && heights.last! < 300)
    let byHeight = labels.sorted { number($0, "y") > number($1, "y") }.map(\.text)
    #expect(byHeight == names, "the best is the highest")
    #expect(plot.all("circle").count == 21)
  }

  @Test("strips share one scale: whiskers hold the mark, and zero is in one place") func strips() throws {
    var generator = SeededGenerator(seed: 2, purpose: "strips")
    for _ in 0..<2 {
      let rows = randomRows(&generator, strategies: 6, seeds: 3)
      let page = try PageChecks.page(Measured(rows: rows).input)
      let table = try #require(page.all("table").first { $0.has(class: "ranking") })
      let strips = table.all("svg").filter { $0.has(class: "strip") }
      #expect(strips.count == 6)
      let zeros = Set(strips.map { $0.all("line").first { $0.has(class: "zero") }!.attributes["x1"]! })
      #expect(zeros.count == 1)
      let zero = Double(zeros.first!.dropLast())!
      for strip in strips {
        guard let dot = strip.all("circle").first else { continue }
        let place = number(dot, "cx")
        #expect((0...100).contains(place))
        if dot.has(class: "better") { #expect(place >= zero) }
        if dot.has(class: "worse") { #expect(place <= zero) }
        guard let whisker = strip.all("line").first(where: { $0.has(class: "whisker") }) else { continue }
        let (low, high) = (number(whisker, "x1"), number(whisker, "x2"))
        #expect(low <= place && place <= high && low >= 0 && high <= 100)
        // Filled when the interval leaves out 0.
        #expect(
          dot.has(class: "clear") == (low > zero || high < zero) || abs(low - zero) < 0.2 || abs(high - zero) < 0.2)
      }
    }
  }

  @Test("pictures come a row a class; more than nine of one class are counted") func rows() throws {
    let pictures = (0..<14).map { index in
      Picture(width: 1, height: 1, pixels: [UInt8(index)], label: index < 12 ? "bag" : "<coat>", isWrong: index == 0)
    }
    let input = HandMade.input(["random": ["expert": [0.5]]], seeds: 1)
      .with(pictures: [PictureGrid(strategy: NamedChoice(name: "random"), shift: "expert", pictures: pictures)])
    let section = try #require(try PageChecks.page(input).element(id: "pictures"))
    let figure = try #require(section.all("figure").first)
    #expect(figure.text.contains("14 images, 1 wrong label"))
    let texts = figure.all("text").map(\.text)
    #expect(Set(texts) == ["bag", "<coat>", "+3"])
    #expect(figure.all("image").count == 2)
  }

  @Test("one line a way of collecting, best first, with random's place") func sources() throws {
    let rows = [
      Measured.Row("random", on: "expert", ["accuracy": [0.7]]),
      Measured.Row("margin", on: "expert", ["accuracy": [0.75]]),
      Measured.Row("random", on: "crowdsourced", ["accuracy": [0.8]]),
      Measured.Row("margin", on: "web", ["accuracy": [0.6]]),
    ]
    let page = try PageChecks.page(Measured(rows: rows).input)
    let plot = try #require(page.all("svg").first { $0.has(class: "wide") })
    let best = plot.all("circle").filter { $0.has(class: "best") }
    let heights = best.map { number($0, "cy") }
    #expect(best.count == 3 && heights == heights.sorted() && best[0].has(class: "recommended"))
    let places = best.map { number($0, "cx") }
    #expect(places == places.sorted(by: >))
    // Random was not tried on the web; elsewhere its dot is never to the right of the best.
    let dots = plot.all("circle").filter { $0.has(class: "dot") }
    #expect(dots.count == 2)
    for dot in dots {
      #expect(best.contains { number($0, "cy") == number(dot, "cy") && number($0, "cx") >= number(dot, "cx") })
    }
  }
}
