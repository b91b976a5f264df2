package import Core

/// What a person must know when a store cannot do what was asked.
package enum StoreError: Error, Equatable, CustomStringConvertible {
  /// The directory has other content, or does not exist and was only to be read.
  case notAStore(path: String, reason: String)
  /// Written by another version of the format.
  case foreignFormat(path: String, found: Int, known: Int)
  /// Another process writes to this store.
  case locked(path: String, holder: String)
  case readOnly(path: String)
  case diskFull(path: String)
  /// The operating system refused `operation`.
  case system(operation: String, path: String, reason: String)
  /// Bytes that do not have the digest they are named by.
  case damagedObject(Digest, place: String)
  case missingObject(Digest)
  /// Bytes that were not kept, on purpose.
  case releasedObject(Digest)
  /// A record that does not have the digest it is named by.
  case damagedRecord(TaskID, what: String)
  /// SQLite cannot use the database.
  case database(path: String, reason: String)
  /// Received bytes that are not what they were announced to be.
  case wrongContent(String)

  package var description: String {
    switch self {
    case .notAStore(let path, let reason): "\(path) is not a Winnow store: \(reason)"
    case .foreignFormat(let path, let found, let known):
      "the store \(path) has format \(found), and this program knows format \(known); "
        + (found > known
          ? "use the newer Winnow that wrote it" : "use the older Winnow that wrote it to export its content")
    case .locked(let path, let holder):
      "the store \(path) is being written by \(holder); stop that process first, or choose another store"
    case .readOnly(let path):
      "\(path) cannot be written: it is read-only for this user; mend its permissions or choose another store"
    case .diskFull(let path):
      "the disk that holds \(path) is full; free some space and run the same command again, nothing is lost"
    case .system(let operation, let path, let reason): "cannot \(operation) \(path): \(reason)"
    case .damagedObject(let digest, let place):
      "object \(digest) is damaged (\(place)); run \"winnow store repair\" so that its task is computed again"
    case .missingObject(let digest):
      "object \(digest) is not in the store; run \"winnow store repair\" so that its task is computed again"
    case .releasedObject(let digest):
      "object \(digest) was not kept: of the networks that a sweep trains, those of one seed stay; with \"storeWeights\": \"all\" in the sweep, `winnow run` computes and keeps the others again"
    case .damagedRecord(let task, let what):
      "the record of task \(task) is damaged (\(what)); run \"winnow store repair\" so that it is computed again"
    case .database(let path, let reason):
      "the database \(path) cannot be used: \(reason); run \"winnow store check\" for details and \"winnow store repair\" to mend it"
    case .wrongContent(let what): what
    }
  }
}
