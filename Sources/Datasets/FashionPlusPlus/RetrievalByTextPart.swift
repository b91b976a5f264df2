import Core
import Sweeps

/// The pool `retrieval-text`: web images whose caption holds the lemmas of exactly one class; the label is that class.
/// It reads captions, never true labels (which it only passes on for measuring).
package struct RetrievalByTextPart {
  let seed: UInt64
  /// At most so many images are kept, chosen at random.
  static let largestPool = 15_000

  func build(_ inputs: PartInputs) throws -> FashionPlusPlusBuilder.PartOutput {
    let stored = try inputs.objects(of: "web")
    let web = try SourceImages(stored, prefix: "web")
    let features = try inputs.objects(of: "representation").matrix("webFeatures", rows: web.images.count)
    let captions = try stored.bytes("webCaptions").split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard captions.count == web.images.count else {
      throw DatasetError(
        stored.place("webCaptions"), "\(captions.count) captions do not fit \(web.images.count) images")
    }
    let labels = captions.map { Self.label(ofCaption: $0) }
    let matching = labels.indices.filter { labels[$0] != nil }
    var generator = SeededGenerator(seed: seed, purpose: "retrieval-text/kept")
    let kept = generator.sample(Self.largestPool, of: matching.count).map { matching[$0] }.sorted()
    let pool = web.selecting(kept).pool(
      shift: "retrieval-text", observedLabels: kept.map { labels[$0] ?? -1 }, features: features.selecting(rows: kept),
      labelOrigin: Remark(.oneLemma))
    var facts = pool.facts
    facts.statements = [CaptionWriter.statement]
    facts.others = [
      "captionsRead": Double(captions.count), "captionsWithOneClass": Double(matching.count),
    ]
    return .init(objects: pool.objects(), facts: facts)
  }

  /// The words by which each class is known, singular and plural.
  static let lemmas: [[String]] = [
    ["t-shirt", "t-shirts", "tee", "tees", "top", "tops"], ["trouser", "trousers", "pants", "jeans"],
    ["pullover", "pullovers", "sweater", "sweaters", "jumper", "jumpers"], ["dress", "dresses", "gown", "gowns"],
    ["coat", "coats", "overcoat", "overcoats", "jacket", "jackets"], ["sandal", "sandals", "flip-flop", "flip-flops"],
    ["shirt", "shirts", "blouse", "blouses"], ["sneaker", "sneakers", "trainer", "trainers", "shoe", "shoes"],
    ["bag", "bags", "handbag", "handbags", "purse", "purses"], ["boot", "boots"],
  ]

  private static let classOfLemma: [ArraySlice<UInt8>: Int32] = Dictionary(
    uniqueKeysWithValues: lemmas.enumerated().flatMap { label, words in
      words.map { (ArraySlice($0.utf8), Int32(label)) }
    })

  /// The class of `caption`; nil when it holds the lemmas of none or of several.
  package static func label(ofCaption caption: ArraySlice<UInt8>) -> Int32? {
    var found: Int32?
    for word in caption.split(whereSeparator: { !isWordByte($0) }) {
      guard let label = classOfLemma[word] else { continue }
      if let found, found != label { return nil }
      found = label
    }
    return found
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "-")
  }
}
