/// What ``HeldOut`` says.
enum HeldOutWords {
  static func sentence(_ found: HeldOut, recommended: VerdictOption) -> Markup {
    let (unseen, all) = (Numbers.value(found.unseen, of: found.metric), Numbers.value(found.all, of: found.metric))
    if found.confirms(recommended) {
      return Markup(
        english:
          "Held out: either half of the test images alone chooses the same, which reaches \(unseen) on the half that did not choose (\(all) on all).",
        japanese: "確認：テスト画像のどちらの半分だけで選んでも同じで、選ぶのに使わなかった半分では\(unseen)です（全体では\(all)）。")
    }
    let others = found.choices.filter { $0 != recommended }
    let names = Markup.list(
      of: others.enumerated().filter { place, option in !others[..<place].contains(option) }.map {
        DecisionWords.option($0.element)
      })
    return Markup(
      english:
        "Held out: \(others.count == 1 ? "one half" : "either half") of the test images alone would choose \(names); what the halves choose reaches \(unseen) on the half that did not choose, where the answer has \(all) on all.",
      japanese:
        "確認：テスト画像の\(others.count == 1 ? "片方の半分" : "どちらの半分")だけで選ぶと \(names) になります。それぞれの半分が選んだものは、選ぶのに使わなかった半分では\(unseen)、推奨した選択肢は全体で\(all)です。"
    )
  }
}
