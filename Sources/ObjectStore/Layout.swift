import Core

/// Where things are inside a store's directory.
struct Layout: Sendable {
  let root: String

  var database: String { root + "/winnow.sqlite" }
  var lock: String { root + "/lock" }
  /// What should be in the database: see ``SealFile``.
  var seal: String { root + "/seal" }
  var objects: String { root + "/objects" }
  /// Files on their way in; on the same disk as `objects`, so that a rename is atomic.
  var staging: String { root + "/staging" }
  /// What `repair` took out.
  var damaged: String { root + "/damaged" }

  /// Where release 1 kept the list of open sweeps.
  var openSweeps: String { root + "/open-sweeps.json" }

  /// The directory of a large object.
  func directory(of digest: Digest) -> String { "\(objects)/\(digest.description.prefix(2))" }
  /// The file of a large object.
  func file(of digest: Digest) -> String { "\(directory(of: digest))/\(digest.description.dropFirst(2))" }
  /// A whole object that has not got its final name yet.
  func staged(_ digest: Digest) -> String { "\(staging)/\(digest).staged" }
  /// An object of which a part has arrived.
  func incoming(_ digest: Digest) -> String { "\(staging)/\(digest).incoming" }

  /// Throws when the directory exists and holds something else than a store, or than the beginnings of one.
  func requireStoreOrNothing() throws {
    guard FileSystem.exists(root) else { return }
    guard FileSystem.isDirectory(root) else { throw StoreError.notAStore(path: root, reason: "it is not a directory") }
    guard !FileSystem.exists(database) else { return }
    let own = ["lock", "seal", "grants", "objects", "staging", "damaged", "lost+found"]
    if let foreign = try FileSystem.list(root).first(where: { !own.contains($0) && !$0.hasPrefix("winnow.sqlite") }) {
      throw StoreError.notAStore(
        path: root, reason: "it holds other things (\(foreign)) and no winnow.sqlite; choose an empty or new directory")
    }
  }

  /// Throws when there is no store to read.
  func requireStore() throws {
    guard FileSystem.isDirectory(root) else {
      throw StoreError.notAStore(path: root, reason: "there is no such directory")
    }
    guard FileSystem.exists(database) else { throw StoreError.notAStore(path: root, reason: "it has no winnow.sqlite") }
  }

  /// Every file under `objects/`: the digest it is named by (nil when the name is not one) and its path. Sorted.
  func objectFiles() throws -> [(digest: Digest?, path: String)] {
    guard FileSystem.exists(objects) else { return [] }
    var files: [(digest: Digest?, path: String)] = []
    for prefix in try FileSystem.list(objects) {
      let directory = "\(objects)/\(prefix)"
      guard FileSystem.isDirectory(directory) else {
        files.append((nil, directory))
        continue
      }
      for name in try FileSystem.list(directory) {
        files.append((prefix.count == 2 ? Digest(prefix + name) : nil, "\(directory)/\(name)"))
      }
    }
    return files
  }
}
