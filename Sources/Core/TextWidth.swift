/// How many columns of a terminal text takes.
package enum TextWidth {
  package static func of(_ text: some StringProtocol) -> Int { text.reduce(0) { $0 + of($1) } }

  /// 2 for what East Asian typography sets in a full square and for emoji, 0 for what is drawn over its neighbour, else 1.
  package static func of(_ character: Character) -> Int {
    // A base and its marks share one place.
    character.unicodeScalars.map(of).max() ?? 0
  }

  package static func isWide(_ character: Character) -> Bool { of(character) == 2 }

  /// The longest start of `text` that takes at most `columns`, never less than one character.
  package static func prefix(_ text: Substring, columns: Int) -> Substring {
    var used = 0
    let end = text.indices.first { index in
      used += of(text[index])
      return used > columns && index > text.startIndex
    }
    return text[..<(end ?? text.endIndex)]
  }

  private static func of(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: return wide.contains { $0.contains(scalar.value) } ? 2 : 1
    }
  }

  /// Blocks whose characters have the property East_Asian_Width W or F (Unicode Standard Annex 11), and emoji.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
    0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60,
    0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
  ]
}
