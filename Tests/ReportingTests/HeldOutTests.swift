import Core
import Reporting
import Sweeps
import Testing

@Suite("The choice on images that it never saw")
struct HeldOutTests {
  private func rows(_ halves: [String: (first: Double, second: Double)]) -> [Measured.Row] {
    let noise = [0.0, 0.001, -0.001]
    return ["random", "margin", "herding"].compactMap { name in
      halves[name].map { own in
        Measured.Row(
          name,
          [
            "accuracy": noise.map { (own.first + own.second) / 2 + $0 },
            "accuracy.half-1": noise.map { own.first + $0 }, "accuracy.half-2": noise.map { own.second + $0 },
          ])
      }
    }
  }

  private func text(_ rows: [Measured.Row]) throws -> String {
    try #require(try ParsedElement.page(Measured(rows: rows).input).element(id: "decision")).text
  }

  @Test("is confirmed where either half chooses the same")
  func confirmed() throws {
    let text = try text(rows(["random": (0.7, 0.72), "margin": (0.8, 0.84), "herding": (0.75, 0.75)]))
    #expect(
      text.contains(
        "Held out: either half of the test images alone chooses the same, which reaches 82.0 % on the half that did not "
          + "choose (82.0 % on all)."))
  }

  @Test("is told where a half chooses something else, with what its choice is worth")
  func other() throws {
    // On all margin leads by 80.5 to 80; the second half alone would take herding, which has 78 on the first.
    let text = try text(rows(["random": (0.7, 0.7), "margin": (0.82, 0.79), "herding": (0.78, 0.82)]))
    #expect(text.contains("Held out: one half of the test images alone would choose herding on expert;"))
    #expect(text.contains("reaches 78.5 % on the half that did not choose, where the answer has 80.5 % on all."))
  }

  @Test("is not spoken of where outcomes have no halves")
  func absent() throws {
    let plain = rows(["random": (0.7, 0.7), "margin": (0.8, 0.8)]).map { row in
      var row = row
      row.metrics = row.metrics.filter { $0.key == "accuracy" }
      return row
    }
    #expect(try !text(plain).contains("Held out"))
  }
}
