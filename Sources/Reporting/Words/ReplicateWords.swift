/// What pairs of trials are counted in: seeds, or draws of the data set where there are several.
enum ReplicateWords {
  static func counted(_ count: Int, areDraws: Bool) -> Markup {
    areDraws
      ? Markup(english: "\(Numbers.counted(count, "draw"))", japanese: "データの引き直し\(Numbers.count(count))回")
      : Markup(english: "\(Numbers.counted(count, "seed"))", japanese: "シード\(Numbers.count(count))個")
  }

  static func further(_ count: Int, areDraws: Bool) -> Markup {
    areDraws
      ? Markup(english: "\(Numbers.counted(count, "further draw"))", japanese: "データの引き直しをあと\(Numbers.count(count))回")
      : Markup(english: "\(Numbers.counted(count, "further seed"))", japanese: "シードをあと\(Numbers.count(count))個")
  }
}
