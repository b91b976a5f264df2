import Core
import Sweeps

/// What parts of somebody's own files say of themselves.
extension Remark.Code {
  static func labels(_ origin: ManifestPool.LabelOrigin) -> Self { Self(rawValue: "files/labels-\(origin.rawValue)") }
  static let uncheckedLabels: Self = "files/unchecked-labels"
  static let synthetic: Self = "files/synthetic"
  static let partlySynthetic: Self = "files/partly-synthetic"
  static let countedSynthetic: Self = "files/counted-synthetic"
  static let unknownSynthetic: Self = "files/unknown-synthetic"
  static let otherLicences: Self = "files/other-licences"
  static let damagedFiles: Self = "files/damaged"
  static let damagedFile: Self = "files/damaged-file"
  static let otherClasses: Self = "files/other-classes"
  static let givenRepresentation: Self = "files/given-representation"
  static let takenDown: Self = "files/taken-down"
  static let unknownLicence: Self = "files/unknown-licence"
  static let ownRepresentation: Self = "files/representation"
}

enum FilesRemarks {
  /// How labels were made, as words after «images of a pool».
  static let origins: [ManifestPool.LabelOrigin: Words] = [
    .expert: Words(english: "labelled by experts", japanese: "専門家によるラベル"),
    .crowd: Words(english: "labelled by paid annotators", japanese: "クラウド作業者によるラベル"),
    .query: Words(english: "labelled by the query that found them", japanese: "検索語によるラベル"),
    .caption: Words(english: "labelled by the words beside them", japanese: "説明文によるラベル"),
    .prompt: Words(english: "labelled by what the generator was asked for", japanese: "生成時の指定によるラベル"),
    .model: Words(english: "labelled by a model", japanese: "モデルによるラベル"),
    .unknown: Words(english: "whose labels are of unknown origin", japanese: "ラベルの由来は不明"),
  ]

  /// What each code says.
  static let words: [Remark.Code: Words] = notes.merging(
    origins.map { origin, words in
      (
        .labels(origin),
        Words(
          english: words.english.prefix(1).uppercased() + words.english.dropFirst() + ", as the manifest says.",
          japanese: "\(words.japanese)です（マニフェストの記載による）。")
      )
    }
  ) { first, _ in first }

  private static let notes: [Remark.Code: Words] = [
    .uncheckedLabels: Words(
      english: "The labels that the files come with stand for the truth; nobody has checked them here.",
      japanese: "ファイルに付いていたラベルを真のラベルとみなしています。正しいかどうかは確かめていません。"),
    .synthetic: Words(english: "The manifest says that its images are synthetic.", japanese: "マニフェストによれば、合成された画像です。"),
    .partlySynthetic: Words(
      english: "The manifest says that some of its images are synthetic.", japanese: "マニフェストによれば、一部は合成された画像です。"),
    .countedSynthetic: Words(
      english: "{count} of its {samples} images are synthetic, as is said of each.",
      japanese: "画像{samples}枚のうち{count}枚が合成された画像です（画像ごとの記載による）。"),
    .unknownSynthetic: Words(
      english: "Of {count} of its images nothing says whether they are synthetic.",
      japanese: "画像{count}枚には、合成かどうかの記載がありません。"),
    .otherLicences: Words(
      english: "{count} samples were left out because the sweep does not allow their licences.",
      japanese: "スイープが許可していないライセンスのサンプル{count}件を除きました。"),
    .damagedFiles: Words(
      english: "{count} damaged files were left out.", japanese: "壊れたファイル{count}件を除きました。"),
    .damagedFile: Words(english: "Left out: {file}", japanese: "除いたもの：{file}"),
    .otherClasses: Words(
      english: "{count} samples of other classes were left out, as the manifest says.",
      japanese: "マニフェストの指定により、対象外のクラスのサンプル{count}件を除きました。"),
    .givenRepresentation: Words(
      english: "Features are those that the manifest names: of files, a program, or a network that it brings along.",
      japanese: "特徴量はマニフェストで指定されたもの（ファイル、または付属のプログラムやネットワークによるもの）です。"),
    .takenDown: Words(
      english: "{count} samples were taken down and are not used any more.", japanese: "取り下げられたサンプル{count}件を除きました。"),
    .unknownLicence: Words(
      english: "The manifest does not say under which licence its images may be used.",
      japanese: "マニフェストに利用許諾（ライセンス）の記載がありません。"),
    .ownRepresentation: Words(
      english:
        "Fitted to the images of the reference pool, without labels: 6×6 patches of all channels, contrast normalisation, ZCA, 64 spherical k-means centroids, triangle activation on squared distances, quadrant sums, standardised, unit length (after Coates & Ng 2011).",
      japanese:
        "ラベルを使わずに基準プールの画像に当てはめました：全チャンネルの6×6のパッチ、コントラスト正規化、ZCA、64個の球面k-means重心、二乗距離の三角活性化、四分割ごとの和、標準化、単位長（Coates & Ng 2011 にならう）。"
    ),
  ]
}
