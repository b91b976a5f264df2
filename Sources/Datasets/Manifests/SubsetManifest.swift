import Core
import Formats
package import Samples

/// What a strategy chose, in the order of choice, for use outside of Winnow.
package struct SubsetManifest: Hashable, Sendable {
  /// One chosen image.
  package struct Entry: Hashable, Sendable {
    package let identifier: SampleIdentifier
    /// The pool that it is from, and its row there.
    package let shift: String
    package let index: Int
    package let sourceID: UInt32
    /// The label that it is trained with, and the class's name.
    package let label: Int32
    package let className: String
    /// What it says of itself; nil where its pool says it of all.
    package var statement: SampleOrigins.Statement?
  }

  /// The forms in which a manifest is written and read.
  package enum Format: String, CaseIterable, Sendable {
    /// A header and one line an image: `uid,shift,index,source,label,class`.
    case csv
    /// A NumPy array of the rows in the pool, in the order of choice.
    case npy
    /// DataComp's subset file: a NumPy array of `u8,u8`, the two halves of each name, sorted.
    case datacomp
  }

  package let entries: [Entry]

  package init(_ entries: [Entry]) { self.entries = entries }

  /// - Parameters:
  ///   - subset: rows of `pool`, in the order of choice.
  ///   - labels: the labels that they are trained with.
  package init(pool: Pool, subset: [Int], labels: [Int32]) {
    precondition(subset.count == labels.count, "every chosen image has a label")
    entries = zip(subset, labels).map { index, label in
      Entry(
        identifier: pool.identifier(of: index), shift: pool.shift, index: index, sourceID: pool.sourceIDs[index],
        label: label, className: pool.classNames.indices.contains(Int(label)) ? pool.classNames[Int(label)] : "",
        statement: pool.origins?.statement(of: index))
    }
  }

  /// What was chosen from several pools, one after the other.
  package init(joining manifests: [SubsetManifest]) { entries = manifests.flatMap(\.entries) }

  /// The file's bytes, equal for equal manifests.
  package func bytes(_ format: Format) -> [UInt8] {
    switch format {
    case .csv: Array((lines.joined(separator: "\n") + "\n").utf8)
    case .npy: NumPyArray(shape: [entries.count], values: .uint32(entries.map { UInt32($0.index) })).bytes
    case .datacomp:
      NumPyArray(shape: [entries.count], values: .identifiers(entries.map(\.identifier).sorted())).bytes
    }
  }

  private var lines: [String] {
    ["uid,shift,index,source,label,class"]
      + entries.map {
        CommaSeparatedValues.line([
          $0.identifier.description, $0.shift, String($0.index), String($0.sourceID), String($0.label), $0.className,
        ])
      }
  }
}
