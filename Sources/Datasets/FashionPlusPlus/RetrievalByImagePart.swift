import Core
import Numerics
import Sweeps

/// The pool `retrieval-image`: the web images nearest to each expert image (exact, by cosine in the fixed
/// representation). A web image found by several expert images belongs to the most similar one and inherits its label.
struct RetrievalByImagePart {
  /// Neighbours asked for per expert image.
  static let neighbours = 2

  func build(_ inputs: PartInputs) throws -> FashionPlusPlusBuilder.PartOutput {
    let web = try SourceImages(inputs.objects(of: "web"), prefix: "web")
    let features = try inputs.objects(of: "representation").matrix("webFeatures", rows: web.images.count)
    let expert = try inputs.pool("expert")
    guard expert.features.columns == features.columns else {
      throw DatasetError("part retrieval-image", "the features of expert and web images differ in length")
    }
    let found = try NearestNeighbours(
      of: expert.features.matrix, among: features, count: Self.neighbours
    ) { try inputs.context.proceed($0, of: $1) }
    let owners = Self.owners(found, webCount: web.images.count)
    let kept = owners.indices.filter { owners[$0] != nil }
    let pool = web.selecting(kept).pool(
      shift: "retrieval-image", observedLabels: kept.map { expert.observedLabels[owners[$0] ?? 0] },
      features: features.selecting(rows: kept),
      labelOrigin: Remark(.nearestExpert))
    let similarity = found.similarities.reduce(0) { $0 + Double($1) } / Double(max(1, found.similarities.count))
    var facts = pool.facts
    facts.others = [
      "queries": Double(expert.count), "neighboursPerQuery": Double(Self.neighbours), "meanSimilarity": similarity,
      "searched": Double(web.images.count),
    ]
    return .init(objects: pool.objects(), facts: facts)
  }

  /// The expert image that each web image belongs to; nil where none found it. The lower index wins a tie.
  private static func owners(_ found: NearestNeighbours, webCount: Int) -> [Int?] {
    var owners = [Int?](repeating: nil, count: webCount)
    var best = [Float](repeating: -.infinity, count: webCount)
    for query in 0..<found.indices.count / found.count {
      for place in query * found.count..<(query + 1) * found.count {
        let web = Int(found.indices[place])
        guard found.similarities[place] > best[web] else { continue }
        best[web] = found.similarities[place]
        owners[web] = query
      }
    }
    return owners
  }
}
