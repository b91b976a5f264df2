import Core
import Datasets
import Formats
import Numerics
import Samples
import TestSupport
import Testing

@Suite struct StoredPoolTests {
  static let pool = Pool(
    shift: "expert", images: SampleSet(count: 3, height: 2, width: 2, pixels: Array(1...12)),
    classNames: ["a", "b \"é\""],
    observedLabels: [0, 1, -1], trueLabels: [-1, 1, 0], sourceIDs: [7, .max, 0],
    features: Matrix(rows: 3, columns: 2, values: [0.5, -1, 2, 3, 4, 5]), labelOrigin: "by hand", licence: "MIT")

  static func problem(_ change: (inout [String: [UInt8]]) -> Void) -> String? {
    var objects = pool.objects()
    change(&objects)
    do {
      _ = try Pool(objects: objects)
      return nil
    } catch { return "\(error)" }
  }

  @Test func readsBackWhatItWrote() throws {
    #expect(try Pool(objects: Self.pool.objects()) == Self.pool)
    #expect(Self.pool.objects() == Self.pool.objects())
  }

  @Test func namesTheObjectAndWhatIsWrong() {
    #expect(Self.problem { $0["images"] = nil } == "pool, object \"images\": it is missing")
    #expect(
      Self.problem { $0["trueLabels"] = NumPyArray(shape: [2], values: .int32([0, 0])).bytes }
        == "pool, object \"trueLabels\": it holds 2 rows, but 3 are needed")
    #expect(
      Self.problem { $0["observedLabels"] = NumPyArray(shape: [3], values: .int32([0, 2, 0])).bytes }
        == "pool, object \"observedLabels\": label 1 is 2, outside -1…1")
    #expect(
      Self.problem { $0["features"] = NumPyArray(shape: [3], values: .float32([0, 2, 0])).bytes }
        == "pool, object \"features\": it has rank 1, but rank 2 is needed")
    #expect(
      Self.problem { $0["sourceIDs"] = NumPyArray(shape: [3], values: .int32([0, 2, 0])).bytes }
        == "pool, object \"sourceIDs\": values of type u4 are needed")
    #expect(
      Self.problem { $0["description"] = Array("{}".utf8) }
        == "pool, object \"description\": \"classNames\" must be a list of strings")
    #expect(Self.problem { $0["description"] = Array("{".utf8) }?.contains("is not valid JSON") == true)
  }

  @Test func damageNeverTraps() {
    var mutation = Mutation("pool")
    for (name, bytes) in Self.pool.objects().sorted(by: { $0.key < $1.key }) {
      let refused = mutation.attack(bytes, times: 500) { damaged in
        _ = try Pool(objects: Self.pool.objects().merging([name: damaged]) { _, damaged in damaged })
      }
      #expect(refused > 50)
    }
  }
}

@Suite struct StoredEvaluationSetsTests {
  static let sets: EvaluationSets = {
    func images(_ count: Int, _ first: UInt8) -> SampleSet {
      SampleSet(count: count, height: 2, width: 1, pixels: (0..<UInt8(count * 2)).map { first + $0 })
    }
    func labelled(_ labels: [Int32], _ first: UInt8) -> LabelledImages {
      LabelledImages(
        images: images(labels.count, first), labels: labels,
        features: Matrix(rows: labels.count, columns: 1, values: labels.map { Float($0) / 3 }))
    }
    return EvaluationSets(
      base: labelled([0, 4, 2], 0),
      corruptions: ["fog", "snow"].flatMap { kind in
        (1...3).map { .init(kind: kind, severity: $0, images: images(2, UInt8($0 * 20 + kind.count))) }
      },
      corruptionLabels: [4, 2],
      transfer: [
        TransferTask(
          name: "coarse", labels: 3, trainingImages: images(3, 90), trainingLabels: [0, 2, 2],
          testImages: images(2, 100), testLabels: [1, 1]),
        TransferTask(
          name: "few", labels: 2, trainingImages: images(1, 120), trainingLabels: [1], testImages: images(1, 130),
          testLabels: [0]),
      ])
  }()

  @Test func readsBackWhatItWrote() throws {
    #expect(try EvaluationSets(objects: Self.sets.objects()) == Self.sets)
    let shape = try NumPyArray(reading: Self.sets.objects()["corruptionImages"]!, name: "a").shape
    #expect(shape == [2, 3, 2, 2, 1])
  }

  @Test func damageNeverTraps() {
    var mutation = Mutation("evaluation")
    for (name, bytes) in Self.sets.objects().sorted(by: { $0.key < $1.key }) {
      let refused = mutation.attack(bytes, times: 500) { damaged in
        _ = try EvaluationSets(objects: Self.sets.objects().merging([name: damaged]) { _, damaged in damaged })
      }
      #expect(refused > 50)
    }
  }
}

@Suite struct StoredDeploymentSetsTests {
  static let sets = DeploymentSets(
    test: LabelledImages(
      images: SampleSet(count: 2, height: 2, width: 1, pixels: [1, 2, 3, 4]), labels: [1, 3],
      features: Matrix(rows: 2, columns: 1, values: [0.25, 5])),
    target: SampleSet(count: 3, height: 2, width: 1, pixels: [1, 2, 3, 4, 5, 6]),
    targetFeatures: Matrix(rows: 3, columns: 1, values: [1, 2, 3]))

  @Test func readsBackWhatItWrote() throws {
    #expect(try DeploymentSets(objects: Self.sets.objects()) == Self.sets)
  }

  @Test func damageNeverTraps() {
    var mutation = Mutation("deployment")
    for (name, bytes) in Self.sets.objects().sorted(by: { $0.key < $1.key }) {
      let refused = mutation.attack(bytes, times: 500) { damaged in
        _ = try DeploymentSets(objects: Self.sets.objects().merging([name: damaged]) { _, damaged in damaged })
      }
      #expect(refused > 50)
    }
  }
}
