/// The page's first screen in plain text: the same sentences, from the same facts.
struct TerminalAnswer {
  let analysis: ReportAnalysis
  let width: Int
  let colours: Bool
  let language: Language

  /// nil when nothing can be recommended. Ends in a newline.
  var text: String? {
    guard let section = DecisionSection(analysis: analysis).sentences else { return nil }
    let lines = section.lines(in: language).flatMap { line -> [String] in
      switch line {
      case .heading(let text): [""] + wrapped(text, "").map(emphasised)
      case .paragraph(let text): wrapped(text, "  ")
      case .item(let text): wrapped("- " + text, "  ")
      }
    }
    return lines.drop { $0.isEmpty }.joined(separator: "\n") + "\n"
  }

  private func wrapped(_ text: String, _ indentation: String) -> [String] {
    TextLines.lines(indentation + text, width: width)
  }

  private func emphasised(_ line: String) -> String { colours ? "\u{1B}[1m\(line)\u{1B}[0m" : line }
}
