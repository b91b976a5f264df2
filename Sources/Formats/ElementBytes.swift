import Glibc

/// Arrays of numbers as files keep them: the memory of a host that is little-endian, as all are that run this program.
extension [UInt8] {
  /// The memory of `values`.
  init<Value: BitwiseCopyable>(memoryOf values: [Value]) {
    self.init(repeating: 0, count: values.count * MemoryLayout<Value>.stride)
    memcpy(&self, values, count)
  }
}
