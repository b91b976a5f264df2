/// Paths that come from files of others.
enum RelativePath {
  /// `path` without empty parts and `.`; nil when it is absolute, empty, leads out with `..`, or holds a zero.
  static func normalised(_ path: String) -> String? {
    guard !path.hasPrefix("/"), !path.utf8.contains(0) else { return nil }
    let parts = path.split(separator: "/").filter { $0 != "." }
    guard !parts.isEmpty, !parts.contains("..") else { return nil }
    return parts.joined(separator: "/")
  }
}
