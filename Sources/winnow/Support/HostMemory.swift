import Core
import Numerics
import Planning

/// What a sweep needs of this machine, in words, and whether it has it.
enum HostMemory {
  static func lines(_ footprint: SweepFootprint) -> [String] {
    let largest = footprint.sources.max { ($0.bytes, $1.name) < ($1.bytes, $0.name) }
    return [
      "Data: \(footprint.samples) samples in \(ByteCount.text(footprint.fileBytes)) of files, which travel once to each host that "
        + "decodes them.",
      "Memory: about \(ByteCount.text(footprint.slotBytes)) for each worker"
        + (footprint.mapped > 0
          ? ", and up to \(ByteCount.text(footprint.mapped)) of files that it reads where they lie, as far as there is room"
          : "")
        + (largest.map { "; the largest part is \($0.name), \($0.samples) samples" } ?? "") + ".",
      "Disk: about \(ByteCount.text(footprint.storedBytes)) in the store.",
    ]
  }

  static func json(_ footprint: SweepFootprint) -> JSONValue {
    [
      "files": .integer(Int64(footprint.fileBytes)), "store": .integer(Int64(footprint.storedBytes)),
      "memoryPerWorker": .integer(Int64(footprint.slotBytes)), "mappedPerWorker": .integer(Int64(footprint.mapped)),
      "samples": .integer(Int64(footprint.samples)),
    ]
  }

  /// Why this machine cannot compute the sweep with so many workers; nil when it can.
  static func shortage(_ footprint: SweepFootprint, workers: Int) -> String? {
    guard let available = AvailableMemory.bytes, footprint.slotBytes * workers > available else { return nil }
    let fitting = available / max(1, footprint.slotBytes)
    return "this sweep needs about \(ByteCount.text(footprint.slotBytes)) of memory for each worker, "
      + "\(ByteCount.text(footprint.slotBytes * workers)) for \(workers), and this machine has \(ByteCount.text(available)); "
      + (fitting > 0
        ? "use --workers \(fitting), smaller images or fewer samples"
        : "make images smaller, cut pools, or use a machine with more")
  }
}
