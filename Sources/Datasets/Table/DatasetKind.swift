package import Core
package import Files
package import Numerics
package import Sweeps

/// A row of the table of data sets: a kind of data set that a sweep can name, how its options are read, and how its parts
/// are built.
package protocol DatasetKind: Sendable {
  /// What a sweep calls it.
  var name: String { get }
  /// What it is, in a sentence without its full stop.
  var summary: Words { get }

  /// Reads the options of a sweep's `dataset`, an object without the kind's name; `{}` means the defaults. Throws a
  /// ``ConfigurationError`` that names the place.
  func dataset(options: JSONValue, place: String) throws -> any Dataset

  /// The option that draws the pools anew: data sets that differ in it alone answer the same question. nil where there is none.
  var drawOption: String? { get }
  /// The options that say in which world the classifier will work: with others it is another question.
  var worldOptions: Set<String> { get }

  /// Whether it takes large files and objects as mapped files instead of bytes.
  var readsMappedFiles: Bool { get }

  /// Builds one part: a pure function of the request, the same bytes on every host.
  ///
  /// Throws a ``DatasetError`` when a file or an input is missing or damaged, a ``ConfigurationError`` for parameters that
  /// cannot be read, `CancellationError` once the result is no longer wanted.
  func build(_ request: PartRequest, context: TaskContext) throws -> PartOutput
}

extension DatasetKind {
  package var drawOption: String? { nil }
  package var worldOptions: Set<String> { [] }
  package var readsMappedFiles: Bool { false }
}

/// A data set as a sweep asked for it.
package protocol Dataset: Sendable {
  /// The options with every default written out: what reads as this data set again.
  var options: JSONValue { get }
  var description: DatasetDescription { get }
  /// What people call the world in which the classifier will work, in a few words.
  var world: String { get }
  /// The raw files on the disk of whoever submits the sweep.
  var files: [SourceFile] { get }

  /// Throws what is wrong with the contents of those of ``files`` that are to be checked, as far as that can be told before
  /// any part is built.
  func check(_ contents: [String: [UInt8]]) throws
  /// How large its sources are, told without decoding them; nil where that is not known or not worth knowing. Throws what
  /// cannot be read.
  func sizes() throws -> DatasetSizes?
  /// The same data set without the samples that say of themselves that they are under other licences than `licences`; with
  /// any for an empty list.
  func allowing(_ licences: [String]) -> any Dataset
}

extension Dataset {
  package var world: String { "standard world" }
  package func sizes() throws -> DatasetSizes? { nil }
  package func allowing(_ licences: [String]) -> any Dataset { self }
}

/// How large the sources of a data set are.
package struct DatasetSizes: Hashable, Sendable {
  package struct Source: Hashable, Sendable {
    /// The part that it becomes.
    package let part: String
    package let samples: Int
    /// Of its files on the disk.
    package let fileBytes: Int
    /// Of its largest file that cannot be gone through block by block, but has to be in memory as a whole.
    package let wholeFileBytes: Int

    package init(part: String, samples: Int, fileBytes: Int, wholeFileBytes: Int) {
      (self.part, self.samples, self.fileBytes) = (part, samples, fileBytes)
      self.wholeFileBytes = wholeFileBytes
    }
  }

  package let sources: [Source]
  /// Bytes of one sample in memory.
  package let sampleBytes: Int
  /// Bytes of its features.
  package let featureBytes: Int
  /// Samples that are corrupted, by each kind and severity.
  package let corruptedSamples: Int

  package init(sources: [Source], sampleBytes: Int, featureBytes: Int, corruptedSamples: Int) {
    self.sources = sources
    (self.sampleBytes, self.featureBytes, self.corruptedSamples) = (sampleBytes, featureBytes, corruptedSamples)
  }
}

/// A raw file that a data set is made from.
package struct SourceFile: Hashable, Sendable {
  /// What parts know it under.
  package let name: String
  package let path: String
  /// The option that names it, for messages.
  package let place: String
  /// What to do when it is missing; nil when the path is the user's own.
  package let remedy: String?
  /// Whether ``Dataset/check(_:)`` looks at its content; what it does not look at is read once, and need not fit into memory
  /// beside the others.
  package let isChecked: Bool
  /// Whether it is a directory, whose files travel as one tar archive.
  package let isDirectory: Bool
  /// Columns of a directory's table of metadata that travel with its files.
  package let fields: Set<String>

  package init(
    name: String, path: String, place: String, remedy: String? = nil, isChecked: Bool = true, isDirectory: Bool = false,
    fields: Set<String> = []
  ) {
    self.name = name
    self.path = path
    self.place = place
    self.remedy = remedy
    self.isChecked = isChecked
    self.isDirectory = isDirectory
    self.fields = fields
  }

  /// The same file under another name.
  package func called(_ name: String) -> SourceFile {
    SourceFile(
      name: name, path: path, place: place, remedy: remedy, isChecked: isChecked, isDirectory: isDirectory,
      fields: fields)
  }
}

/// What a part is to be built from.
package struct PartRequest {
  /// ``PartDescription/parameters``.
  package let parameters: JSONValue
  /// Raw files, by the name that the part knows them under.
  package let sources: [String: [UInt8]]
  /// The objects of the parts that it is built from, by the part's name, then the object's.
  package let inputs: [String: [String: [UInt8]]]
  /// Raw files that are too large to be read at once, instead of in ``sources``: for kinds with ``DatasetKind/readsMappedFiles``.
  package let files: [String: MappedFile]
  /// The same for objects, instead of in ``inputs``.
  package let inputFiles: [String: [String: MappedFile]]
  /// Where large objects may be written to files; nil where they have to be made in memory.
  package let workDirectory: String?
  /// Runs a program that a data set brings along; nil where such programs are not run.
  package let run: ProgramRun.Runner?

  package init(
    parameters: JSONValue, sources: [String: [UInt8]] = [:], inputs: [String: [String: [UInt8]]] = [:],
    files: [String: MappedFile] = [:], inputFiles: [String: [String: MappedFile]] = [:], workDirectory: String? = nil,
    run: ProgramRun.Runner? = nil
  ) {
    (self.files, self.inputFiles, self.workDirectory) = (files, inputFiles, workDirectory)
    self.parameters = parameters
    self.sources = sources
    self.inputs = inputs
    self.run = run
  }
}

extension PartRequest {
  /// The parts that it is built from.
  var partNames: Set<String> { Set(inputs.keys).union(inputFiles.keys) }
}

/// What a part consists of.
package struct PartOutput: Sendable {
  package let objects: [String: [UInt8]]
  /// Objects that were written to files instead.
  package let files: [String: WorkFile]
  /// What reports say of it.
  package let facts: PartFacts

  package init(objects: [String: [UInt8]], files: [String: WorkFile] = [:], facts: PartFacts) {
    self.objects = objects
    self.files = files
    self.facts = facts
  }
}

/// The kinds of data sets that come with Winnow.
package enum DatasetKinds {
  package static let builtIn: [any DatasetKind] = [FashionPlusPlusKind(), FilesKind()]
}
