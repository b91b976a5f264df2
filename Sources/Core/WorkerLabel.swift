/// What a worker says that it has (`gpu`) and a task may ask for. A task with labels goes to workers that have all of them.
package enum WorkerLabel {
  /// That of workers that run programs which sweeps bring along.
  package static let programs = "programs"

  /// Whether `label` can be one: 1 to 32 letters, digits, hyphens, dots and underscores.
  package static func isValid(_ label: String) -> Bool {
    (1...32).contains(label.utf8.count)
      && label.utf8.allSatisfy {
        switch $0 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }
}
