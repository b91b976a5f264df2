/// Why a picture cannot be used.
package struct ImageProblem: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Kind: String, CaseIterable, Sendable {
    /// There are no bytes.
    case empty
    /// The bytes are no picture in a format that is read.
    case notAnImage
    /// More pixels than are decoded.
    case tooLarge
    /// The file ends early.
    case truncated
    /// The file is not valid.
    case damaged
    /// A valid file of a kind that is not read.
    case unsupported
    case noMemory
  }

  package let kind: Kind
  /// What was found, as the end of a sentence about the file.
  package let detail: String

  package init(_ kind: Kind, _ detail: String) {
    self.kind = kind
    self.detail = detail
  }

  package var description: String { detail }
}
