package import Core
import Formats
import Samples
package import Sweeps

/// What a source holds, found by reading all of it: what `winnow dataset inspect` shows.
package struct SourceSurvey: Sendable {
  /// Samples that could be read, whatever their class.
  package private(set) var samples = 0
  /// How many samples have each label, as the source calls it.
  package private(set) var labels: [String: Int] = [:]
  package private(set) var unlabelled = 0
  package private(set) var damaged = 0
  /// Samples that the source's takedown list names.
  package private(set) var takenDown = 0
  /// What was passed over because it is no picture, by the reason in words.
  package private(set) var passedOver: [String: Int] = [:]
  /// Some of the damaged files with what is wrong.
  package private(set) var examples: [String] = []
  /// The shorter sides of pictures before they are fitted, pixels.
  package private(set) var sides: [Int] = []
  /// How many pictures are of each kind: `jpeg colour`, `png palette`.
  package private(set) var kinds: [String: Int] = [:]
  /// What is odd about pictures that can be used (`misnamed`, `repaired`, …), with how many.
  package private(set) var oddities: [String: Int] = [:]
  /// The digest of each sample after fitting, in the order of the source.
  package private(set) var contents: [Digest] = []

  /// What samples say of themselves; empty where nothing is asked.
  package private(set) var origins = OriginCounts()

  private static let exampleLimit = 50

  package init() {}

  /// Adds what one file of `source` holds, fitted as `rule` says; `sample` is given each sample that could be read.
  /// `classCount` is nil as long as nobody knows the classes. Of a pool, `origin` is what its samples may say of themselves, with
  /// the files beside an array that say it. Throws a ``DatasetError`` for a file that cannot be read at
  /// all.
  package mutating func add(
    _ content: SurveyedFile, labels: [UInt8]?, of source: ManifestSource, rule: SampleRule,
    classCount: Int? = nil, origin: PoolOrigin? = nil, context: TaskContext = .unobserved,
    sample: (SurveyedSample) throws -> Void = { _ in }
  ) throws {
    let takedown = Takedown(source.takedown)
    let statements = try origin?.statements()
    guard case .pictures(let file) = content else {
      return try addArray(content, labels, source, rule, takedown, statements, context, sample)
    }
    guard rule.isImage else {
      throw DatasetError("samples", "\(source.format.rawValue) holds images, and the data set's samples are vectors")
    }
    let fitting = ImageFitting(rule)
    let entries = SourceEntries(
      format: source.format, labelField: source.labelField, classCount: classCount,
      context: context)
    let passed = try entries.forEach(in: file) { entry in
      if source.format.hasKeys, takedown.holds(key: entry.key) {
        takenDown += 1
        return
      }
      let said: SampleOrigins.Statement?
      do throws(SampleStatements.Problem) { said = try statements?.statement(entry.fields.value(of:)) } catch {
        addDamaged(entry.name, error.reason)
        return
      }
      let fitted: [UInt8]
      do throws(ImageProblem) {
        let (pixels, findings) = try fitting.inspected(entry.content, name: entry.name)
        if takedown.holds(sourceID: SampleKey.sourceID(entry.key), content: pixels) {
          takenDown += 1
          return
        }
        sides.append(min(findings.height, findings.width))
        kinds["\(findings.format) \(findings.mode)", default: 0] += 1
        for remark in findings.remarks { oddities[remark.rawValue, default: 0] += 1 }
        fitted = pixels
      } catch {
        addDamaged(entry.name, error.description)
        return
      }
      count(entry.label, Digest(of: fitted))
      if let said, let statements { origins.add(statements.counts(of: said)) }
      try sample(.pixels(fitted))
    } damaged: {
      addDamaged($0, $1)
    }
    for (reason, count) in passed.passedOver { passedOver[reason.words, default: 0] += count }
  }

  private mutating func addArray(
    _ content: SurveyedFile, _ file: [UInt8]?, _ source: ManifestSource, _ rule: SampleRule, _ takedown: Takedown,
    _ statements: SampleStatements?, _ context: TaskContext, _ sample: (SurveyedSample) throws -> Void
  ) throws {
    let every = BlockParameters(
      format: source.format, rule: rule, classes: [], labelField: source.labelField, classMap: [:],
      leavesOutOthers: false, needsLabels: false, member: source.member)
    let texts = try ArraySource.labels(in: content, every, file)
    let block = try content.block(every, context)
    let count = block.samples.count + block.leftOut.damaged
    if let texts, texts.count != count {
      throw DatasetError("the labels", "there are \(texts.count) labels for \(count) samples")
    }
    try statements?.check(count: count)
    for index in 0..<(statements == nil ? 0 : count) {
      do throws(SampleStatements.Problem) {
        origins.add(statements!.counts(of: try statements!.statement(ofRow: index)))
      } catch {
        addDamaged("row \(index)", error.reason)
      }
    }
    for text in texts ?? [] { labels[text, default: 0] += 1 }
    unlabelled += texts == nil ? count : 0
    damaged += block.leftOut.damaged
    examples = Array((examples + block.leftOut.examples).prefix(Self.exampleLimit))
    for index in 0..<block.samples.count {
      let content = block.samples.bytes(of: index)
      guard !takedown.holds(sourceID: block.sourceIDs[index], content: content) else {
        takenDown += 1
        continue
      }
      samples += 1
      contents.append(Digest(of: content))
      switch block.samples {
      case .images: try sample(.pixels(content))
      case .vectors(let rows): try sample(.numbers(Array(rows.row(index))))
      }
    }
    if case .image(let size, let channels, _) = rule {
      kinds["array \(channels == 1 ? "grey" : "colour")", default: 0] += block.samples.count
      sides += [Int](repeating: size, count: block.samples.count)
    }
  }

  private mutating func count(_ label: String?, _ content: Digest) {
    samples += 1
    contents.append(content)
    if let label { labels[label, default: 0] += 1 } else { unlabelled += 1 }
  }

  private mutating func addDamaged(_ name: String, _ reason: String) {
    damaged += 1
    if examples.count < Self.exampleLimit { examples.append("\(name.prefix(200)): \(reason.prefix(300))") }
  }
}
