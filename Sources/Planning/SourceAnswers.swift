import Core
import Files
import Foundation
package import Models
package import Sweeps

/// Where the answers of one trial lie that somebody elsewhere makes: a directory of its own.
package struct AnswerDirectory: Sendable {
  package let point: TrialPoint
  package let path: String
  /// What a planned sweep calls the answers.
  let name: String

  private static let fileLimit = 256 << 20

  /// The names of the files in it that are read, in order; none when there is no such directory.
  private var files: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter(ImportedAnswers.reads).sorted()
  }

  /// Whether there is an answer in it.
  package var isAnswered: Bool { files.contains(where: ImportedAnswers.answers) }

  /// What was answered; nil while nothing was. Throws a ``ConfigurationError`` where a file cannot be read, and a
  /// ``DatasetError`` that says what is wrong with its content.
  package func read() throws -> ImportedAnswers? {
    guard isAnswered else { return nil }
    var contents: [String: [UInt8]] = [:]
    for file in files {
      // Who answers may send links, which would hand over other files of this host, or pipes, which never end.
      let kind = try? FileManager.default.attributesOfItem(atPath: "\(path)/\(file)")[.type] as? FileAttributeType
      guard kind == .typeRegular else {
        throw ConfigurationError(
          place: "models.imported.answers",
          problem: "\(path)/\(file) is no regular file, but a link, a pipe or a directory; put the file itself there")
      }
      do {
        contents[file] = try FileReading.bytes(of: "\(path)/\(file)", limit: Self.fileLimit)
      } catch let error as FileError {
        throw ConfigurationError(place: "models.imported.answers", problem: error.description)
      }
    }
    return try ImportedAnswers(contents, directory: path)
  }

  /// Reads the answers and sees whether they are whole. Throws what ``read()`` throws, and a ``DatasetError`` for what is
  /// missing or no answer.
  package func check() throws { try read()?.check(directory: path) }
}

extension SourceFiles {
  static func answersName(of point: TrialPoint, in directory: String) -> String {
    "answers: \(directory)/\(point.fileName(withModel: false))"
  }

  /// Where the answers of all trials lie that are made elsewhere, in the order of the grid.
  ///
  /// Throws a ``ConfigurationError`` when two trials would have one directory.
  package static func answers(of resolved: ResolvedSweep) throws -> [AnswerDirectory] {
    let directories = resolved.models.compactMapValues { ($0.model as? any OutsideModel)?.answers }
    guard !directories.isEmpty else { return [] }
    var known: [String: TrialPoint] = [:]
    return try resolved.sweep.points.compactMap { point in
      guard let directory = directories[point.model] else { return nil }
      let path = "\(directory)/\(point.fileName(withModel: false))"
      if let other = known.updateValue(point, forKey: path) {
        throw ConfigurationError(
          place: "models.imported.answers",
          problem: "the answers of \(other.label) and of \(point.label) would lie in one directory, \(path); give one "
            + "of the strategies a label of its own")
      }
      return AnswerDirectory(point: point, path: path, name: answersName(of: point, in: directory))
    }
  }
}
