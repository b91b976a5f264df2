import Core
import Testing

/// What parts held before the pool `field` was there, by digests of a store of then: a new way of collecting changes no other.
/// Only objects that no matrix product of the host's library decides.
@Suite(.enabled(if: FashionMNIST.isInstalled)) struct PoolGoldenTests {
  private static let digests: [(part: String, object: String, digest: String)] = [
    ("web", "webImages", "37bb762d4da1dda440ba39b5bb413b6eb61d5c16d51f9d07543816527f9fcea9"),
    ("web", "expertImages", "43d9b3994acf848bb32a20a66bbbea5c2e757ea36da09cb63ab0c84c8d5efc37"),
    ("web", "deploymentImages", "f0dbc266736d8e68c118db3e5cfa1018870871e244b8f415ad602d891b141aa4"),
    ("web", "webCaptions", "2c0a0a486e497ac694909107649ed8d05e272411176012de21b431e912361b31"),
    ("expert", "observedLabels", "906aa69d8c6c12a5d0c0d60b3abfa68464329e3abe3f801053d01e29fabb5584"),
    ("expert", "sourceIDs", "101016ffdc2c4db75fc03b733f5e14609c3717f1960d027fb659bd5ef384a2f2"),
    ("retrieval-text", "images", "023339651d5a5368143dddd5580c465e39819027371fae33b37a56f87369a897"),
    ("retrieval-text", "observedLabels", "70ce8c8df70174fc56a4f5e7861f01b8069f2d9004146f9afb2fd9af3427ba76"),
    ("deployment", "testImages", "f6fdfdf9d1b55611c9dc0b5b53b561e3c35c009332d64d46ef7d85cddc7c451e"),
    ("deployment", "testLabels", "fbd7d8dbe4623f41445d89f6a03e5546a9043c3e46f45c53408d64cddd2e873e"),
    ("deployment", "targetImages", "2c444d1d7ae605b807bef7b894fbed9384647314ae75f36643c42d03ce593a0c"),
  ]

  @Test func existingPartsHoldWhatTheyHeld() throws {
    for (part, object, digest) in Self.digests {
      let bytes = try #require(BuiltParts.shared.objects[part]?[object], "\(part) has no \(object)")
      #expect("\(Digest(of: bytes))" == digest, "\(part), \(object)")
    }
  }
}
