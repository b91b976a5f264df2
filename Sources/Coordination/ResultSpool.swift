package import Core
package import Wire

/// Results that the coordinator has not acknowledged, on the agent's disk: they survive the agent's death.
///
/// A file per result, written under another name and renamed. The objects of a result are linked here, so that no cache
/// evicts them. A power cut may cost some results, which are then computed again: a torn one, or one with a torn object,
/// is noticed by its digest, since an object that no coordinator can take in would be offered for ever.
package final class ResultSpool<Disk: AgentDisk> {
  let disk: Disk
  private let directory: String
  private let cache: ObjectCache<Disk>
  private var endings: [AttemptName: TaskEnding] = [:]
  private var users: [Digest: Int] = [:]

  /// Bytes of a file of a result, at most: what travels, and the digest before it.
  private static var fileLimit: Int { Limits.controlFrame + 32 }

  /// Opens the spool in `directory` and reads what an earlier life left there.
  package init(directory: String, cache: ObjectCache<Disk>) throws {
    (disk, self.directory, self.cache) = (cache.disk, directory, cache)
    for name in ["results", "objects"] { try disk.makeDirectory("\(directory)/\(name)") }
    for name in try disk.names(in: "\(directory)/results") {
      let path = "\(directory)/results/\(name)"
      guard let ending = read(path), !ending.objects.contains(where: isDamaged) else {
        disk.remove(path)
        continue
      }
      hold(ending)
    }
    removeUnusedLinks()
  }

  /// Everything kept, in a fixed order.
  package var all: [TaskEnding] {
    endings.values.sorted { ($0.attempt.task, $0.attempt.epoch) < ($1.attempt.task, $1.attempt.epoch) }
  }

  /// Keeps `ending`. Throws when the disk does not take it.
  package func add(_ ending: TaskEnding) throws {
    for object in ending.objects where disk.status(of: path(of: object.digest)) == nil {
      do { try disk.link(cache.path(of: object.digest), to: path(of: object.digest)) } catch {
        throw DiskError("cannot keep an object of a result: \(error)")
      }
    }
    let payload = Frame.encode(.agent(.result(ending)))
    // Beside the results, never among them: what lies there is whole.
    let unfinished = "\(directory)/unfinished-result"
    try disk.write(Digest(of: payload).bytes + payload, to: unfinished)
    do { try disk.rename(unfinished, to: path(of: ending.attempt)) } catch {
      throw DiskError("cannot keep a result in \(directory): \(error)")
    }
    hold(ending)
  }

  /// What is wrong with the objects of a kept result; nil when they are whole, or it is not kept.
  package func damage(of attempt: AttemptName) -> String? {
    endings[attempt]?.objects.first(where: isDamaged).map {
      "object \($0.digest.short) (\($0.name)) was damaged on this host before the coordinator had it"
    }
  }

  /// Forgets a result that was acknowledged or that nobody wants.
  package func discard(_ attempt: AttemptName) {
    guard let ending = endings.removeValue(forKey: attempt) else { return }
    disk.remove(path(of: attempt))
    for object in ending.objects {
      users[object.digest, default: 1] -= 1
      guard users[object.digest] == 0 else { continue }
      users[object.digest] = nil
      disk.remove(path(of: object.digest))
    }
  }

  /// Where an object of a kept result is.
  package func path(of digest: Digest) -> String { "\(directory)/objects/\(digest)" }

  /// Where a kept result is.
  package func path(of attempt: AttemptName) -> String { "\(directory)/results/\(attempt.task)-\(attempt.epoch)" }

  /// Whether the object is gone, or has other bytes than those it is named by. One that has leaves the cache too, which
  /// has the same file.
  private func isDamaged(_ object: NamedObject) -> Bool {
    do {
      let bytes = try cache.verified(object.digest, at: path(of: object.digest), size: object.size)
      guard bytes == nil else { return false }
    } catch {
      // What cannot be read now may be read later.
      return false
    }
    cache.remove(object.digest)
    return true
  }

  private func hold(_ ending: TaskEnding) {
    guard endings.updateValue(ending, forKey: ending.attempt) == nil else { return }
    for object in ending.objects { users[object.digest, default: 0] += 1 }
  }

  private func read(_ path: String) -> TaskEnding? {
    guard let data = try? disk.read(path, from: 0, count: Self.fileLimit), data.count > 32 else { return nil }
    let payload = Array(data.dropFirst(32))
    guard Digest(bytes: Array(data.prefix(32))) == Digest(of: payload),
      case .agent(.result(let ending)) = try? Frame.decode(payload)
    else { return nil }
    return ending
  }

  private func removeUnusedLinks() {
    for name in (try? disk.names(in: "\(directory)/objects")) ?? [] {
      if let digest = Digest(name), users[digest] != nil { continue }
      disk.remove("\(directory)/objects/\(name)")
    }
  }
}

extension TaskEnding {
  /// The objects that the ending brings along; none when it is a failure.
  package var objects: [NamedObject] {
    guard case .success(let success) = ending else { return [] }
    return success.objects
  }
}
