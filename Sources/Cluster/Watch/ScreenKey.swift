/// What a key means in the view.
package enum ScreenKey: Hashable, Sendable {
  case leave
  case rest
  case redraw
  case scroll(Int)

  /// The keys that a terminal sends as these bytes; those without a meaning are left out.
  package static func keys(in bytes: [UInt8]) -> [ScreenKey] {
    let codes: [(String, ScreenKey)] = [
      ("\u{1B}[A", .scroll(-1)), ("\u{1B}OA", .scroll(-1)), ("k", .scroll(-1)), ("\u{1B}[B", .scroll(1)),
      ("\u{1B}OB", .scroll(1)), ("j", .scroll(1)), ("\u{1B}[5~", .scroll(-10)), ("\u{1B}[6~", .scroll(10)),
      ("q", .leave), ("\u{03}", .leave), ("\u{1A}", .rest), ("\u{0C}", .redraw),
    ]
    var keys: [ScreenKey] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let code = codes.first(where: { rest.starts(with: $0.0.utf8) }) else {
        rest = rest.dropFirst()
        continue
      }
      keys.append(code.1)
      rest = rest.dropFirst(code.0.utf8.count)
    }
    return keys
  }
}
