import Core

/// Names with ranges and alternatives in braces, as shells and WebDataset write lists of shards:
/// `train-{00000..00012}.tar`, `{a,b}.tar`.
package enum BraceExpansion {
  /// No published data set has as many shards.
  private static let mostNames = 1_000_000

  /// All names that `text` stands for, in order; `text` itself where it has no braces.
  ///
  /// Throws a ``ConfigurationError`` about `text` for a brace that is not closed, braces in braces, a range that is none, and
  /// more than a million names.
  package static func expand(_ text: String) throws -> [String] {
    var names = [""]
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      guard let close = rest[open...].firstIndex(of: "}") else { throw problem(text, "a brace is never closed") }
      let inner = rest[rest.index(after: open)..<close]
      guard !inner.contains("{") else { throw problem(text, "braces within braces are not read") }
      let choices = try choices(inner, text)
      guard names.count * choices.count <= mostNames else {
        throw problem(text, "it stands for more than a million names")
      }
      let head = rest[..<open]
      names = names.flatMap { name in choices.map { name + head + $0 } }
      rest = rest[rest.index(after: close)...]
    }
    return names.map { $0 + rest }
  }

  private static func choices(_ inner: Substring, _ text: String) throws -> [String] {
    if inner.contains(",") { return inner.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    guard let dots = inner.firstRange(of: "..") else { throw problem(text, "{\(inner)} is no range and no list") }
    let (first, last) = (inner[..<dots.lowerBound], inner[dots.upperBound...])
    let digits = (first + last).utf8.allSatisfy { (0x30...0x39).contains($0) }
    guard digits, let start = Int(first), let end = Int(last), start <= end, end - start < mostNames else {
      throw problem(text, "{\(inner)} is no range of whole numbers, the smaller first, such as {00000..00012}")
    }
    // A number with zeros in front says how wide all are.
    let width = first.hasPrefix("0") || last.hasPrefix("0") ? max(first.count, last.count) : 0
    return (start...end).map { number in
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
  }

  private static func problem(_ text: String, _ words: String) -> ConfigurationError {
    ConfigurationError(place: text, problem: words)
  }
}
