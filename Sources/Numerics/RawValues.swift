import Glibc

extension [UInt8] {
  /// As many values as the bytes from `start` are the memory of, copied once: of a host that is little-endian, as all are that
  /// run this program. Traps when `start` lies behind the end.
  ///
  /// - Parameter type: of the values.
  package func values<Value: BitwiseCopyable>(of type: Value.Type, from start: Int = 0) -> [Value] {
    precondition((0...count).contains(start), "byte \(start) of \(count)")
    let number = (count - start) / MemoryLayout<Value>.stride
    return [Value](unsafeUninitializedCapacity: number) { values, filled in
      withUnsafeBytes { bytes in
        if number > 0 { memcpy(values.baseAddress!, bytes.baseAddress! + start, number * MemoryLayout<Value>.stride) }
      }
      filled = number
    }
  }

  /// The memory of `values`: of a host that is little-endian, as all are that run this program.
  package init<Value: BitwiseCopyable>(memoryOf values: [Value]) {
    self.init(repeating: 0, count: values.count * MemoryLayout<Value>.stride)
    memcpy(&self, values, count)
  }
}
