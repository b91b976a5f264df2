import Core
import Datasets
import Formats
import Numerics
import Samples
import TestSupport
import Testing

@Suite struct ManifestTests {
  private let pool = Pool(
    shift: "expert", images: SampleSet(count: 4, height: 1, width: 2, pixels: [1, 2, 3, 4, 1, 2, 9, 9]),
    classNames: ["cat, small", "dog"], observedLabels: [0, 1, 0, 1], trueLabels: [0, 1, 0, 1],
    sourceIDs: [10, 11, 12, 13], features: Matrix(rows: 4, columns: 1), labelOrigin: "", licence: "")
  private var manifest: SubsetManifest { SubsetManifest(pool: pool, subset: [3, 0, 2], labels: [1, 0, 1]) }

  @Test(arguments: SubsetManifest.Format.allCases) func everyFormComesBackAsTheSameImages(
    format: SubsetManifest.Format
  ) throws {
    let rows = try ImportedSubset(reading: manifest.bytes(format), name: "subset").rows(of: pool, name: "subset")
    #expect(format == .datacomp ? Set(rows) == [3, 0, 2] : rows == [3, 0, 2])
  }

  @Test func aNameDependsOnSourceAndPixelsAndIsTheDigestsFirstHalf() {
    let identifiers = (0..<4).map(pool.identifier)
    #expect(Set(identifiers).count == 4)
    let digest = Digest(of: [10, 0, 0, 0, 1, 2] as [UInt8]).description
    #expect(identifiers[0].description == String(digest.prefix(32)))
    #expect(SampleIdentifier(identifiers[0].description) == identifiers[0])
    #expect(SampleIdentifier(high: 1, low: 2).description == "00000000000000010000000000000002")
  }

  @Test func theTableNamesEverythingAndQuotesWhatNeedsIt() {
    let text = String(decoding: manifest.bytes(.csv), as: UTF8.self)
    let lines = text.split(separator: "\n")
    #expect(lines[0] == "uid,shift,index,source,label,class")
    #expect(lines[1] == "\(pool.identifier(of: 3)),expert,3,13,1,dog")
    #expect(lines[2].hasSuffix(",expert,0,10,0,\"cat, small\""))
  }

  @Test func dataCompReadsTheSortedHalvesOfTheNames() throws {
    let bytes = manifest.bytes(.datacomp)
    let header = String(decoding: bytes[10..<bytes.count - 48], as: UTF8.self)
    #expect(header.hasPrefix("{'descr': [('f0', '<u8'), ('f1', '<u8')], 'fortran_order': False, 'shape': (3,), }"))
    let first = try #require([3, 0, 2].map(pool.identifier).min())
    let word = bytes[(bytes.count - 48)..<(bytes.count - 40)].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    #expect(word == first.high)
  }

  @Test(arguments: [
    ("", "the file is empty"), ("uid\n", "the subset is empty"),
    ("name\n1\n", "subset, line 1: a column \"uid\" or \"index\" is needed"),
    ("uid\nxyz\n", "subset, line 2: there is no uid in the column \"uid\""),
    ("index,label\n4\n", "subset, line 2: there is no index in the column \"index\""),
    ("index\n0\n\"1\n", "subset, line 3: a quoted field is never closed"),
  ]) func badFilesAreNamedWithTheirLine(text: String, problem: String) {
    let error = #expect(throws: DatasetError.self) { try ImportedSubset(reading: Array(text.utf8), name: "subset") }
    #expect(error?.description.contains(problem) == true)
  }

  @Test func whatIsNotInThePoolIsCounted() throws {
    let error = #expect(throws: DatasetError.self) {
      try ImportedSubset.indices([0, 4, -1]).rows(of: pool, name: "subset")
    }
    #expect(error?.problem == "2 of 3 samples are not in the pool expert")
    #expect(try ImportedSubset.indices([2, 0, 2]).rows(of: pool, name: "subset") == [2, 0])
  }

  @Test func everyElementTypeOfNumPyComesBack() throws {
    let all: [NumPyArray.Values] = [
      .uint8([1, 2]), .int32([-1, 2]), .uint32([1, .max]), .int64([-1, .max]), .uint64([1, .max]), .float16([0.5, -2]),
      .float32([0.5, -2]), .float64([0.5, -2]),
      .identifiers([SampleIdentifier(high: 1, low: 2), SampleIdentifier(high: .max, low: 0)]),
    ]
    for values in all {
      let array = NumPyArray(shape: [2], values: values)
      #expect(try NumPyArray(reading: array.bytes, name: "x") == array)
    }
    #expect(NumPyArray.Values.uint64([.max]).integers == nil && NumPyArray.Values.float16([0.5]).floats == [0.5])
  }

  @Test func overlapIsTheCommonShareOfAll() {
    #expect(SubsetOverlap.jaccard([1, 2, 3] as Set, [2, 3, 4] as Set) == 0.5)
    #expect(SubsetOverlap.jaccard([1] as Set, [2] as Set) == 0)
    #expect(SubsetOverlap.jaccard([] as Set<Int>, []) == 1)
  }
}
