/// Something said to people, in every language that Winnow speaks.
///
/// `{name}` stands for a value that is known only when it is said.
package struct Words: Hashable, Sendable {
  package let english: String
  package let japanese: String

  package init(english: String, japanese: String) {
    self.english = english
    self.japanese = japanese
  }
}
