package import Core
package import Sweeps

/// What parts of fashion++ say of themselves.
extension Remark.Code {
  static let ownLabels: Self = "fashion++/own-labels"
  static let nearestExpert: Self = "fashion++/nearest-expert"
  static let oneLemma: Self = "fashion++/one-lemma"
  static let crowdMajority: Self = "fashion++/crowd-majority"
  static let sourceImage: Self = "fashion++/source-image"
  static let askedClass: Self = "fashion++/asked-class"
  static let notChecked: Self = "fashion++/not-checked"
  static let simulatedCaptions: Self = "fashion++/simulated-captions"
  static let simulatedAnnotators: Self = "fashion++/simulated-annotators"
  static let generator: Self = "fashion++/generator"
  static let representation: Self = "fashion++/representation"
  static let trainingImages: Self = "fashion++/training-images"
  static let testImages: Self = "fashion++/test-images"
  static let fieldPhotographs: Self = "fashion++/field-photographs"
  static let heldOutImages: Self = "fashion++/held-out-images"
  static let distractors: Self = "fashion++/distractors"
  static let corruptions: Self = "fashion++/corruptions"

  /// A camera whose light comes from one of the four corners.
  static func camera(fromRight: Bool, fromBelow: Bool) -> Self {
    Self(rawValue: "fashion++/camera-\(fromBelow ? "lower" : "upper")-\(fromRight ? "right" : "left")")
  }
}

