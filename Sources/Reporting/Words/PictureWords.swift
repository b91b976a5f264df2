import Sweeps

/// What ``PictureSection`` says.
enum PictureWords {
  static let heading = Markup(english: "What each strategy chose", japanese: "それぞれの選び方が選んだ画像")
  static let explanation = Markup(
    english:
      "Some of the images that the first seed bought, in the order of choice, a row a class as they were labelled. An orange frame marks a label that is known to be wrong; strategies never see that.",
    japanese:
      "最初のシードで購入した画像の一部です。付けられたラベルごとに1行とし、選んだ順に並べます。橙の枠は、ラベルが誤っていると分かっている画像です（選ぶときには分かりません）。")
  static func figure(_ strategy: String, _ shift: String, _ facts: Markup) -> Markup {
    Markup(
      english: "\(code: strategy) on \(code: shift): \(facts)",
      japanese: "\(code: shift) での \(code: strategy)：\(facts)")
  }
  static func facts(_ count: Int, wrong: Int, isChecked: Bool) -> Markup {
    let images = Markup(english: "\(Numbers.counted(count, "image"))", japanese: "画像\(count)枚")
    guard isChecked else {
      return Markup(english: "\(images), labels not checked", japanese: "\(images)、ラベルは未確認")
    }
    return Markup(
      english: "\(images), \(Numbers.counted(wrong, "wrong label"))", japanese: "\(images)、誤ったラベル\(wrong)枚")
  }
  static func spoken(_ facts: Markup, _ counts: [Markup]) -> Markup {
    let list = Markup.joined(counts, by: Markup(english: ", ", japanese: "、"))
    return Markup(english: "\(facts); by class: \(list)", japanese: "\(facts)。クラス別：\(list)")
  }
  static func count(_ label: String, _ count: Int) -> Markup {
    Markup(english: "\(label) \(count)", japanese: "\(label) \(count)枚")
  }
  static func cut(_ shown: Int) -> Markup {
    Markup(
      english: "To keep the page small, only the first \(shown) images of each are shown.",
      japanese: "ページを小さく保つため、それぞれ最初の\(shown)枚だけを示します。")
  }
}
