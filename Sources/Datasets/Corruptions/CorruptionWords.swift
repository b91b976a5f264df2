import Core

extension CorruptionKind {
  /// What reports say of each kind, in the order of the cases: what images are shown under.
  package static let things: [MeasuredThing] = allCases.map { kind in
    MeasuredThing(name: kind.rawValue, title: kind.words, meaning: kind.words)
  }

  private var words: Words {
    switch self {
    case .gaussianNoise: Words(english: "gaussian noise", japanese: "ガウスノイズ")
    case .shotNoise: Words(english: "shot noise", japanese: "ショットノイズ")
    case .impulseNoise: Words(english: "impulse noise", japanese: "インパルスノイズ")
    case .defocusBlur: Words(english: "defocus blur", japanese: "ピンぼけ")
    case .glassBlur: Words(english: "glass blur", japanese: "すりガラス")
    case .motionBlur: Words(english: "motion blur", japanese: "動きぶれ")
    case .zoomBlur: Words(english: "zoom blur", japanese: "ズームぶれ")
    case .snow: Words(english: "snow", japanese: "雪")
    case .frost: Words(english: "frost", japanese: "霜")
    case .fog: Words(english: "fog", japanese: "霧")
    case .brightness: Words(english: "brightness", japanese: "明るさ")
    case .contrast: Words(english: "contrast", japanese: "コントラスト")
    case .elastic: Words(english: "elastic", japanese: "弾性変形")
    case .pixelate: Words(english: "pixelate", japanese: "画素の粗さ")
    case .jpeg: Words(english: "jpeg", japanese: "JPEG圧縮")
    }
  }
}
