import Core
import Sweeps

/// Strategies in words that need no study; what a pool holds is told by its data set. Others have only their names.
package enum PlainWords {
  /// What a strategy does, to follow “that is:”; nil for one that is not built in, or whose options turn it around.
  static func strategy(_ choice: StrategyChoice) -> Markup? {
    guard choice.options["order"] == nil else { return nil }
    return strategies[choice.name].map { Markup($0) }
  }

  private static let strategies: [String: Words] = [
    "random": Words(english: "buy without choosing", japanese: "選ばずに無作為に購入する"),
    "class-balanced": Words(english: "buy the same number of every class", japanese: "どのクラスも同じ枚数だけ購入する"),
    "oracle-clean": Words(
      english: "buy only images whose label is known to be true", japanese: "ラベルが正しいと分かっている画像だけを購入する"),
    "herding": Words(
      english: "choose images that together look like the average of what is offered",
      japanese: "選んだ画像の平均が候補全体の平均に近づくように選ぶ"),
    "herding-deepcore": Words(
      english: "choose images as an older program does, far from the average of what is offered",
      japanese: "以前のプログラムと同じく、候補全体の平均から離れた画像を選ぶ"),
    "cal-deepcore": Words(
      english: "choose images as an older program does, on which neighbours agree",
      japanese: "以前のプログラムと同じく、よく似た画像どうしで予測が一致する画像を選ぶ"),
    "k-center": Words(english: "choose images as different from each other as possible", japanese: "互いにできるだけ異なる画像を選ぶ"),
    "facility-location": Words(
      english: "choose images so that each one offered resembles one chosen", japanese: "どの候補にも、選んだ画像の中に似たものがあるように選ぶ"),
    "graph-cut": Words(
      english: "choose images that stand for many others but not for each other", japanese: "多くの候補を代表し、互いには似ていない画像を選ぶ"),
    "least-confidence": Words(
      english: "choose images about which a first model is unsure", japanese: "試しに学習したモデルが自信をもてない画像を選ぶ"),
    "entropy": Words(
      english: "choose images that leave a first model undecided between classes",
      japanese: "試しに学習したモデルがクラスを絞り込めない画像を選ぶ"),
    "margin": Words(
      english: "choose images that a first model nearly takes for another class", japanese: "試しに学習したモデルが2つのクラスで迷う画像を選ぶ"),
    "forgetting": Words(
      english: "choose images that a first model learns and forgets again", japanese: "試しに学習したモデルが、覚えては忘れる画像を選ぶ"),
    "forgetting-zero": Words(
      english: "choose images that a first model learns and forgets again, not those it never learns",
      japanese: "試しに学習したモデルが、覚えては忘れる画像を選ぶ（一度も覚えない画像は除く）"),
    "el2n": Words(english: "choose images that a first model gets most wrong", japanese: "試しに学習したモデルが大きく間違える画像を選ぶ"),
    "grand": Words(english: "choose images that would change a first model most", japanese: "試しに学習したモデルを最も大きく変える画像を選ぶ"),
    "aum": Words(
      english: "choose images whose label a first model finds clearly right",
      japanese: "試しに学習したモデルから見て、ラベルが明らかに正しい画像を選ぶ"),
    "ccs": Words(
      english: "leave out the hardest images, then choose evenly from easy to hard",
      japanese: "最も難しい画像を除き、易しいものから難しいものまで均等に選ぶ"),
    "craig": Words(
      english: "choose images that teach a model what all of them together would", japanese: "候補全体と同じ学習効果が得られるように選ぶ"),
    "grad-match": Words(
      english: "choose images that together teach a model what all would", japanese: "候補全体の学習効果を再現するように選ぶ"),
    "glister": Words(
      english: "choose images that most improve a first model on a random part of them",
      japanese: "無作為に選んだ一部の画像で、モデルを最も改善する画像を選ぶ"),
    "contextual-diversity": Words(
      english: "choose images that confuse a first model in different ways", japanese: "試しに学習したモデルが互いに異なる迷い方をする画像を選ぶ"),
    "cal": Words(
      english: "choose images on which a first model disagrees with their neighbours",
      japanese: "よく似た画像どうしで予測が食い違う画像を選ぶ"),
    "ssl-prototypes": Words(
      english: "group images by likeness and choose the untypical ones", japanese: "似た画像をまとめ、典型的でない画像を選ぶ"),
    "semdedup": Words(english: "leave out images that nearly repeat another one", japanese: "ほかの画像とほぼ同じ画像を除く"),
    "confident-filter": Words(english: "leave out images whose label looks wrong", japanese: "ラベルが誤っていそうな画像を除く"),
    "relabel": Words(english: "pay experts to check the most doubtful labels", japanese: "最も疑わしいラベルを、専門家に確認してもらう"),
    "knn-shapley": Words(
      english: "choose images that help most to recognise the others", japanese: "ほかの画像を見分けるのに最も役立つ画像を選ぶ"),
    "target-nearest": Words(english: "choose images most like those seen in use", japanese: "実際の利用環境の画像に最も似ている画像を選ぶ"),
    "target-herding": Words(
      english: "choose images that together look like those seen in use", japanese: "全体として、実際の利用環境の画像に似るように選ぶ"),
    "target-importance": Words(
      english: "prefer images as they would be seen in use", japanese: "実際の利用環境で現れやすい画像を優先して選ぶ"),
    "mix": Words(english: "split the budget in stated proportions", japanese: "決めた割合で予算を分ける"),
    "mix-search": Words(
      english: "try out splits of the budget on a small scale, then follow the best",
      japanese: "小さな規模で予算の分け方を試し、最も良い分け方に従う"),
  ]
}
