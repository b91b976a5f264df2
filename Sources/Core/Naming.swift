extension Array {
  /// What a person may mean by `text`: the last of that name, or else all whose id starts with it, in their order.
  package func called(_ text: String, name: (Element) -> String, id: (Element) -> Digest) -> [Element] {
    if let named = last(where: { name($0) == text }) { return [named] }
    return text.isEmpty ? [] : filter { id($0).description.hasPrefix(text) }
  }
}
