import Core
import Datasets
import Testing
import Utilities

private func table(_ text: String, _ name: String = "t.csv") throws -> ClassTable {
  try ClassTable(csv: Array(text.utf8), name: name)
}

@Suite struct ClassAnalysisTests {
  private let header =
    "classname,qty nonzero cols,most confused classnames,most confused scores,skewness of normalized confusion scores,"
    + "accuracy,Precision,Recall,Frequency,Balanced Accuracy,index,Class Count\n"

  @Test func repeatedNamesAreTakenApart() throws {
    let table = try table(
      header + """
        "arch, arch of orange",1,['x'],[0.2],0,0.9,0.8,0.9,0,0,2,30
        missile,0,[],[],0,0.5,0.4,0.5,0,0,7,10
        missile,0,[],[],0,0.3,0.2,0.3,0,0,7,10
        missile,0,[],[],0,0.5,0.4,0.5,0,0,1,20
        missile,0,[],[],0,0.3,0.2,0.3,0,0,1,20
        """)
    #expect(table.rows.map(\.index) == [1, 2, 7] && table.rows.map(\.count) == [20, 30, 10])
    #expect(table.rows.map(\.accuracy) == [0.5, 0.9, 0.3] && table.rows.map(\.precision) == [0.4, 0.8, 0.2])
    #expect(table.rows[1].name == "arch, arch of orange" && table.rows[1].confusionScores == [0.2])
    #expect(
      table.records == 5 && table.notes.count == 1 && table.notes[0].contains("\"missile\" became 2 (classes 1, 7)"))
  }

  @Test func equalNamesWithRowsOfTheirOwnKeepThem() throws {
    let table = try table("class,index,accuracy\ncrane,9,0.1\ncrane,3,0.2\n")
    #expect(table.rows.map(\.index) == [3, 9] && table.rows.map(\.accuracy) == [0.2, 0.1])
    #expect(table.notes.count == 1)
  }

  @Test func classNumbersThatWentThroughFloatingPointAreNumbers() throws {
    let own = try table("file,label\na,0.0\nb,1.0\nc,-1.0\nd,1.0\ne,\n")
    #expect(
      own.rows.map(\.index) == [0, 1] && own.rows.map(\.count) == [1, 2] && own.rows.allSatisfy { $0.name == nil })
    let baseline = try table("index,classname,count\n0,cat,5\n1,dog,5\n2,emu,5\n", "b.csv")
    let found = try ClassAnalysis(own, baseline: baseline).json()
    #expect(found["classes"] == 3 && found["coverage"] == 2 && found["samples"] == 3)
    // Where some labels are names, 1.0 is one as well.
    #expect(try table("label\n1.0\nv2\n").rows.map(\.name) == ["1.0", "v2"])
  }

  @Test func blanksAroundNamesDoNotCountInTablesAndManifests() throws {
    let baseline = try table("classname, class count, accuracy\n cat, 5, 0.5\n dog, 6, 0.75\n", "b.csv")
    let own = try table("classname,class count,accuracy\ndog,7,0.5\ncat,8,0.75\n")
    let pearson = try ClassAnalysis(own, baseline: baseline).baselineAccuracy.pearson
    #expect(abs(try #require(pearson) + 1) < 1e-12)
    #expect(try ClassAnalysis(table("file, label\na, cat\nb, dog\n"), baseline: baseline).classes == 2)
  }

  @Test func emptyNumbersAreUnknownAndNoted() throws {
    let own = try table(
      "classname,class count,accuracy,precision,recall\na,5,0.5,0.5,0.5\nb,6,,,\nc,7,0.75,0.6,0.75\nd,9,1.0,0.9,1.0\n")
    let found = try ClassAnalysis(own)
    #expect(found.classes == 4 && found.balance?.counts == [5, 6, 7, 9] && found.accuracy == 0.75)
    // numpy.corrcoef([.5, .6, .9], [.5, .75, 1])[0, 1]
    #expect(abs(try #require(found.precisionRecall.pearson) - 0.9607689228305228) < 1e-12)
    #expect(
      found.notes.count == 3
        && found.notes[0] == "t.csv: \"accuracy\" is empty for \"b\"; what is computed of it leaves them out")
    let uncounted = try ClassAnalysis(table("classname,count,accuracy\na,5,1\nb,,1\n"))
    #expect(uncounted.balance == nil && uncounted.notes.count == 1)
  }

  @Test func tablesOfGermanExcelAreRead() throws {
    let own = try table("classname;class count;accuracy\r\ncat;5;0,5\r\ndog;6;1\r\n")
    #expect(own.rows.map(\.count) == [5, 6] && own.rows.map(\.accuracy) == [0.5, 1])
  }

  @Test func oneSmallTableByHand() throws {
    let own = try table("class,count,accuracy,precision,recall\na,10,0.2,0.4,0.2\nb,0,0,0,0\nc,30,0.7,0.5,0.7\n")
    let found = try ClassAnalysis(own, baseline: table("class,count,accuracy\nc,6,1\nb,5,0.5\na,4,0\n", "b.csv"))
    let json = found.json(tailLimit: 20)
    #expect(json["rows"] == 3 && json["classes"] == 3 && json["samples"] == 40 && json["coverage"] == 2)
    #expect(json["lt500"] == 3 && json["lt20"] == 2 && json["ls5pct"] == 0.75 && json["top1"]?.double == 0.9 / 3)
    // Ranks of the accuracies 2, 1, 3 and 1, 2, 3: 1 − 6·2 / (3·8).
    #expect(abs(try #require(json["rINAA"]?["spearman"]?.double) - 0.5) < 1e-12)
    #expect(abs(try #require(json["rINAVAV"]?["spearman"]?.double) - 0.5) < 1e-12)
    #expect(json["rACS"] == ["pearson": .null, "spearman": .null] && json["notes"] == .array([]))
  }

  @Test func keysAreThePromisedOnesAndNullWithoutData() throws {
    let json = try ClassAnalysis(table("label\nx\nx\ny\n")).json()
    let keys = [
      "rows", "classes", "samples", "coverage", "lt500", "ls5pct", "top1", "gini", "expEntropy", "rPCC", "rACS",
      "rINAA",
      "rPR", "rINAVAV", "notes",
    ]
    #expect(json.members?.keys.sorted() == keys.sorted())
    for key in ["rPCC", "rACS", "rINAA", "rPR", "rINAVAV"] {
      #expect(json[key] == ["pearson": .null, "spearman": .null])
    }
    #expect(json["top1"] == .null && json["samples"] == 3 && json["classes"] == 2 && json["rows"] == 3)
  }

  @Test func manifestsAreCountedAndCompletedByTheBaseline() throws {
    let subset = try table("source,label\n1,2\n2,0\n3,2\n4,-1\n5,\n")
    #expect(subset.isManifest && subset.rows.map(\.index) == [0, 2] && subset.rows.map(\.count) == [1, 2])
    let baseline = try table("classname,index,Class Count\na,0,5\nb,1,1\nc,2,5\n", "base.csv")
    let found = try ClassAnalysis(subset, baseline: baseline)
    #expect(found.classes == 3 && found.balance?.coverage == 2 && found.balance?.counts.sorted() == [0, 1, 2])
    #expect(found.baselineCount.pearson.map { abs($0 - 0.8660254) < 1e-7 } == true)
    #expect(found.notes.count == 2 && found.notes[0].hasPrefix("2 rows of t.csv have no label"))
  }

  @Test func linesEndAndQuotesCloseInEveryWay() throws {
    let mark = "\u{FEFF}"
    for text in ["label,x\r\n\"a,b\",\"1\"\"\"\r\nc,\"2\n3\"", "\(mark)Label,x\r\"a,b\",1\rc,2\r"] {
      #expect(try table(text).rows.map(\.name) == ["a,b", "c"])
    }
  }

  @Test(arguments: [
    ("", "t.csv: the file is empty"), ("a,b\n1,2\n", "t.csv, line 1: neither a per-class table"),
    ("label\n", "t.csv: there is no row"), ("label\n-1\n\n", "t.csv: no row has a label"),
    ("label,Label\na,b\n", "t.csv, line 1: the column \"label\" appears twice"),
    ("count,accuracy\n1,1\n", "line 1: a per-class table needs a column \"classname\" or \"index\""),
    ("label,x\na,1\n\nb\n", "t.csv, line 4: 1 fields instead of the 2"),
    ("class,accuracy\nx,high\n", "line 2: \"high\" for \"accuracy\" is no fraction"),
    ("class,accuracy\nx,nan\n", "line 2: \"nan\""), ("class,accuracy\nx,77.9\n", "line 2: \"77.9\""),
    ("class,count\nx,-3\n", "line 2: \"-3\" for \"class count\" is no whole number"),
    ("class,count\nx,99999999999999999999\n", "is no whole number"), ("class,count\nx,1e300\n", "is no whole number"),
    ("class,count,most confused scores\nx,1,\"[0.1, inf]\"\n", "line 2: \" inf\" is no number"),
    ("class,count\nx,1\ny,2\nx,1\n", "line 4: the class \"x\" is repeated"),
    ("index,count\n1,1\n1,2\n", "line 3: the class 1 has two different counts"),
    ("class,index,count\nx,1,1\ny,1,2\n", "line 3: two classes have the number 1 (see line 2)"),
    (
      "class,index,count,accuracy\nx,1,1,0.1\nx,1,1,0.2\nx,2,2,0.3\n",
      "line 4: the name \"x\" has 3 different results for 2 class numbers"
    ), ("label,x\na,\"1\nb,2\n", "t.csv, line 2: a quoted field is never closed"),
  ])
  func whatCannotBeReadIsRefusedWithItsLine(text: String, problem: String) {
    let error = #expect(throws: DatasetError.self) { try table(text) }
    #expect(error?.description.contains(problem) == true, "\(error?.description ?? "")")
  }

  @Test func bytesThatAreNoTextAreRefused() {
    let error = #expect(throws: DatasetError.self) {
      try ClassTable(csv: Array("label\na\n".utf8) + [0xFF, 0x0A], name: "t.csv")
    }
    #expect(error?.description == "t.csv, line 3: the text is not UTF-8")
  }

  @Test(arguments: [
    ("class,index,count\na,0,1\n", "class,index,count\nb,0,1\n", "the label sets differ"),
    ("class,count\na,1\n", "class,count\nb,1\n", "no class in common"),
    ("class,count\na,1\n", "index,count\n0,1\n", "cannot be matched"),
  ])
  func otherLabelSetsAreNoBaseline(own: String, baseline: String, problem: String) throws {
    let (own, baseline) = (try table(own), try table(baseline, "b.csv"))
    let error = #expect(throws: DatasetError.self) { try ClassAnalysis(own, baseline: baseline) }
    #expect(error?.description.contains(problem) == true)
  }

  @Test func damagedTablesAreReadOrRefused() {
    let text = Array(
      (header + "\"a, b\",1,['x'],[0.2],0,0.9,0.8,0.9,0,0,2,30\nc,0,[],[],0,0.5,0.4,0.5,0,0,7,10\n").utf8)
    var generator = SeededGenerator(seed: 0, purpose: "csv")
    var refused = 0
    for _ in 0..<3_000 {
      var bytes = text
      for _ in 0...generator.integer(below: 3) {
        let place = generator.integer(below: bytes.count)
        switch generator.integer(below: 3) {
        case 0: bytes.remove(at: place)
        case 1: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
        default: bytes.insert(Array("\",\n\r-9e.".utf8)[generator.integer(below: 8)], at: place)
        }
      }
      do {
        let table = try ClassTable(csv: bytes, name: "t.csv")
        _ = try ClassAnalysis(table, baseline: table).json().canonical
      } catch {
        #expect(error is DatasetError)
        refused += 1
      }
    }
    #expect(refused > 500 && refused < 3_000)
  }
}
