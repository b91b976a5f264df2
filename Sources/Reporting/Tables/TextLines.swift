import Core

/// Text in lines that fit a terminal.
package enum TextLines {
  /// `text` with every line that is longer than `width` columns broken into several: at spaces, between the characters of
  /// Japanese, and inside a word only where the word alone is longer. What continues a line is indented by two more than
  /// the line. A width below 2 counts as 2, for no wide character takes less.
  package static func wrapped(_ text: String, width: Int) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { lines($0, width: width) }
      .joined(separator: "\n")
  }

  /// - Parameter hanging: how much further than the first line the others are indented.
  static func lines(_ text: some StringProtocol, width: Int, hanging: Int = 2) -> [String] {
    let width = max(2, width)
    guard TextWidth.of(text) > width else { return [String(text)] }
    let indentation = min(text.prefix { $0 == " " }.count, width / 4)
    let continuation = String(repeating: " ", count: min(indentation + hanging, width / 4))
    var lines: [String] = []
    var line = String(repeating: " ", count: indentation)
    var isEmpty = true
    for piece in pieces(of: text.drop { $0 == " " }) {
      var rest = piece.word[...]
      if !isEmpty, TextWidth.of(line) + piece.gap.count + TextWidth.of(rest) <= width {
        line += piece.gap + rest
        continue
      }
      if !isEmpty {
        lines.append(line)
        line = continuation
      }
      while TextWidth.of(line) + TextWidth.of(rest) > width {
        let part = start(of: rest, columns: width - TextWidth.of(line))
        lines.append(line + part)
        line = continuation
        rest = rest[part.endIndex...]
      }
      line += rest
      isEmpty = false
    }
    return lines + [line]
  }

  /// The smallest width at which `text` takes at most `lines` lines and no word is broken.
  static func narrowest(_ text: String, lines: Int) -> Int {
    let least = pieces(of: text).map { TextWidth.of($0.word) }.max() ?? 0
    let most = TextWidth.of(text)
    return (least..<max(least, most)).first { Self.lines(text, width: $0, hanging: 0).count <= lines } ?? most
  }

  /// Text that stays together, and the spaces before it.
  private struct Piece {
    var gap: String
    var word: String
  }

  private static func pieces(of text: some StringProtocol) -> [Piece] {
    var pieces: [Piece] = []
    var gap = ""
    var last: Character?
    for character in text {
      if character == " " {
        gap.append(character)
        last = nil
        continue
      }
      if let last, !canBreak(last, character) {
        pieces[pieces.count - 1].word.append(character)
      } else {
        pieces.append(Piece(gap: gap, word: String(character)))
        gap = ""
      }
      last = character
    }
    return pieces
  }

  /// Japanese has no spaces: a line may end beside any wide character, but none begins with a closing mark or ends with an
  /// opening one (the rules called *kinsoku*, JIS X 4051).
  private static func canBreak(_ left: Character, _ right: Character) -> Bool {
    (TextWidth.isWide(left) || TextWidth.isWide(right)) && !"、。，．・：；？！）」』】〕％ー～ゃゅょっャュョッ.,:;)%".contains(right)
      && !"（「『【〔(".contains(left)
  }

  /// As much of a word that is longer than a line as fits, up to a sign in its second half if there is one.
  private static func start(of word: Substring, columns: Int) -> Substring {
    let part = TextWidth.prefix(word, columns: columns)
    guard let sign = part.lastIndex(where: { "/,;=(-".contains($0) }) else { return part }
    let upToSign = part[...sign]
    return upToSign.count * 2 >= part.count ? upToSign : part
  }
}
