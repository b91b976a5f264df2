package import Core
package import Sweeps
package import Wire

/// What may be put into the coordinator's store: decides, and keeps account of each key.
///
/// Whoever wants to put objects says first which, how large, and for what: the result of an attempt that was granted to his
/// key, or a sweep that he is about to submit. Nothing else is taken, and nothing beyond a quota. What no longer has a reason
/// is named by ``sweep(at:isWanted:)``, so that it can be thrown away.
package struct PutDesk: Equatable, Sendable {
  /// How much one key may have on its way into the store.
  package struct Quota: Hashable, Sendable {
    package var bytes = 64 << 30
    /// Bytes of objects that are too small to be files, which are in memory until they are committed.
    package var smallBytes = 64 << 20
    package var objects = 65_536
    /// Objects of which a piece has arrived, and not all.
    package var uploads = 256
    /// How long the files of a sweep wait for its submission, once nothing more of them comes.
    package var patienceSeconds = 3_600.0

    package init() {}
  }

  /// Who wants to put an object, and for what.
  private struct Purpose: Hashable {
    let key: String
    /// Nil for a sweep that is to be submitted.
    let attempt: AttemptName?
  }

  private struct Entry: Equatable {
    let size: Int
    var purposes: Set<Purpose> = []
    /// The key of whoever sends it; nil before the first piece and after the last.
    var uploader: String?
  }

  private struct Account: Equatable {
    var bytes = 0
    var smallBytes = 0
    var objects = 0
    var uploads = 0
    /// When the key asked or sent something last.
    var lastActive = Instant.zero
  }

  private let quota: Quota
  private let smallSize: Int
  private var entries: [Digest: Entry] = [:]
  private var accounts: [String: Account] = [:]

  /// - Parameter smallSize: objects of fewer bytes are kept in memory.
  package init(quota: Quota = Quota(), smallSize: Int) {
    self.quota = quota
    self.smallSize = smallSize
  }

  /// Objects that are expected.
  package var count: Int { entries.count }

  /// Notes that `objects`, which the store lacks, will be put for `attempt`, or for a sweep when that is nil.
  ///
  /// - Returns: why they will not be taken, for people; nil when they may be put.
  package mutating func expect(
    _ objects: [ObjectReference], for attempt: AttemptName?, of principal: Principal, at now: Instant
  ) -> String? {
    let purpose = Purpose(key: principal.key, attempt: attempt)
    var account = accounts[principal.key] ?? Account()
    for object in objects {
      if let known = entries[object.digest] {
        guard known.size == object.size else { return "object \(object.digest.short) has another size" }
        if known.purposes.contains(where: { $0.key == principal.key }) { continue }
      }
      account.objects += 1
      account.bytes += object.size
      if object.size < smallSize { account.smallBytes += object.size }
    }
    let counts = [
      ("objects", account.objects, quota.objects), ("bytes", account.bytes, quota.bytes),
      ("bytes of small objects", account.smallBytes, quota.smallBytes),
    ]
    if let excess = counts.first(where: { $0.1 > $0.2 }) {
      return "\(principal.label) would have \(excess.1) \(excess.0) on the way into the store, and may have \(excess.2)"
    }
    account.lastActive = now
    accounts[principal.key] = account
    for object in objects { entries[object.digest, default: Entry(size: object.size)].purposes.insert(purpose) }
    return nil
  }

  /// Judges a piece of an object that the store does not have: why it is not taken; nil when it is.
  package mutating func take(_ chunk: Chunk, of principal: Principal, at now: Instant) -> String? {
    guard var entry = entries[chunk.digest], entry.size == chunk.size,
      entry.purposes.contains(where: { $0.key == principal.key })
    else { return "nobody expects object \(chunk.digest.short) from \(principal.label)" }
    if entry.uploader == nil {
      guard accounts[principal.key, default: Account()].uploads < quota.uploads else {
        return "\(principal.label) has \(quota.uploads) objects on the way already"
      }
      entry.uploader = principal.key
      accounts[principal.key, default: Account()].uploads += 1
    }
    accounts[principal.key, default: Account()].lastActive = now
    entries[chunk.digest] = entry
    return nil
  }

  /// The object is whole, or what had arrived of it was thrown away.
  package mutating func ended(_ digest: Digest) {
    guard let uploader = entries[digest]?.uploader else { return }
    entries[digest]?.uploader = nil
    accounts[uploader]?.uploads -= 1
  }

  /// A sweep that names the objects was submitted with this key: they have found their place.
  package mutating func submitted(_ digests: [Digest], of principal: Principal) {
    for digest in digests { drop(Purpose(key: principal.key, attempt: nil), of: digest) }
  }

  /// Forgets what has no purpose any more: results that are committed or not wanted, sweeps that nobody submitted.
  ///
  /// - Parameter isWanted: whether a key may still hand in a result of an attempt.
  /// - Returns: objects that nobody expects any more, sorted. What was committed is not staged any more.
  package mutating func sweep(at now: Instant, isWanted: (AttemptName, String) -> Bool) -> [Digest] {
    var gone: [Digest] = []
    for (digest, entry) in entries.sorted(by: { $0.key < $1.key }) {
      for purpose in entry.purposes {
        let lastActive = accounts[purpose.key]?.lastActive ?? .zero
        let stays =
          purpose.attempt.map { isWanted($0, purpose.key) }
          ?? (now.seconds(since: lastActive) < quota.patienceSeconds)
        if !stays { drop(purpose, of: digest) }
      }
      if entries[digest] == nil { gone.append(digest) }
    }
    return gone
  }

  private mutating func drop(_ purpose: Purpose, of digest: Digest) {
    guard var entry = entries[digest], entry.purposes.remove(purpose) != nil else { return }
    if entry.purposes.isEmpty { ended(digest) }
    entries[digest]?.purposes = entry.purposes
    if entry.purposes.isEmpty { entries[digest] = nil }
    guard !entry.purposes.contains(where: { $0.key == purpose.key }), var account = accounts[purpose.key] else {
      return
    }
    account.objects -= 1
    account.bytes -= entry.size
    if entry.size < smallSize { account.smallBytes -= entry.size }
    accounts[purpose.key] = account.objects == 0 && account.uploads == 0 ? nil : account
  }
}
