import Core

/// An SPDX licence expression (SPDX 3.0.1, annex B): names of licences with `AND`, `OR`, `WITH` and parentheses. What is
/// no expression, such as the name of a contract, is one licence of that name.
package struct LicenceExpression: Hashable, Sendable {
  private indirect enum Term: Hashable, Sendable {
    case licence(String)
    case all(Term, Term)
    case either(Term, Term)
  }

  private let term: Term

  package init(_ text: String) {
    var parser = Parser(text)
    term = parser.whole() ?? .licence(Self.normal(text))
  }

  /// Whether someone who accepts the licences of `list` may use what is under this expression: every one of an `AND`, one of
  /// an `OR`. An exception (`WITH`) only permits more, and `+` offers the licence itself. Capital letters do not matter.
  package func isAllowed(by list: [String]) -> Bool {
    let accepted = Set(list.map(Self.normal))
    func holds(_ term: Term) -> Bool {
      switch term {
      case .licence(let name):
        accepted.contains(name) || (name.hasSuffix("+") && accepted.contains(String(name.dropLast())))
      case .all(let left, let right): holds(left) && holds(right)
      case .either(let left, let right): holds(left) || holds(right)
      }
    }
    return holds(term)
  }

  private static func normal(_ name: String) -> String {
    name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// `OR` binds least, `WITH` most.
  private struct Parser {
    private var words: [Substring]
    private static let depthLimit = 50

    init(_ text: String) {
      let spaced = text.lowercased().replacing("(", with: " ( ").replacing(")", with: " ) ")
      words = spaced.split(whereSeparator: \.isWhitespace).reversed()
    }

    /// nil for what is no expression.
    mutating func whole() -> Term? {
      guard let term = either(depth: 0), words.isEmpty else { return nil }
      return term
    }

    private mutating func take(_ word: String) -> Bool {
      guard words.last == word[...] else { return false }
      words.removeLast()
      return true
    }

    private mutating func either(depth: Int) -> Term? {
      guard var term = all(depth: depth) else { return nil }
      while take("or") {
        guard let next = all(depth: depth) else { return nil }
        term = .either(term, next)
      }
      return term
    }

    private mutating func all(depth: Int) -> Term? {
      guard var term = single(depth: depth) else { return nil }
      while take("and") {
        guard let next = single(depth: depth) else { return nil }
        term = .all(term, next)
      }
      return term
    }

    private mutating func single(depth: Int) -> Term? {
      guard depth < Self.depthLimit else { return nil }
      if take("(") {
        guard let term = either(depth: depth + 1), take(")") else { return nil }
        return term
      }
      guard let name = name() else { return nil }
      guard take("with") else { return .licence(name) }
      return self.name().map { .either(.licence(name), .licence("\(name) with \($0)")) }
    }

    private mutating func name() -> String? {
      guard let word = words.last, !["and", "or", "with", "(", ")"].contains(word) else { return nil }
      words.removeLast()
      return String(word)
    }
  }
}
