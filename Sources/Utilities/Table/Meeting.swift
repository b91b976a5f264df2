import Core
package import Datasets
import Samples

extension DatasetDescription {
  /// Whether trials on this data set can meet `needs`.
  package func meets(_ needs: Set<UtilityNeed>) -> Bool {
    needs.allSatisfy { need in
      switch need {
      case .images: shape.isImage
      // Every trial chooses.
      case .choice: true
      case .reference: part(for: .reference) != nil
      case .evaluation: part(for: .evaluation) != nil
      case .corruptions: !corruptions.isEmpty && severities > 0
      case .transferTasks: !transfer.isEmpty
      case .deployment: part(for: .deployment) != nil
      case .furtherSet: sets.contains { $0.meaning != .task }
      case .furtherTask: sets.contains { $0.meaning == .task }
      }
    }
  }
}

extension MeasuredSubject {
  /// As much of a data set's description as can be seen of what is measured: what its metrics may be called.
  var described: DatasetDescription {
    func thing(_ name: String) -> MeasuredThing {
      let words = Words(english: name, japanese: name)
      return MeasuredThing(name: name, title: words, meaning: words)
    }
    var kinds: [String] = []
    for corruption in sets?.corruptions ?? [] where kinds.last != corruption.kind { kinds.append(corruption.kind) }
    return DatasetDescription(
      kind: "", classes: (0..<classes).map { String($0) }, shape: samples?.shape ?? .vector(width: 1), parts: [],
      pools: [], corruptions: kinds.map(thing),
      severities: sets?.corruptions.map(\.severity).max() ?? 0, transfer: (sets?.transfer ?? []).map { thing($0.name) },
      sets: furtherSet.map { [$0.description] } ?? [])
  }
}
