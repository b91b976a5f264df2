package import Core

/// One sample of a source, found but not read: where its picture is, and what stands beside it.
package struct SampleEntry: Hashable, Sendable {
  /// Unique in its source, the same on every host.
  package let key: String
  /// What the format itself says; nil where it says nothing.
  package let label: SampleLabel?
  package let location: SampleLocation
  /// Whatever else is known of the sample, by name: columns of a table, fields of a WebDataset sample.
  package let fields: [String: JSONValue]

  package init(key: String, label: SampleLabel?, location: SampleLocation, fields: [String: JSONValue] = [:]) {
    (self.key, self.label, self.location, self.fields) = (key, label, location, fields)
  }
}

/// The class of a sample as a source writes it.
package enum SampleLabel: Hashable, Sendable {
  case number(Int)
  case name(String)

  /// A whole number where `text` is one, else a name; nil for nothing.
  package init?(_ text: String) {
    guard !text.isEmpty else { return nil }
    self = WholeNumber.parse(text).map { .number($0) } ?? .name(text)
  }
}

/// Where the bytes of a sample are.
package enum SampleLocation: Hashable, Sendable {
  /// A whole file.
  case file(path: String)
  /// `length` bytes of a file as it is, from `offset`.
  case range(path: String, offset: Int, length: Int)
  /// `length` bytes of the decompressed content of a file: reached only from its beginning.
  case packed(path: String, offset: Int, length: Int)
  /// A value of a Parquet file: the column of this number, the row from 0 within a row group.
  case row(path: String, column: Int, group: Int, row: Int)

  package var path: String {
    switch self {
    case .file(let path), .range(let path, _, _), .packed(let path, _, _), .row(let path, _, _, _): path
    }
  }
}
