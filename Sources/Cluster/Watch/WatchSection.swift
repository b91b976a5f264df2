/// A part of the view that takes as many rows as there are for it.
struct WatchSection {
  /// What stands above the lines when all of them are shown.
  let heading: String
  let lines: [ScreenRow]
  /// 0 gets rows first.
  let importance: Int
  /// Lines that are passed over, when not all have room.
  var passed = 0
  /// Rather the last lines than the first.
  var showsEnd = false

  /// The sections in their order with so many rows in all: each its heading and a line, by importance, as long as there is room;
  /// then a line for each in turn.
  static func placed(_ sections: [WatchSection], rows: Int, width: Int) -> [ScreenRow] {
    let order = sections.indices.sorted { sections[$0].importance < sections[$1].importance }
    var counts = sections.map { _ in 0 }
    var left = rows
    for index in order where left >= 2 {
      counts[index] = 1
      left -= 2
    }
    while left > 0,
      let index = order.filter({ counts[$0] > 0 && counts[$0] < sections[$0].lines.count })
        .min(by: { (counts[$0], sections[$0].importance) < (counts[$1], sections[$1].importance) })
    {
      counts[index] += 1
      left -= 1
    }
    return sections.indices.flatMap { counts[$0] > 0 ? sections[$0].shown(counts[$0], width: width) : [] }
  }

  private func shown(_ count: Int, width: Int) -> [ScreenRow] {
    guard count < lines.count else { return [ScreenRow(heading, .heading)] + lines }
    let first = showsEnd ? lines.count - count : min(passed, lines.count - count)
    // What is left out is said; a log goes on upwards for ever.
    let place = showsEnd ? "" : "  \(first + 1)–\(first + count) of \(lines.count)"
    let text = ScreenText.fitted(heading, to: max(0, width - place.count)) + place
    return [ScreenRow(text, .heading)] + lines[first..<(first + count)]
  }
}
