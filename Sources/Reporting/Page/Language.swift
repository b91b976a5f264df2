/// The languages of a report. Every sentence is written in all of them at one place: `Markup(english:japanese:)`.
package enum Language: String, CaseIterable, Sendable {
  case english = "en"
  case japanese = "ja"
}

/// What one language says in a ``Markup``: a literal with interpolations, `"\(code: name) leads by \(lead)"`. Everything
/// is escaped.
///
/// Nothing of it is inlined: every sentence of a report would hold a copy, and building this room takes a tenth longer with them.
struct Wording: Hashable, Sendable, ExpressibleByStringInterpolation {
  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate(set) var pieces: [Markup] = []

    @inline(never) init(literalCapacity: Int, interpolationCount: Int) {}

    @inline(never) mutating func appendLiteral(_ literal: String) { pieces.append(.text(literal)) }
    @inline(never) mutating func appendInterpolation(_ text: String) { pieces.append(.text(text)) }
    @inline(never) mutating func appendInterpolation(_ number: Int) { pieces.append(.text(Numbers.count(number))) }
    @inline(never) mutating func appendInterpolation(_ markup: Markup) { pieces.append(markup) }
    @inline(never) mutating func appendInterpolation(code name: String) { pieces.append(.code(name)) }
    @inline(never) mutating func appendInterpolation(strong text: String) { pieces.append(.strong(.text(text))) }
    @inline(never) mutating func appendInterpolation(strong markup: Markup) { pieces.append(.strong(markup)) }
    /// Names in a sentence: `a, b and c`, `a、b、c`.
    @inline(never) mutating func appendInterpolation(codes names: [String]) {
      pieces.append(.list(of: names.map { .code($0) }))
    }
  }

  let content: Markup

  @inline(never) init(stringLiteral value: String) { content = .text(value) }
  @inline(never) init(stringInterpolation: StringInterpolation) { content = .group(stringInterpolation.pieces) }
}

extension Markup {
  /// Whole sentences in a row, with the space that the language puts between them.
  static func sentences(_ sentences: [Markup]) -> Markup {
    joined(sentences, by: Markup(english: " ", japanese: ""))
  }

  /// Clauses in a row: `a; b`, `a、b`.
  static func clauses(_ clauses: [Markup]) -> Markup { joined(clauses, by: Markup(english: "; ", japanese: "、")) }

  /// Things in a sentence: `a`, `a and b`, `a, b and c`; `a、b、c`.
  static func list(of things: [Markup]) -> Markup {
    guard things.count > 1 else { return .group(things) }
    let comma = Markup(english: ", ", japanese: "、")
    return .group([
      joined(Array(things.dropLast()), by: comma), Markup(english: " and ", japanese: "、"), things[things.count - 1],
    ])
  }

  /// Pieces with `separator` between each two.
  static func joined(_ pieces: [Markup], by separator: Markup) -> Markup {
    .group(pieces.enumerated().flatMap { $0.offset > 0 ? [separator, $0.element] : [$0.element] })
  }
}
