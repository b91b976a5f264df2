import Glibc

/// How much can still be written where.
package enum DiskSpace {
  /// Bytes that an ordinary user can still write on the disk of `path`; nil when there is no such place.
  package static func free(at path: String) -> Int? {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return nil }
    return Int(clamping: UInt64(status.f_bavail) * UInt64(status.f_frsize))
  }

  /// Whether this process may make files in the directory at `path`.
  package static func isWritable(_ path: String) -> Bool {
    FileReading.isDirectory(path) && access(path, W_OK | X_OK) == 0
  }

  /// The directory at `path`, or the nearest one above it that is there: where it would be made.
  package static func existing(_ path: String) -> String {
    var place = path
    while !FileReading.exists(place) {
      let parent = FileWriting.parent(of: place)
      guard parent != place else { break }
      place = parent
    }
    return place
  }
}
