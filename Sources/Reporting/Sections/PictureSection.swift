import Results

/// What strategies chose, to be looked at: a row of pictures a class, wrong labels marked.
struct PictureSection {
  let input: ReportInput

  /// All pictures of the page together take at most so many bytes before they are written as text, which adds a third.
  private static let byteLimit = 430_000
  /// More of one class do not fit beside each other.
  private static let columns = 9
  private static let labelWidth = 84.0
  private static let gap = 2.0
  /// A picture is drawn as high as it is, but at least so high that it can be seen, and at most so that a row stays a row.
  private static let heights = 24.0...64.0

  /// Nothing without pictures.
  var markup: Markup {
    let grids = input.pictures.filter { !$0.pictures.isEmpty }
    guard !grids.isEmpty else { return .empty }
    let size = grids.reduce(0) { max($0, $1.pictures.map(Self.size).max() ?? 0) }
    let shown = max(1, Self.byteLimit / grids.count / max(size, 1))
    let isCut = grids.contains { $0.pictures.count > shown }
    let known = Set(grids.map(\.shift))
    let shifts = input.sweep.shifts.filter(known.contains) + known.subtracting(input.sweep.shifts).sorted()
    let groups = shifts.enumerated().map { index, shift in
      let figures = ordered(grids.filter { $0.shift == shift }).map { figure($0, shown) }
      return Markup.details(.code(shift), [.element("div", class: "grids", figures)], isOpen: index == 0)
    }
    return .element(
      "section", ["id": "pictures"],
      [.heading(2, PictureWords.heading), .paragraph(PictureWords.explanation)]
        + (isCut ? [.paragraph(PictureWords.cut(shown))] : [])
        + groups)
  }

  /// What a picture takes: two bytes a pixel in colour, half of one in grey, runs of one colour apart.
  private static func size(_ picture: Picture) -> Int {
    picture.width * picture.height * (picture.channels == 3 ? 4 : 1) / 2
  }

  /// In the sweep's order of strategies, so that the order of the input does not matter.
  private func ordered(_ grids: [PictureGrid]) -> [PictureGrid] {
    func place(_ grid: PictureGrid) -> Int { input.sweep.strategies.firstIndex(of: grid.strategy) ?? .max }
    return grids.sorted { (place($0), $0.strategy.label) < (place($1), $1.strategy.label) }
  }

  private func figure(_ grid: PictureGrid, _ shown: Int) -> Markup {
    let pictures = Array(grid.pictures.prefix(shown))
    let rows = labels(pictures).map { label in (label: label, pictures: pictures.filter { $0.label == label }) }
    let wrong = pictures.count { $0.isWrong == true }
    let facts = PictureWords.facts(pictures.count, wrong: wrong, isChecked: pictures.contains { $0.isWrong != nil })
    let caption = PictureWords.figure(grid.strategy.label, grid.shift, facts)
    let spoken = PictureWords.spoken(caption, rows.map { PictureWords.count($0.label, $0.pictures.count) })
    let side = min(max(Double(pictures.first?.height ?? 0), Self.heights.lowerBound), Self.heights.upperBound)
    let step = side + Self.gap
    let height = Double(rows.count) * step
    let aspect = pictures.first.map { Double($0.width) / Double($0.height) } ?? 1
    let width = Self.labelWidth + Double(Self.columns) * (side * aspect + Self.gap) + 26
    let pieces = rows.enumerated().flatMap { row($0.element, y: Double($0.offset) * step, side) }
    return .element(
      "figure", [:],
      [
        .element("figcaption", [:], [caption]),
        .element(
          "svg",
          ["class": "pictures", "viewBox": "0 0 \(Shape.number(width)) \(Shape.number(height))", "role": "img"],
          labels: ["aria-label": spoken], [.element("title", [:], [spoken])] + pieces),
      ])
  }

  /// The classes of the data set that occur, in its order, then any others by name.
  private func labels(_ pictures: [Picture]) -> [String] {
    let present = Set(pictures.map(\.label))
    let known = input.classNames.filter(present.contains)
    return known + present.subtracting(known).sorted()
  }

  private func row(_ row: (label: String, pictures: [Picture]), y: Double, _ side: Double) -> [Markup] {
    let shown = Array(row.pictures.prefix(Self.columns))
    let bitmap = Bitmap(row: shown)
    let scale = side / Double(shown[0].height)
    let more = row.pictures.count - shown.count
    let end = Self.labelWidth + Double(bitmap.width) * scale + 4
    return [
      Shape.text(0, y + side / 2 + 4, .text(String(row.label.prefix(14)))),
      .element(
        "image",
        [
          "x": Shape.number(Self.labelWidth), "y": Shape.number(y), "width": Shape.number(Double(bitmap.width) * scale),
          "height": Shape.number(side), "href": bitmap.address,
        ]),
    ] + (more > 0 ? [Shape.text(end, y + side / 2 + 4, .text("+\(more)"))] : [])
  }
}
