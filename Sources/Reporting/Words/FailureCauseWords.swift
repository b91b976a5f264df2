import Core
import Sweeps

/// Says why an attempt at a task failed. What the task or the operating system said is quoted, in its own language.
enum FailureCauseWords {
  static func sentence(_ cause: FailureCause) -> Markup {
    switch cause {
    case .exception(let words), .told(let words), .notStarted(let words): RemarkWords.quoted(words)
    case .signalled(9):
      Markup(
        english: "the process was ended by signal 9, as the kernel does when memory runs out",
        japanese: "プロセスがシグナル9で終了しました（メモリが足りないときにカーネルが送ります）")
    case .signalled(let signal):
      Markup(english: "the process was ended by signal \(signal)", japanese: "プロセスがシグナル\(signal)で終了しました")
    case .outOfMemory(let megabytes, let limit):
      Markup(
        english: "the process took \(megabytes) MB of memory, and its worker lets a task take \(limit) MB",
        japanese: "プロセスがメモリを\(megabytes) MB使いました（ワーカーがタスクに許すのは\(limit) MBまでです）")
    case .exited(let status):
      Markup(english: "the process ended with status \(status)", japanese: "プロセスが終了ステータス\(status)で終わりました")
    case .silent(let seconds):
      Markup(english: "no progress for \(Int(seconds)) s", japanese: "\(Int(seconds))秒間、進みがありませんでした")
    case .handedBack: Markup(english: "the worker leaves", japanese: "ワーカーが離れるため、タスクを返しました")
    case .missingInput(let digest, let words):
      Markup(
        english: "input object \(digest.short): \(words)",
        japanese: "入力のオブジェクト \(code: digest.short) を得られません：\(RemarkWords.quoted(words))")
    case .notKept(let words):
      Markup(
        english: "the worker cannot keep the result: \(words)",
        japanese: "ワーカーが結果を保存できません：\(RemarkWords.quoted(words))")
    case .tooLarge(let bytes, let objects):
      Markup(
        english: "the outcome of \(bytes) bytes with \(objects) objects is too large: its values belong into objects",
        japanese: "結果（\(bytes)バイト、オブジェクト\(objects)個）が大きすぎます。値はオブジェクトに入れる必要があります")
    case .malformedResult(let words):
      Markup(
        english: "the result was malformed: \(words)", japanese: "結果の形式に誤りがあります：\(RemarkWords.quoted(words))")
    case .cannotTravel(.specificationBytes, let count, let limit):
      Markup(
        english:
          "its specification of \(count) bytes passes the limit of \(limit); shorten the options of its strategy",
        japanese: "タスクの仕様が\(count)バイトあり、上限の\(limit)バイトを超えます。選び方のオプションを短くしてください")
    case .cannotTravel(.inputs, let count, let limit):
      Markup(
        english: "its \(count) inputs pass the limit of \(limit)", japanese: "入力が\(count)個あり、上限の\(limit)個を超えます")
    case .cannotTravel(.sources, let count, let limit):
      Markup(
        english: "its \(count) sources pass the limit of \(limit)", japanese: "元のファイルが\(count)個あり、上限の\(limit)個を超えます")
    case .cannotTravel(.nameBytes, let count, let limit):
      Markup(
        english: "a name in it has \(count) bytes, and \(limit) are allowed",
        japanese: "含まれる名前の1つが\(count)バイトあります（上限は\(limit)バイト）")
    }
  }
}
