import Sweeps

/// What ``FailuresSection`` says.
enum FailuresWords {
  static let heading = Markup(english: "Missing trials and remarks", japanese: "欠けている試行と注記")
  static let complete = Markup(
    english: "Every trial finished, and none failed.", japanese: "すべての試行が終わり、失敗はありません。")
  /// Every trial finished, and something that is measured of them did not.
  static func measures(_ failed: Int) -> Markup {
    Markup(
      english:
        "Every trial finished, but measuring them failed \(Numbers.counted(failed, "time")). Starting the same sweep again tries that once more.",
      japanese:
        "試行はすべて終わりましたが、その測定のうち\(failed)件が失敗しています。同じスイープをもう一度始めると、失敗した分をやり直します。")
  }
  static func missing(_ missing: Int, _ failed: Int) -> Markup {
    Markup(
      english:
        "\(Numbers.counted(missing, "trial")) of the sweep did not finish; for \(failed) of them a failure is recorded. Starting the same sweep again computes only what is missing.",
      japanese:
        "このスイープのうち\(missing)件の試行が終わっていません。そのうち\(failed)件には失敗の記録があります。同じスイープをもう一度始めると、欠けている分だけを計算します。")
  }
  static let failuresCaption = Markup(
    english: "One row is one failed trial.", japanese: "1行が1件の失敗した試行です。")
  static let trial = Markup(english: "Trial", japanese: "試行")
  static let reason = Markup(english: "What happened", japanese: "起きたこと")
  static let gapsCaption = Markup(
    english: "Points with missing seeds. One row is one strategy on one way of collecting.",
    japanese: "シードが欠けている条件。1行が、1つの集め方における1つの選び方です。")
  static let gaps = Markup(english: "Where seeds are missing", japanese: "シードが欠けている条件")
  static let setting = Markup(english: "Setting", japanese: "設定")
  static let seeds = Markup(english: "Seeds finished", japanese: "終わったシード")
  static func finished(_ count: Int, of expected: Int) -> Markup {
    Markup(english: "\(count) of \(expected)", japanese: "\(expected)個中\(count)個")
  }
  static let remarksCaption = Markup(
    english: "What trials remark. One row is one remark with the number of trials that make it.",
    japanese: "試行が残した注記。1行が1つの注記で、それを残した試行の数を添えます。")
  static let remarks = Markup(english: "Remarks of trials", japanese: "試行の注記")
  static let remark = Markup(english: "Remark", japanese: "注記")
  static let count = Markup(english: "Trials", japanese: "試行数")
}