/// The words of fashion++.
package enum FashionPlusPlusRemarks {
  /// What each code says.
  package static let words: [Remark.Code: Words] = origins.merging(statements) { first, _ in first }
    .merging(notes) { first, _ in first }.merging(cameras) { first, _ in first }

  private static let origins: [Remark.Code: Words] = [
    .ownLabels: Words(
      english: "The data set's own labels stand for an expert's; they are taken as true.",
      japanese: "データセット自身のラベルを専門家のラベルとみなし、正しいものとして扱います。"),
    .nearestExpert: Words(
      english: "Inherited from the most similar expert image.", japanese: "最も似ている専門家画像のラベルを受け継ぎます。"),
    .oneLemma: Words(
      english: "The one class whose lemma the (simulated) caption holds.", japanese: "（模擬的な）説明文に見出し語がただ1つ現れるクラスです。"),
    .crowdMajority: Words(
      english:
        "The majority of a (simulated) crowd, votes per image: {votes}; images that it called none of the classes are left out.",
      japanese: "（模擬的な）クラウド作業者の多数決です（画像1枚あたりの票数：{votes}）。どのクラスでもないと判断された画像は除きます。"),
    .sourceImage: Words(
      english: "The label of the expert image that it was generated from.", japanese: "生成の元になった専門家画像のラベルです。"),
    .askedClass: Words(
      english: "The class that the generator was asked for.", japanese: "生成モデルに指定したクラスです。"),
    .notChecked: Words(
      english: "What was asked for stands for the true label; whether the image shows it was not checked.",
      japanese: "真のラベルは、指定したクラスとみなしています。画像が実際にそのクラスかどうかは確かめていません。"),
  ]

  private static let statements: [Remark.Code: Words] = [
    .simulatedCaptions: Words(
      english:
        "The captions are simulated: templates with synonyms and ambiguous words (“top”, “shoe”, “shirt”); {twoThings%} name two things, {nothing%} no class, {wrongThing%} something that is not shown.",
      japanese:
        "説明文は模擬的なものです。同義語や曖昧な語（「top」「shoe」「shirt」）を含むひな形を使い、{twoThings%}は2つの物を挙げ、{nothing%}はクラス名を含まず、{wrongThing%}は写っていない物を挙げます。"
    ),
    .simulatedAnnotators: Words(
      english:
        "The annotators are simulated: {accuracy%} right per vote on average (the published accuracy of crowd workers on this data set), less on images that resemble another class; wrong answers go to classes near in the fixed representation.",
      japanese:
        "作業者は模擬的なものです。1票あたりの正答率は平均{accuracy%}（このデータセットで公表されているクラウド作業者の正答率）で、別のクラスに似た画像では低くなります。誤答は、固定の特徴表現で近いクラスに向かいます。"
    ),
    .generator: Words(
      english:
        "Class-conditional mixture of probabilistic PCA (Tipping & Bishop 1999): {dimensions} principal components of the pixels, up to {components} components a class with {directions} free directions each, fitted by classification EM to web images with the class lemmas of their captions as conditions.",
      japanese:
        "クラス条件付きの確率的主成分分析の混合モデル（Tipping & Bishop 1999）です。画素の主成分{dimensions}個、クラスごとに最大{components}個の成分、成分ごとに{directions}個の自由な方向を使い、説明文に現れるクラスの見出し語を条件として、ウェブ画像に分類EM法で当てはめました。"
    ),
  ]

  private static let notes: [Remark.Code: Words] = [
    .representation: Words(
      english:
        "Fitted to web images, without labels: 6×6 patches, contrast normalisation, ZCA, 64 spherical k-means centroids, triangle activation on squared distances, quadrant sums, standardised, unit length (after Coates & Ng 2011).",
      japanese:
        "ラベルを使わずにウェブ画像に当てはめました：6×6のパッチ、コントラスト正規化、ZCA、64個の球面k-means重心、二乗距離の三角活性化、四分割ごとの和、標準化、単位長（Coates & Ng 2011 にならう）。"
    ),
    .trainingImages: Words(
      english: "Source: Fashion-MNIST (Xiao, Rasul & Vollgraf 2017), training images.",
      japanese: "出典：Fashion-MNIST（Xiao, Rasul & Vollgraf 2017）の訓練画像。"),
    .testImages: Words(
      english: "Source: Fashion-MNIST (Xiao, Rasul & Vollgraf 2017), test images.",
      japanese: "出典：Fashion-MNIST（Xiao, Rasul & Vollgraf 2017）のテスト画像。"),
    .fieldPhotographs: Words(
      english:
        "Photographed in the deployment: its class mix and its camera. The subjects are images of the simulated web; none of them is in the target sample or in the deployment test.",
      japanese: "運用現場で撮影したものとして作りました。クラスの割合もカメラも現場と同じです。被写体は模擬的なウェブの画像で、対象サンプルにも運用テストにも含まれません。"),
    .heldOutImages: Words(
      english: "Source: Fashion-MNIST (Xiao, Rasul & Vollgraf 2017), held-out training images.",
      japanese: "出典：Fashion-MNIST（Xiao, Rasul & Vollgraf 2017）の訓練画像のうち、取り分けておいたもの。"),
    .distractors: Words(
      english:
        "A distractor blends two web images of different classes, each weighing 0.35 to 0.65; its true label: none.",
      japanese: "紛らわしい画像は、クラスの異なる2枚のウェブ画像を0.35〜0.65の重みで混ぜたもので、真のラベルは「なし」です。"),
    .corruptions: Words(
      english:
        "The corruptions are the fifteen kinds of ImageNet-C with parameters for 28×28; frost is procedural, without photographs.",
      japanese: "劣化は ImageNet-C の15種類で、パラメータは28×28画像に合わせています。霜は写真を使わず計算で作ります。"),
  ]

  private static let cameras: [Remark.Code: Words] = Dictionary(
    uniqueKeysWithValues: [false, true].flatMap { fromBelow in
      [false, true].map { fromRight in
        let names = (
          english: ["upper left", "upper right", "lower left", "lower right"],
          japanese: ["左上", "右上", "左下", "右下"]
        )
        let from = (fromBelow ? 2 : 0) + (fromRight ? 1 : 0)
        let to = 3 - from
        return (
          .camera(fromRight: fromRight, fromBelow: fromBelow),
          Words(
            english:
              "Camera: rotation up to {rotation}°, shift up to {shift} pixels, contrast {contrast} on an offset of {offset}, light falling by {gradient%} either side from \(names.english[from]) to \(names.english[to]), sensor noise of {noise}.",
            japanese:
              "カメラ：回転は最大{rotation}°、ずれは最大{shift}画素、コントラスト{contrast}（オフセット{offset}）、光は\(names.japanese[from])から\(names.japanese[to])へ両側{gradient%}ずつ弱まり、センサー雑音は{noise}。"
          )
        )
      }
    })
}
