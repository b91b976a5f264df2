import Core
import Foundation
import Testing

@Suite struct PortableMathTests {
  /// The distance to the C library's value in units of its last place.
  private func places(_ ours: Double, _ theirs: Double) -> Double {
    if ours == theirs || ours.isNaN && theirs.isNaN { return 0 }
    return abs(ours - theirs) / theirs.ulp
  }

  private func samples(_ low: Double, _ high: Double, count: Int = 20_000) -> [Double] {
    var generator = SeededGenerator(seed: 1, purpose: "math \(low) \(high)")
    return (0..<count).map { _ in generator.uniform(in: low..<high) }
  }

  @Test(arguments: [(-1.0, 1.0), (-30.0, 30.0), (-700.0, 700.0)]) func expAgrees(low: Double, high: Double) {
    let worst = samples(low, high).map { places(PortableMath.exp($0), exp($0)) }.max() ?? 0
    #expect(worst <= 2, "\(worst) units in the last place")
  }

  @Test func logAgreesOverAllMagnitudes() {
    let arguments = samples(-700, 700).map { exp($0) } + samples(0.5, 2) + samples(0.999, 1.001)
    let worst = arguments.map { places(PortableMath.log($0), log($0)) }.max() ?? 0
    #expect(worst <= 2, "\(worst) units in the last place")
  }

  @Test(arguments: [1.0, 100, 99_999]) func sineAndCosineAgree(limit: Double) {
    for x in samples(-limit, limit) {
      #expect(abs(PortableMath.sin(x) - sin(x)) < 4e-16)
      #expect(abs(PortableMath.cos(x) - cos(x)) < 4e-16)
    }
  }

  @Test func hyperbolicTangentAgrees() {
    for x in samples(-25, 25) { #expect(abs(PortableMath.tanh(x) - tanh(x)) < 1e-15, "\(x)") }
  }

  @Test func powersAgree() {
    var generator = SeededGenerator(seed: 2, purpose: "powers")
    for _ in 0..<20_000 {
      let (x, y) = (generator.uniform(in: 1e-3..<100), generator.uniform(in: -5..<5))
      #expect(abs(PortableMath.pow(x, y) / pow(x, y) - 1) < 1e-14, "\(x), \(y)")
    }
  }

  @Test func theEdgesAreThoseOfTheDefinitions() {
    #expect(PortableMath.log(0) == -.infinity && PortableMath.log(.infinity) == .infinity)
    #expect(PortableMath.log(-1).isNaN && PortableMath.log(.nan).isNaN)
    #expect(PortableMath.log(1) == 0 && PortableMath.exp(0) == 1)
    #expect(PortableMath.exp(710) == .infinity && PortableMath.exp(-746) == 0 && PortableMath.exp(.nan).isNaN)
    #expect(PortableMath.exp(-.infinity) == 0 && PortableMath.exp(.infinity) == .infinity)
    #expect(PortableMath.log(.leastNonzeroMagnitude) == log(Double.leastNonzeroMagnitude))
    #expect(PortableMath.pow(0, 2) == 0 && PortableMath.pow(0, 0) == 1 && PortableMath.pow(7, 0) == 1)
    #expect(PortableMath.sin(0) == 0 && PortableMath.cos(0) == 1 && PortableMath.tanh(0) == 0)
  }

  /// The same bits on every host: their digest was computed once and written down.
  @Test func bitsAreThoseOfEveryOtherHost() {
    let builder = DigestBuilder()
    for x in samples(-50, 50, count: 2000) {
      for value in [
        PortableMath.exp(x), PortableMath.log(abs(x)), PortableMath.sin(x), PortableMath.cos(x), PortableMath.tanh(x),
      ] {
        builder.update(Array("\(value.bitPattern) ".utf8))
      }
    }
    #expect(builder.finalize().short == "f131a557737c")
  }
}
