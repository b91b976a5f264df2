import Core
import Sweeps

/// Writes the simulated alt-texts of the web. Only this simulation of a web page's author knows what an image shows;
/// whoever retrieves by text sees the words alone.
struct CaptionWriter {
  let seed: UInt64

  /// Shares of captions that name two things, nothing, or something that is not there (copied from another page).
  static let twoThings = 0.10
  static let nothing = 0.14
  static let wrongThing = 0.08

  static let statement = Remark(
    .simulatedCaptions, numbers: ["twoThings": twoThings, "nothing": nothing, "wrongThing": wrongThing])

  /// What authors call the things of each class; a word as often as it occurs. Some are lemmas of another class.
  private static let words: [[String]] = [
    ["t-shirt", "t-shirt", "t-shirt", "tee", "tee", "top", "top", "shirt"],
    ["trousers", "trousers", "pants", "pants", "jeans"],
    ["pullover", "pullover", "sweater", "sweater", "sweater", "jumper", "top"],
    ["dress", "dress", "dress", "dress", "gown"],
    ["coat", "coat", "coat", "jacket", "jacket", "overcoat"],
    ["sandals", "sandals", "sandal", "flip-flops", "shoes", "shoe"],
    ["shirt", "shirt", "shirt", "blouse", "blouse", "dress shirt", "top"],
    ["sneakers", "sneakers", "sneaker", "trainers", "shoes", "shoe"],
    ["bag", "bag", "handbag", "handbag", "purse"],
    ["ankle boots", "ankle boots", "boots", "boots", "ankle boot", "shoes"],
  ]
  private static let templates = [
    "* for women", "* for men", "buy * online", "photo of a *", "the perfect *, now on sale", "*, size M", "casual *",
    "my new * arrived today", "vintage * in good condition", "* - free delivery", "black *", "* from last season",
  ]
  private static let pairTemplates = ["* with matching #", "outfit: * and #", "* or #? you decide", "sale on * and #"]
  private static let vagueTexts = [
    "new arrivals", "img_4821", "style of the week", "product photo", "what i wore today", "summer collection 2017",
    "click to enlarge", "our bestseller in black",
  ]

  /// One caption an image.
  ///
  /// - Parameters:
  ///   - labels: what each image shows; −1 for distractors.
  ///   - distractors: the two classes that the distractor at a place blends.
  func captions(labels: [Int32], distractors: [Int: (Int32, Int32)]) -> [String] {
    var generator = SeededGenerator(seed: seed, purpose: "web/captions")
    return labels.enumerated().map { place, label in
      guard let blended = distractors[place] else { return caption(Int(label), &generator) }
      return distractorCaption(Int(blended.0), Int(blended.1), &generator)
    }
  }

  private func caption(_ label: Int, _ generator: inout SeededGenerator) -> String {
    let draw = generator.uniform()
    if draw < Self.twoThings { return pair(label, other(than: label, &generator), &generator) }
    if draw < Self.twoThings + Self.nothing { return Self.pick(Self.vagueTexts, &generator) }
    let wrong = draw < Self.twoThings + Self.nothing + Self.wrongThing
    return single(wrong ? other(than: label, &generator) : label, &generator)
  }

  /// A blend is called by one of its halves, by both, or by neither.
  private func distractorCaption(_ first: Int, _ second: Int, _ generator: inout SeededGenerator) -> String {
    switch generator.integer(below: 3) {
    case 0: single(generator.integer(below: 2) == 0 ? first : second, &generator)
    case 1: pair(first, second, &generator)
    default: Self.pick(Self.vagueTexts, &generator)
    }
  }

  private func single(_ label: Int, _ generator: inout SeededGenerator) -> String {
    let template = Self.pick(Self.templates, &generator)
    return Self.filled(template, "*", Self.pick(Self.words[label], &generator))
  }

  private func pair(_ first: Int, _ second: Int, _ generator: inout SeededGenerator) -> String {
    let template = Self.pick(Self.pairTemplates, &generator)
    let half = Self.filled(template, "*", Self.pick(Self.words[first], &generator))
    return Self.filled(half, "#", Self.pick(Self.words[second], &generator))
  }

  private func other(than label: Int, _ generator: inout SeededGenerator) -> Int {
    (label + 1 + generator.integer(below: Self.words.count - 1)) % Self.words.count
  }

  private static func pick(_ texts: [String], _ generator: inout SeededGenerator) -> String {
    texts[generator.integer(below: texts.count)]
  }

  private static func filled(_ template: String, _ mark: Character, _ word: String) -> String {
    guard let place = template.firstIndex(of: mark) else { return template }
    return template[..<place] + word + template[template.index(after: place)...]
  }
}
