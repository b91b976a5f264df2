import Core
import Sweeps

/// Strategies in words that need no study; what a pool holds is told by its data set. Others have only their names.
package enum PlainWords {
  /// What a strategy does, to follow “that is:”; nil for one that is not built in, or whose options turn it around.
  static func strategy(_ choice: StrategyChoice) -> Markup? {
    guard choice.options["order"] == nil else { return nil }
    return strategies[choice.name].map { Markup(Words(english: $0, japanese: $1)) }
  }

  private static let strategies: [String: (english: String, japanese: String)] = [
    "random": ("buy without choosing", "選ばずに無作為に購入する"),
    "class-balanced": ("buy the same number of every class", "どのクラスも同じ枚数だけ購入する"),
    "oracle-clean": ("buy only images whose label is known to be true", "ラベルが正しいと分かっている画像だけを購入する"),
    "herding": ("choose images that together look like the average of what is offered", "選んだ画像の平均が候補全体の平均に近づくように選ぶ"),
    "herding-deepcore": (
      "choose images as an older program does, far from the average of what is offered",
      "以前のプログラムと同じく、候補全体の平均から離れた画像を選ぶ"
    ),
    "cal-deepcore": (
      "choose images as an older program does, on which neighbours agree", "以前のプログラムと同じく、よく似た画像どうしで予測が一致する画像を選ぶ"
    ),
    "k-center": ("choose images as different from each other as possible", "互いにできるだけ異なる画像を選ぶ"),
    "facility-location": ("choose images so that each one offered resembles one chosen", "どの候補にも、選んだ画像の中に似たものがあるように選ぶ"),
    "graph-cut": ("choose images that stand for many others but not for each other", "多くの候補を代表し、互いには似ていない画像を選ぶ"),
    "least-confidence": ("choose images about which a first model is unsure", "試しに学習したモデルが自信をもてない画像を選ぶ"),
    "entropy": ("choose images that leave a first model undecided between classes", "試しに学習したモデルがクラスを絞り込めない画像を選ぶ"),
    "margin": ("choose images that a first model nearly takes for another class", "試しに学習したモデルが2つのクラスで迷う画像を選ぶ"),
    "forgetting": ("choose images that a first model learns and forgets again", "試しに学習したモデルが、覚えては忘れる画像を選ぶ"),
    "forgetting-zero": (
      "choose images that a first model learns and forgets again, not those it never learns",
      "試しに学習したモデルが、覚えては忘れる画像を選ぶ（一度も覚えない画像は除く）"
    ),
    "el2n": ("choose images that a first model gets most wrong", "試しに学習したモデルが大きく間違える画像を選ぶ"),
    "grand": ("choose images that would change a first model most", "試しに学習したモデルを最も大きく変える画像を選ぶ"),
    "aum": ("choose images whose label a first model finds clearly right", "試しに学習したモデルから見て、ラベルが明らかに正しい画像を選ぶ"),
    "ccs": ("leave out the hardest images, then choose evenly from easy to hard", "最も難しい画像を除き、易しいものから難しいものまで均等に選ぶ"),
    "craig": ("choose images that teach a model what all of them together would", "候補全体と同じ学習効果が得られるように選ぶ"),
    "grad-match": ("choose images that together teach a model what all would", "候補全体の学習効果を再現するように選ぶ"),
    "glister": (
      "choose images that most improve a first model on a random part of them", "無作為に選んだ一部の画像で、モデルを最も改善する画像を選ぶ"
    ),
    "contextual-diversity": (
      "choose images that confuse a first model in different ways", "試しに学習したモデルが互いに異なる迷い方をする画像を選ぶ"
    ),
    "cal": ("choose images on which a first model disagrees with their neighbours", "よく似た画像どうしで予測が食い違う画像を選ぶ"),
    "ssl-prototypes": ("group images by likeness and choose the untypical ones", "似た画像をまとめ、典型的でない画像を選ぶ"),
    "semdedup": ("leave out images that nearly repeat another one", "ほかの画像とほぼ同じ画像を除く"),
    "confident-filter": ("leave out images whose label looks wrong", "ラベルが誤っていそうな画像を除く"),
    "relabel": ("pay experts to check the most doubtful labels", "最も疑わしいラベルを、専門家に確認してもらう"),
    "knn-shapley": ("choose images that help most to recognise the others", "ほかの画像を見分けるのに最も役立つ画像を選ぶ"),
    "target-nearest": ("choose images most like those seen in use", "実際の利用環境の画像に最も似ている画像を選ぶ"),
    "target-herding": ("choose images that together look like those seen in use", "全体として、実際の利用環境の画像に似るように選ぶ"),
    "target-importance": ("prefer images as they would be seen in use", "実際の利用環境で現れやすい画像を優先して選ぶ"),
    "mix": ("split the budget in stated proportions", "決めた割合で予算を分ける"),
    "mix-search": ("try out splits of the budget on a small scale, then follow the best", "小さな規模で予算の分け方を試し、最も良い分け方に従う"),
  ]
}
