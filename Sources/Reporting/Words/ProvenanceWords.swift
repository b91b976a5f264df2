import Results

/// What ``ProvenanceSection`` says.
enum ProvenanceWords {
  static let heading = Markup(english: "Provenance", japanese: "来歴")
  static let caption = Markup(
    english: "One row is one fact about how these results came to be.",
    japanese: "この結果がどのように得られたかを、1行に1項目ずつ示します。")
  static let computed = Markup(english: "Computed", japanese: "計算した期間")
  static let span = Markup(english: "From the first task to the last", japanese: "最初のタスクから最後まで")
  static let processor = Markup(english: "Processor time of all tasks", japanese: "全タスクのCPU時間")
  static let hosts = Markup(english: "Hosts", japanese: "ホスト")
  static let programs = Markup(english: "Builds of the programs", japanese: "プログラムのビルド")
  /// Below the title of the page.
  static func line(_ effort: SweepEffort) -> Markup {
    let (date, span) = (Times.date(effort.end), duration(effort.end - effort.begin))
    let (cpu, hosts) = (duration(effort.cpuSeconds), effort.hosts.count)
    return Markup(
      english:
        "Finished on \(date), computed in \(span) on \(Numbers.counted(hosts, "host")); \(cpu) of processor time.",
      japanese: "\(date)に計算終了（所要\(span)、ホスト\(hosts)台、CPU時間\(cpu)）。")
  }
  static func duration(_ seconds: Double) -> Markup {
    Markup(
      english: "\(Times.duration(seconds, in: .english))", japanese: "\(Times.duration(seconds, in: .japanese))")
  }
  static let fact = Markup(english: "Fact", japanese: "項目")
  static let value = Markup(english: "Value", japanese: "値")
  static let reproduce = Markup(english: "How to reproduce", japanese: "再現の手順")
  static let explanation = Markup(
    english:
      "Save the sweep below as \(code: "sweep.json"). A store that holds the results already is reused; an empty one is filled again, and equal work gives equal bytes.",
    japanese:
      "下のスイープを \(code: "sweep.json") として保存してください。結果がすでにストアにあれば再利用し、空のストアなら計算し直します。同じ計算からは、いつも同じバイト列が得られます。")
  static let sweep = Markup(
    english: "The sweep, with every default written out", japanese: "スイープの定義（既定値もすべて記載）")
  static let commands = [
    "winnow run sweep.json --store winnow-store", "winnow report --store winnow-store --output report.html",
    "winnow results --store winnow-store --json", "winnow store check --store winnow-store",
  ]
  static let sweepName = Markup(english: "Name of the sweep", japanese: "スイープの名前")
  /// A fact of the store: what it is, and its value.
  static func fact(_ fact: ReportInput.Fact) -> (Markup, String) {
    switch fact {
    case .program(let version): (.text("Winnow"), version)
    case .storeFormat(let version): (Markup(english: "Store format", japanese: "ストアの形式"), String(version))
    case .sweep(let digest): (Markup(english: "Sweep", japanese: "スイープのダイジェスト"), digest.description)
    case .kernels(let names):
      (Markup(english: "BLAS kernels used", japanese: "使用したBLASカーネル"), names.joined(separator: ", "))
    case .source(let name, let digest):
      (Markup(english: "SHA-256 of \(name)", japanese: "\(code: name) のSHA-256"), digest.description)
    }
  }
}
