/// A sentence that the store holds in English: a remark of a trial, a statement about a pool. Readers of other languages
/// get the known ones translated and the others quoted.
enum StoredSentence {
  /// `sentence` as it is in English; in Japanese its translation, or itself as an English quotation.
  static func markup(_ sentence: String) -> Markup {
    let (form, numbers) = form(of: sentence)
    guard let japanese = translations[form] else {
      return Markup(english: "\(sentence)", japanese: "\(.element("q", ["lang": "en"], [.text(sentence)]))")
    }
    var rest = numbers[...]
    let pieces = japanese.split(separator: "{}", omittingEmptySubsequences: false).map(String.init)
    let filled = pieces.dropFirst().reduce(pieces[0]) { $0 + (rest.popFirst() ?? "") + $1 }
    return Markup(english: "\(sentence)", japanese: "\(filled)")
  }

  /// The sentence with `{}` for every number, and the numbers.
  private static func form(of sentence: String) -> (form: String, numbers: [String]) {
    var (form, numbers, isInNumber) = ("", [String](), false)
    for character in sentence {
      guard character.isNumber else {
        form.append(character)
        isInNumber = false
        continue
      }
      if isInNumber {
        numbers[numbers.count - 1].append(character)
      } else {
        form += "{}"
        numbers.append(String(character))
      }
      isInNumber = true
    }
    return (form, numbers)
  }

  /// Numbers keep their order in both languages.
  private static let translations: [String: String] = remarks.merging(pools) { first, _ in first }

  private static let remarks = [
    "This row is a reference that nobody can achieve: it is told what only the finished work could tell.":
      "この行は誰にも実現できない参考値です。作業が終わってからでなければ分からないことを教えられています。",
    "All {} images of the pool were bought, so nothing was left to choose.":
      "候補プールの{}枚をすべて購入したため、選ぶ余地がありませんでした。",
    "All {} images of the pool were looked at, and {} of them bought.": "候補プールの{}枚をすべて調べ、そのうち{}枚を購入しました。",
    "Only {} images were acceptable, although the budget allows {}.": "条件に合う画像は{}枚だけでした（予算では{}枚まで購入できます）。",
    "All candidates were looked at.": "候補をすべて調べました。",
  ]

  private static let pools = [
    "The data set's own labels stand for an expert's; they are taken as true.":
      "データセット自身のラベルを専門家のラベルとみなし、正しいものとして扱います。",
    "Inherited from the most similar expert image.": "最も似ている専門家画像のラベルを受け継ぎます。",
    "The one class whose lemma the (simulated) caption holds.": "（模擬的な）説明文に見出し語がただ1つ現れるクラスです。",
    "The majority of {} votes of a (simulated) crowd; images that it called none of the classes are left out.":
      "（模擬的な）クラウド作業者{}票の多数決です。どのクラスでもないと判断された画像は除きます。",
    "The majority of {} vote of a (simulated) crowd; images that it called none of the classes are left out.":
      "（模擬的な）クラウド作業者{}票の判断です。どのクラスでもないと判断された画像は除きます。",
    "The label of the expert image that it was generated from.": "生成の元になった専門家画像のラベルです。",
    "The class that the generator was asked for.": "生成モデルに指定したクラスです。",
    "what was asked for; whether the image shows it was not checked": "指定したクラスです。画像が実際にそのクラスかどうかは確かめていません。",
    "true label: what was asked for; whether the image shows it was not checked":
      "真のラベルは、指定したクラスとみなしています。画像が実際にそのクラスかどうかは確かめていません。",
    "Class-conditional mixture of probabilistic PCA (Tipping & Bishop {}): {} principal components of the pixels, up to {} components a class with {} free directions each, fitted by classification EM to web images with the class lemmas of their captions as conditions.":
      "クラス条件付きの確率的主成分分析の混合モデル（Tipping & Bishop {}）です。画素の主成分{}個、クラスごとに最大{}個の成分、成分ごとに{}個の自由な方向を使い、説明文に現れるクラスの見出し語を条件として、ウェブ画像に分類EM法で当てはめました。",
    "The annotators are simulated: {}.{} % right per vote on average (the published accuracy of crowd workers on this data set), less on images that resemble another class; wrong answers go to classes near in the fixed representation.":
      "作業者は模擬的なものです。1票あたりの正答率は平均{}.{} %（このデータセットで公表されているクラウド作業者の正答率）で、別のクラスに似た画像では低くなります。誤答は、固定の特徴表現で近いクラスに向かいます。",
    "The captions are simulated: templates with synonyms and ambiguous words (\"top\", \"shoe\", \"shirt\"); {} % name two things, {} % no class, {} % something that is not shown.":
      "説明文は模擬的なものです。同義語や曖昧な語（「top」「shoe」「shirt」）を含むひな形を使い、{} %は2つの物を挙げ、{} %はクラス名を含まず、{} %は写っていない物を挙げます。",
  ]
}
