package import Core
import Formats
import Samples

/// What a source holds, found by reading all of it: what `winnow dataset inspect` shows.
package struct SourceSurvey: Sendable {
  /// Samples that could be read, whatever their class.
  package private(set) var samples = 0
  /// How many samples have each label, as the source calls it.
  package private(set) var labels: [String: Int] = [:]
  package private(set) var unlabelled = 0
  package private(set) var damaged = 0
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

  private static let exampleLimit = 50

  package init() {}

  /// Adds what one file of `source` holds, fitted as `rule` says. Throws a ``DatasetError`` for a file that cannot be read at
  /// all.
  package mutating func add(
    _ data: [UInt8], labels file: [UInt8]?, of source: ManifestSource, rule: SampleRule,
    context: TaskContext = .unobserved
  ) throws {
    guard source.format.holdsFiles else { return try addArray(data, file, source.format, rule, context) }
    guard rule.isImage else {
      throw DatasetError("samples", "\(source.format.rawValue) holds images, and the data set's samples are vectors")
    }
    let fitting = ImageFitting(rule)
    let entries = SourceEntries(format: source.format, labelField: source.labelField, context: context)
    try entries.forEach(in: data) { entry in
      do throws(ImageProblem) {
        let (pixels, findings) = try fitting.inspected(entry.content, name: entry.name)
        sides.append(min(findings.height, findings.width))
        kinds["\(findings.format) \(findings.mode)", default: 0] += 1
        for remark in findings.remarks { oddities[remark.rawValue, default: 0] += 1 }
        count(entry.label, Digest(of: pixels))
      } catch {
        addDamaged(entry.name, error.description)
      }
    } damaged: {
      addDamaged($0, $1)
    }
  }

  private mutating func addArray(
    _ data: [UInt8], _ file: [UInt8]?, _ format: SourceFormat, _ rule: SampleRule, _ context: TaskContext
  ) throws {
    let texts = try ArraySource.labels(in: data, format, file)
    let every = BlockParameters(
      format: format, rule: rule, classes: [], classMap: [:], leavesOutOthers: false, needsLabels: false)
    let block = try ArraySource(parameters: every, context: context).read(data, labels: nil)
    let count = block.samples.count + block.leftOut.damaged
    if let texts, texts.count != count {
      throw DatasetError("the labels", "there are \(texts.count) labels for \(count) samples")
    }
    for text in texts ?? [] { labels[text, default: 0] += 1 }
    unlabelled += texts == nil ? count : 0
    samples += block.samples.count
    damaged += block.leftOut.damaged
    examples = Array((examples + block.leftOut.examples).prefix(Self.exampleLimit))
    for index in 0..<block.samples.count { contents.append(Digest(of: block.samples.bytes(of: index))) }
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
