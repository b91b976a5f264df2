import Core
import Datasets
import Formats
import Numerics
import Samples
import Sweeps
import TestSupport
import Testing

@Suite(.enabled(if: FashionMNIST.isInstalled), .serialized) struct FashionPlusPlusTests {
  let built = BuiltParts.shared

  @Test func theSplitUsesEveryTrainingImageOnce() throws {
    let expert = try built.sourceIDs("expertSourceIDs")
    let deployment = try built.sourceIDs("deploymentSourceIDs")
    let web = try built.sourceIDs("webSourceIDs")
    let real = web.filter { $0 < 60_000 }
    #expect(expert.count == 10_000 && deployment.count == 5_000 && real.count == 45_000)
    #expect(Set(expert + deployment + real) == Set(0..<60_000))
    #expect(web.count == 49_500 && Set(web).count == web.count)
    let webLabels = try built.labels("webLabels")
    #expect(zip(web, webLabels).allSatisfy { ($0 >= 1_000_000) == ($1 == -1) })
  }

  @Test func poolsHaveTheirSizesAndClasses() throws {
    #expect(counts(built.pool("expert").observedLabels) == [Int](repeating: 1_000, count: 10))
    #expect(counts(built.pool("synthetic-image").observedLabels) == [Int](repeating: 1_000, count: 10))
    #expect(counts(built.pool("synthetic-text").observedLabels) == [Int](repeating: 1_000, count: 10))
    #expect((11_000...14_500).contains(built.pool("crowdsourced").count))
    #expect((10_000...15_000).contains(built.pool("retrieval-image").count))
    #expect(built.pool("retrieval-text").count == 15_000 && built.pool("field").count == 3_000)
    for pool in built.pools.values {
      #expect(pool.classNames.count == 10 && pool.features.matrix.columns == FixedRepresentation.dimension)
      #expect(Set(pool.sourceIDs).count == pool.count, "\(pool.shift) names an image twice")
      #expect(pool.observedLabels.allSatisfy { $0 >= 0 })
      #expect(!pool.labelOrigin.code.rawValue.isEmpty && pool.licence.contains("MIT"))
    }
  }

  @Test func theFieldHasTheDeploymentsClassMixAndCameraAndNoneOfItsPictures() throws {
    let (field, deployment) = (built.pool("field"), built.deployment)
    let test = deployment.test
    for label in 0..<10 {
      let shares = [field.observedLabels, test.labels].map { labels in
        Double(labels.count { $0 == Int32(label) }) / Double(labels.count)
      }
      #expect(abs(shares[0] - shares[1]) < 0.04, "class \(label): \(shares)")
    }
    #expect(field.observedLabels == field.trueLabels)
    #expect(Set(field.sourceIDs).isDisjoint(with: try built.sourceIDs("deploymentSourceIDs")))
    // The deployment's camera makes darker parts brighter; the same subjects on the web are black around.
    func darkest(_ images: SampleSet) -> Double {
      let pixels = images.images!.pixels
      return Double(pixels.count { $0 < 8 }) / Double(pixels.count)
    }
    #expect(abs(darkest(field.images) - darkest(test.images)) < 0.02)
    #expect(darkest(built.pool("expert").images) > darkest(field.images) + 0.2)
    #expect(built.facts["field"]?.notes.map(\.code.rawValue).contains("fashion++/field-photographs") == true)
  }

  @Test func anotherWorldHasAnotherField() throws {
    let builder = FashionPlusPlusBuilder(seed: 0, crowdVotes: 1, corruptionImages: 10, deploymentWorld: 3)
    let field = try Pool(objects: built.rebuilt("field", builder).objects)
    let deployment = try DeploymentSets(objects: built.rebuilt("deployment", builder).objects)
    #expect(field.count == 3_000 && counts(field.observedLabels) != counts(built.pool("field").observedLabels))
    let shares = (counts(field.observedLabels), counts(deployment.test.labels))
    for (mine, measured) in zip(shares.0, shares.1) {
      #expect(abs(Double(mine) / 3_000 - Double(measured) / 2_500) < 0.001)
    }
  }

  @Test func poolsDifferInLabelNoise() {
    func noise(_ name: String) -> Double {
      let pool = built.pool(name)
      return Double(zip(pool.observedLabels, pool.trueLabels).count { $0 != $1 }) / Double(pool.count)
    }
    #expect(noise("expert") == 0)
    #expect((0.15...0.20).contains(noise("crowdsourced")))
    #expect((0.12...0.20).contains(noise("retrieval-image")))
    #expect((0.18...0.28).contains(noise("retrieval-text")))
    for name in BuiltParts.poolNames where !name.hasPrefix("synthetic") {
      #expect(built.facts[name]?.labelNoise == noise(name))
    }
  }

  @Test func everyPartStatesItsFacts() {
    for name in BuiltParts.poolNames {
      #expect(built.facts[name]?.count == built.pool(name).count)
      #expect(built.facts[name]?.licence?.contains("MIT") == true)
    }
    for name in ["crowdsourced", "retrieval-text", "synthetic-image", "synthetic-text"] {
      #expect(built.facts[name]?.statements.count == 1)
    }
    #expect(says(built.facts["synthetic-text"]?.statements, "probabilistic PCA"))
    #expect(says(built.facts["deployment"]?.notes, "rotation"))
    #expect(says(built.facts["retrieval-text"]?.statements, "simulated"))
  }

  private func says(_ remarks: [Remark]?, _ text: String) -> Bool {
    (remarks ?? []).contains { FashionPlusPlusRemarks.words[$0.code]?.english.contains(text) == true }
  }

  @Test func generatedImagesHaveNoKnownNoise() {
    for name in ["synthetic-image", "synthetic-text"] {
      #expect(built.facts[name]?.labelNoise == nil && built.facts[name]?.uncheckedTruth != nil)
    }
  }

  @Test func everyRemarkOfAPartHasWordsWithItsNumbers() throws {
    for (part, facts) in built.facts {
      let remarks =
        facts.statements + facts.notes + [facts.labelOrigin, facts.uncheckedTruth].compactMap(\.self)
      for remark in remarks {
        let words = try #require(FashionPlusPlusRemarks.words[remark.code], "\(part): \(remark.code.rawValue)")
        for name in remark.numbers.keys {
          for text in [words.english, words.japanese] {
            #expect(text.contains("{\(name)}") || text.contains("{\(name)%}"), "\(remark.code.rawValue): \(name)")
          }
        }
      }
    }
  }

  @Test func factsReadBackAndHoldNoSentence() throws {
    for (part, facts) in built.facts {
      #expect(try PartFacts(json: facts.json, place: part) == facts)
      var bare = facts
      (bare.licence, bare.classNames) = (nil, [])
      #expect(!bare.json.canonicalText.contains(" "), "\(part)")
    }
  }

  @Test func crowdsourcedClassesFollowZipf() {
    let truth = counts(built.pool("crowdsourced").trueLabels).sorted(by: >)
    for rank in 1..<10 {
      let ratio = Double(truth[0]) / Double(truth[rank])
      #expect(abs(ratio - Double(rank + 1)) < 0.02 * Double(rank + 1))
    }
  }

  @Test func threeVotesAreBetterThanOne() throws {
    let output = try built.rebuilt("crowdsourced", BuiltParts.builder(crowdVotes: 3))
    let one = try #require(built.facts["crowdsourced"]?.labelNoise)
    let three = try #require(output.facts.labelNoise)
    #expect(three < 0.8 * one)
    #expect(abs(try #require(output.facts.others["accuracyPerVote"]) - 0.835) < 0.01)
  }

  @Test func crowdConfusesWhatLooksAlike() {
    let pool = built.pool("crowdsourced")
    // Shirts (6) against other upper-body clothes, and against footwear and bags.
    let shirts = pool.count(where: { $0 == 6 }, called: [0, 2, 3, 4])
    let absurd = pool.count(where: { $0 == 6 }, called: [5, 7, 8, 9])
    #expect(shirts > 10 * max(1, absurd))
  }

  @Test func retrievalNeverSeesTrueLabels() throws {
    let blank = NumPyArray(shape: [49_500], values: .int32([Int32](repeating: -1, count: 49_500))).bytes
    for part in ["retrieval-image", "retrieval-text"] {
      let pool = try Pool(objects: built.rebuilt(part) { $0["web"]?["webLabels"] = blank }.objects)
      #expect(pool.observedLabels == built.pool(part).observedLabels)
      #expect(pool.sourceIDs == built.pool(part).sourceIDs)
      #expect(pool.trueLabels.allSatisfy { $0 == -1 })
    }
    let blindPool = try built.rebuilt("retrieval-text") { $0["web"]?["webLabels"] = blank }.objects
    let generator = try built.rebuilt("generator") { $0["retrieval-text"] = blindPool }
    #expect(generator.objects == built.objects["generator"])
  }

  @Test func theNearestWebImageOfAnExpertImageIsRetrievedAndMostlyInheritsItsLabel() throws {
    let (pool, expert) = (built.pool("retrieval-image"), built.pool("expert"))
    let places = Dictionary(uniqueKeysWithValues: zip(pool.sourceIDs, pool.observedLabels.indices))
    let web = try #require(built.objects["representation"]?["webFeatures"])
    let array = try NumPyArray(reading: web, name: "webFeatures")
    guard case .float32(let values) = array.values else {
      Issue.record("features are floats")
      return
    }
    let features = Matrix(rows: array.shape[0], columns: array.shape[1], values: values)
    let sample = Array(stride(from: 0, to: expert.count, by: 50))
    let nearest = Kernels.rowArgmax(
      expert.features.matrix.selecting(rows: sample).multiplied(by: features, transposedOther: true))
    let sourceIDs = try built.sourceIDs("webSourceIDs")
    var inherited = 0
    for (query, web) in zip(sample, nearest) {
      let place = try #require(places[sourceIDs[Int(web)]])
      // Another expert image may be nearer to the same web image.
      inherited += pool.observedLabels[place] == expert.observedLabels[query] ? 1 : 0
    }
    #expect(Double(inherited) > 0.85 * Double(sample.count) && inherited < sample.count)
  }

  @Test func generatedImagesLookLikeTheirClassButAreNew() {
    for name in ["synthetic-image", "synthetic-text"] {
      let (pool, expert) = (built.pool(name), built.pool("expert"))
      let sample = Array(0..<1_000)
      let similarities = pool.features.matrix.selecting(rows: sample).multiplied(
        by: expert.features.matrix, transposedOther: true)
      let nearest = Kernels.rowArgmax(similarities)
      let same = zip(sample, nearest).count { pool.observedLabels[$0] == expert.observedLabels[Int($1)] }
      #expect((500...950).contains(same), "\(name): \(same)")
      #expect(Set((0..<pool.count).map { Array(pool.images.image($0)) }).count == pool.count)
    }
  }

  private func counts(_ labels: [Int32]) -> [Int] {
    (0..<10).map { label in labels.count { $0 == Int32(label) } }
  }
}

extension Pool {
  fileprivate func count(where truth: (Int32) -> Bool, called labels: Set<Int32>) -> Int {
    zip(trueLabels, observedLabels).count { truth($0) && labels.contains($1) }
  }
}
