import Logging

/// Says each thing once: a peer that tries again every second must not fill the disk.
struct OnceLog {
  /// Different lines that are remembered; beyond them, one last line says that there are more.
  static let limit = 1_000

  private let logger: Logger
  private var said: Set<String> = []

  init(_ logger: Logger) { self.logger = logger }

  mutating func warning(_ text: String) {
    guard said.count < Self.limit, said.insert(text).inserted else { return }
    logger.warning("\(text)")
    if said.count == Self.limit { logger.warning("further warnings of this kind are not shown") }
  }

  /// What was said before may be said again, for example after a success.
  mutating func forget() { said = [] }
}
