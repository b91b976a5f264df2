import Core
import Samples
import Sweeps

/// What a subset in files is, in Croissant 1.1 (MLCommons, 2026) with the vocabulary for responsible AI: JSON-LD that other
/// tools read.
package struct CroissantExport {
  /// A file that lies beside the description.
  package struct File: Hashable, Sendable {
    package let name: String
    package let content: [UInt8]

    package init(name: String, content: [UInt8]) {
      self.name = name
      self.content = content
    }
  }

  private let export: SubsetExport
  private let name: String
  private let point: String
  private let table: File
  private let shard: File

  /// - Parameters:
  ///   - name: of the data set.
  ///   - point: the trial that chose, in words.
  package init(_ export: SubsetExport, name: String, point: String) {
    self.export = export
    self.name = name
    self.point = point
    table = File(name: "samples.csv", content: export.table)
    shard = File(name: "samples.tar", content: export.shard)
  }

  /// All that belongs into one directory: the description, the table and the shard.
  package var files: [File] {
    [File(name: "croissant.json", content: Array((description.prettyText + "\n").utf8)), table, shard]
  }

  private var description: JSONValue {
    let entries = export.manifest.entries
    var members: [String: JSONValue] = [
      "@context": Self.context, "@type": "sc:Dataset", "name": .string(name),
      "conformsTo": [
        "http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0",
      ],
      "description": .string(
        "\(entries.count) samples that Winnow chose for training: \(point). Labels are those that were trained with."),
      "license": .array(licences.map { .string(Self.address(of: $0)) }), "version": "1.0.0",
      "distribution": .array(distribution), "recordSet": .array([classes, members, records]),
      "citeAs": "A subset chosen by Winnow; cite the data sets that its pools are from.",
      "rai:dataCollection": .string("Chosen from candidate pools within a budget: \(point). \(pools)"),
      "rai:dataAnnotationProtocol": .string(labels),
      "rai:dataManipulationProtocol": .string(
        "Samples are as models were trained on them: decoded, turned upright, and made \(export.samples.shape) where they are "
          + "images."),
      "rai:dataLimitations": .string(
        "A subset for one budget and one seed; licences and label origins are as whoever described the pools stated them."
      ),
    ]
    if licences.isEmpty { members["license"] = nil }
    return .object(members)
  }

  /// The pools that samples are from, in the order of their names.
  private var used: [(name: String, count: Int, origin: SubsetExport.Origin?)] {
    Dictionary(grouping: export.manifest.entries, by: \.shift).sorted { $0.key < $1.key }
      .map { ($0.key, $0.value.count, export.origins[$0.key]) }
  }

  private var licences: [String] { Set(export.manifest.entries.compactMap(export.licence(of:))).sorted() }

  private var pools: String {
    used.map { name, count, origin in
      let own = export.manifest.entries.filter { $0.shift == name }
      let flags = own.map(export.synthetic(of:))
      let synthetic = origin.map { Self.words($0.provenance.synthetic, flags) } ?? "of unknown origin"
      let licences = Set(own.map { export.licence(of: $0) ?? "not stated" }).sorted().joined(separator: ", ")
      return "\(count) from \(name) (licence \(licences), \(synthetic))"
    }.joined(separator: "; ") + "."
  }

  private static func words(_ synthetic: Provenance.Synthetic, _ flags: [String?]) -> String {
    switch synthetic {
    case .bySample:
      "\(flags.count { $0 == "true" }) of them synthetic, \(flags.count { $0 == nil }) not stated"
    case .yes: "synthetic"
    case .no: "not synthetic"
    case .some: "partly synthetic"
    }
  }

  private var labels: String {
    used.map { "\($0.name): \($0.origin?.labels ?? "unknown")" }.joined(separator: " ")
  }

  private var distribution: [JSONValue] {
    [
      Self.file(table, id: "samples.csv", format: "text/csv"),
      Self.file(shard, id: "samples.tar", format: "application/x-tar"),
      [
        "@type": "cr:FileSet", "@id": "members", "containedIn": ["@id": "samples.tar"],
        "encodingFormat": .string(isImages ? "image/png" : "application/octet-stream"),
        "includes": .string("*.\(export.ending)"),
      ],
    ]
  }

  private static func file(_ file: File, id: String, format: String) -> JSONValue {
    [
      "@type": "cr:FileObject", "@id": .string(id), "name": .string(id), "contentUrl": .string(file.name),
      "contentSize": .string("\(file.content.count) B"), "encodingFormat": .string(format),
      "sha256": .string(Digest(of: file.content).description),
    ]
  }

  /// The classes as an enumeration, by their numbers.
  private var classes: JSONValue {
    [
      "@type": "cr:RecordSet", "@id": "classes", "dataType": "sc:Enumeration", "key": ["@id": "classes/number"],
      "field": [
        ["@type": "cr:Field", "@id": "classes/number", "dataType": "sc:Integer"],
        ["@type": "cr:Field", "@id": "classes/name", "dataType": "sc:Text"],
      ],
      "data": .array(
        export.classNames.enumerated().map {
          ["classes/number": .integer(Int64($0)), "classes/name": .string($1)]
        }),
    ]
  }

  private var records: JSONValue {
    let fields = [
      Self.column("uid", "uid", "sc:Text"), Self.column("pool", "pool", "sc:Text"),
      Self.column("row", "row", "sc:Integer"), Self.column("licence", "licence", "sc:Text"),
      Self.column("label_origin", "label_origin", "sc:Text"), Self.column("synthetic", "synthetic", "sc:Text"),
      Self.column("label", "label", "sc:Integer", ["references": ["field": ["@id": "classes/number"]]]),
      Self.column(
        "member", "member", "sc:Text",
        ["references": ["field": ["@id": "files/name"]]]),
    ]
    return ["@type": "cr:RecordSet", "@id": "samples", "field": .array(fields)]
  }

  /// The pictures or numbers, by the names of their members in the shard.
  private var members: JSONValue {
    func field(_ name: String, _ property: String, _ type: String) -> JSONValue {
      [
        "@type": "cr:Field", "@id": .string("files/\(name)"), "dataType": .string(type),
        "source": ["fileSet": ["@id": "members"], "extract": ["fileProperty": .string(property)]],
      ]
    }
    var fields = [field("name", "filename", "sc:Text")]
    if isImages { fields.append(field("content", "content", "sc:ImageObject")) }
    return ["@type": "cr:RecordSet", "@id": "files", "field": .array(fields)]
  }

  private static func column(
    _ name: String, _ column: String, _ type: String, _ more: [String: JSONValue] = [:]
  ) -> JSONValue {
    let members: [String: JSONValue] = [
      "@type": "cr:Field", "@id": .string("samples/\(name)"), "dataType": .string(type),
      "source": ["fileObject": ["@id": "samples.csv"], "extract": ["column": .string(column)]],
    ]
    return .object(members.merging(more) { own, _ in own })
  }

  private var isImages: Bool { export.samples.images != nil }

  /// An SPDX name as the address of its text; other words as they are.
  private static func address(of licence: String) -> String {
    let isName = licence.unicodeScalars.allSatisfy {
      ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
        || "-.".unicodeScalars.contains($0)
    }
    return isName ? "https://spdx.org/licenses/\(licence).html" : licence
  }

  /// The standard context of Croissant 1.1.
  private static let context: JSONValue = [
    "@language": "en", "@vocab": "https://schema.org/", "arrayShape": "cr:arrayShape", "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo", "containedIn": "cr:containedIn", "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/", "data": ["@id": "cr:data", "@type": "@json"],
    "dataType": ["@id": "cr:dataType", "@type": "@vocab"], "dct": "http://purl.org/dc/terms/",
    "description": ["@container": "@language"], "isArray": "cr:isArray", "name": ["@container": "@language"],
    "equivalentProperty": "cr:equivalentProperty", "examples": ["@id": "cr:examples", "@type": "@json"],
    "extract": "cr:extract", "field": "cr:field", "fileProperty": "cr:fileProperty", "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet", "format": "cr:format", "includes": "cr:includes", "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath", "key": "cr:key", "md5": "cr:md5", "parentField": "cr:parentField", "path": "cr:path",
    "recordSet": "cr:recordSet", "references": "cr:references", "regex": "cr:regex", "repeated": "cr:repeated",
    "replace": "cr:replace", "samplingRate": "cr:samplingRate", "sc": "https://schema.org/",
    "separator": "cr:separator", "source": "cr:source", "subField": "cr:subField", "transform": "cr:transform",
  ]
}
