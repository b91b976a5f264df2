import Core
import Files
import Formats
import Numerics

/// How many samples the files of a source hold, without decoding any of them.
struct SourceCount {
  /// Samples, the damaged ones counted.
  private(set) var samples = 0
  /// Bytes on the disk.
  private(set) var bytes = 0
  /// Of the largest file that has to be read as a whole: any but arrays of vectors in `.npy` files.
  private(set) var wholeFileBytes = 0

  /// Throws a `FileError` or a ``DatasetError`` for what cannot be read.
  init(_ source: ManifestSource, rule: SampleRule, path: (String) -> String) throws {
    for file in source.paths {
      let place = path(file)
      let size = FileReading.size(of: place) ?? 0
      bytes += size
      let isRead = source.format == .array && !rule.isImage && MappedFile(place).flatMap(NumPyArray.rows(in:)) != nil
      if !isRead { wholeFileBytes = max(wholeFileBytes, size) }
      switch source.format {
      case .folder:
        _ = try ImageFolder(place.hasSuffix("/") ? String(place.dropLast()) : place).list { entry in
          samples += 1
          bytes += FileReading.size(of: entry.location.path) ?? 0
        }
      case .tar: _ = try WebDatasetShard.list(place) { _ in samples += 1 }
      case .parquet: samples += try ParquetFile(try OpenFile(place)).rows
      case .cifar10: samples += size / 3_073
      case .cifar100: samples += size / 3_074
      case .array:
        // Where the header does not say it, values take as many bytes as models see of them.
        let wide = rule.isImage ? rule.shape.size : 4 * rule.shape.size
        samples += try NumPyArray.shape(inHeaderOf: place)?.first ?? size / max(1, wide)
      }
    }
  }
}
