import Coordination
import Core

/// The disk of a simulated host. Outlives the processes of the host, which share it.
///
/// One file may have several names. A process can be made to die at one of its next changes; from then on nothing that
/// it does reaches the disk, until somebody notices and starts the next one.
final class ModelDisk: AgentDisk {
  /// Bytes that names lead to.
  private final class Content {
    var bytes: [UInt8]
    var used: Double
    /// When they were last changed.
    var written: Double
    /// Whoever checked the bytes on their way in could not see what happened to them on the disk; their readers will.
    var isDamaged = false

    init(_ bytes: [UInt8], at today: Double) { (self.bytes, used, written) = (bytes, today, today) }
  }

  let sabotage: Sabotage?
  var today = 0.0
  /// Nothing more can be written.
  var isFull = false
  /// After how many more changes the agent's process dies.
  var changesToCrash: Int?
  /// It is the agent's process that uses it, not a slot's.
  var isInTurn = false
  private(set) var hasCrashed = false
  /// What the process was about to do when it died.
  private(set) var lastWish: Change?
  /// The first check that failed.
  private(set) var violation: InvariantViolation?

  private var files: [String: Content] = [:]

  /// How a disk changes.
  enum Change: Sendable {
    case write(String)
    case rename(String)
    case link(String)
    case remove(String)
    case append(String)
  }

  init(sabotage: Sabotage?) { self.sabotage = sabotage }

  /// The next process of the host begins.
  func restart() { (changesToCrash, hasCrashed, lastWish) = (nil, false, nil) }

  /// Whether a process may change the disk now.
  private func begins(_ change: Change) -> Bool {
    guard isInTurn else { return true }
    guard !hasCrashed else { return false }
    guard let left = changesToCrash else { return true }
    changesToCrash = left - 1
    guard left <= 0 else { return true }
    (hasCrashed, lastWish) = (true, change)
    return false
  }

  // MARK: Steps

  func makeDirectory(_ path: String) {}

  func names(in directory: String) -> [String] {
    files.keys.filter { $0.hasPrefix(directory + "/") }.map { String($0.dropFirst(directory.count + 1)) }.sorted()
  }

  func status(of path: String) -> FileStatus? { files[path].map { FileStatus(size: $0.bytes.count, used: $0.used) } }

  /// Whether the file is there with the bytes that it is named by. For checks.
  func holds(_ digest: Digest, at path: String) -> Bool { files[path].map { Digest(of: $0.bytes) == digest } ?? false }

  func use(_ path: String) -> Bool {
    guard let file = files[path] else { return false }
    file.used = today
    return true
  }

  func read(_ path: String, from offset: Int, count: Int) throws -> [UInt8] {
    guard let file = files[path] else { throw DiskError("\(path): there is no such file", isAbsence: true) }
    return Array(file.bytes.dropFirst(offset).prefix(count))
  }

  func write(_ bytes: [UInt8], to path: String) throws {
    guard begins(.write(path)) else { return }
    try requireSpace()
    files[path] = Content(bytes, at: today)
  }

  func rename(_ path: String, to other: String) throws {
    guard begins(.rename(path)) else { return }
    if sabotage == .droppedResult, other.contains("/results/") {
      files[path] = nil
      return
    }
    guard let file = files.removeValue(forKey: path) else { throw DiskError("\(path): there is no such file") }
    files[other] = file
    check(other, file)
  }

  func link(_ path: String, to other: String) throws {
    guard begins(.link(path)) else { return }
    guard let file = files[path] else { throw DiskError("\(path): there is no such file") }
    if files[other] == nil { files[other] = file }
  }

  func remove(_ path: String) {
    if sabotage == .hoardedResults, path.contains("/results/") { return }
    guard begins(.remove(path)) else { return }
    files[path] = nil
  }

  func open(_ path: String) throws -> ModelFile? {
    if files[path] == nil, !hasCrashed { files[path] = Content([], at: today) }
    return ModelFile(path: path, disk: self)
  }

  fileprivate func append(_ bytes: [UInt8], to path: String) throws {
    guard begins(.append(path)) else { return }
    try requireSpace()
    guard let file = files[path] else { throw DiskError("\(path): there is no such file") }
    file.bytes += sabotage == .wrongBytesFetched ? bytes.map { $0 ^ 1 } : bytes
    (file.used, file.written) = (today, today)
  }

  fileprivate func clear(_ path: String) {
    guard !hasCrashed else { return }
    files[path]?.bytes = []
    files[path]?.isDamaged = false
  }

  private func requireSpace() throws {
    if isFull { throw DiskError("the disk is full") }
  }

  /// What has the name of an object has its bytes.
  private func check(_ path: String, _ file: Content) {
    guard let name = path.split(separator: "/").last, let digest = Digest(String(name)),
      !file.isDamaged, Digest(of: file.bytes) != digest
    else { return }
    violation = violation ?? InvariantViolation("object \(digest.short) comes into a cache with other bytes")
  }

  // MARK: Misfortunes

  /// One byte of the file changes, under all its names.
  func damage(_ path: String) {
    guard let file = files[path], !file.bytes.isEmpty else { return }
    file.bytes[file.bytes.count / 2] ^= 0x40
    file.isDamaged = true
  }

  /// Somebody removes the file behind the agent's back.
  func lose(_ path: String) { files[path] = nil }

  /// The power fails: what was written since `start` and not synchronised is there, is cut short, or is gone.
  func cutPower(writtenSince start: Double, _ generator: inout SeededGenerator) {
    for path in files.keys.sorted() {
      guard let file = files[path], file.written >= start else { continue }
      switch generator.integer(below: 4) {
      case 0: files[path] = nil
      case 1: file.bytes = Array(file.bytes.prefix(file.bytes.count / 2))
      default: break
      }
    }
  }
}

/// A file that a simulated agent receives.
final class ModelFile: AgentFile {
  private let path: String
  private let disk: ModelDisk
  private var place = 0

  init(path: String, disk: ModelDisk) { (self.path, self.disk) = (path, disk) }

  func next(atMost count: Int) -> [UInt8] {
    let piece = (try? disk.read(path, from: place, count: count)) ?? []
    place += piece.count
    return piece
  }

  func append(_ bytes: [UInt8]) throws { try disk.append(bytes, to: path) }

  func clear() { disk.clear(path) }
}
