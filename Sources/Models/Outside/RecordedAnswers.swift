import Core
package import Numerics
package import Samples

/// What a trained model said of samples, looked up by their content. Where it was asked about equal samples, its first answer
/// counts.
package struct RecordedAnswers: Hashable, Sendable {
  /// Of the samples, by content alone; ascending, each once.
  let identities: [SampleIdentifier]
  /// One row an identity, one column a class.
  let logits: Matrix
  /// One row an identity; nil where none were given.
  let embeddings: Matrix?

  package var classes: Int { logits.columns }
  /// What stands for the inputs of a last layer: the embeddings or, without any, the logits.
  var body: Matrix { embeddings ?? logits }

  /// nil when the rows do not fit the identities, these do not ascend, or a number is not finite.
  init?(identities: [SampleIdentifier], logits: Matrix, embeddings: Matrix?) {
    guard !identities.isEmpty, logits.rows == identities.count, logits.columns > 1,
      embeddings.map({ $0.rows == identities.count && $0.columns > 0 }) ?? true,
      zip(identities, identities.dropFirst()).allSatisfy({ $0 < $1 }),
      logits.values.allSatisfy(\.isFinite), embeddings?.values.allSatisfy(\.isFinite) ?? true
    else { return nil }
    (self.identities, self.logits, self.embeddings) = (identities, logits, embeddings)
  }

  /// The answers to questions one after the other; nil likewise.
  ///
  /// - Parameters:
  ///   - logits: one row a sample of all questions.
  ///   - embeddings: likewise.
  package init?(to questions: [Question], logits: Matrix, embeddings: Matrix?) {
    var rows: [SampleIdentifier: Int] = [:]
    var row = 0
    for question in questions {
      for index in 0..<question.samples.count {
        let identity = question.samples.content(of: index)
        if rows[identity] == nil { rows[identity] = row }
        row += 1
      }
    }
    guard row == logits.rows, embeddings.map({ $0.rows == row }) ?? true else { return nil }
    let identities = rows.keys.sorted()
    let order = identities.map { rows[$0]! }
    self.init(
      identities: identities, logits: logits.selecting(rows: order), embeddings: embeddings?.selecting(rows: order))
  }

  /// The rows of `samples`; nil when it was never asked about one of them.
  func rows(of samples: SampleSet) -> [Int]? {
    var found: [Int] = []
    found.reserveCapacity(samples.count)
    for index in 0..<samples.count {
      guard let row = row(of: samples.content(of: index)) else { return nil }
      found.append(row)
    }
    return found
  }

  private func row(of identity: SampleIdentifier) -> Int? {
    var (low, high) = (0, identities.count)
    while low < high {
      let middle = (low + high) / 2
      if identities[middle] < identity { low = middle + 1 } else { high = middle }
    }
    return low < identities.count && identities[low] == identity ? low : nil
  }
}

extension SampleSet {
  /// Names a sample by its content alone.
  fileprivate func content(of index: Int) -> SampleIdentifier {
    SampleIdentifier(sourceID: 0, content: bytes(of: index))
  }
}

extension Network {
  /// What a program answered, as a network.
  package init(answers: RecordedAnswers, input: SampleShape, normalisation: PixelNormalisation?, family: String) {
    self.init(input: input, normalisation: normalisation, layers: [.recorded(answers)], family: family)
  }

  /// Throws a `DatasetError` when this network is a list of answers and was never asked about one of `samples`. Whoever hands
  /// it samples that it may not have been asked about calls this first.
  package func requireAnswers(for samples: SampleSet, name: String) throws {
    guard let recorded, recorded.rows(of: samples) == nil else { return }
    throw DatasetError(
      name, "the program that trained this network was never asked about these samples; train it again, with them")
  }

  /// The answers that it consists of; nil for a network that computes.
  var recorded: RecordedAnswers? {
    guard case .recorded(let answers)? = layers.last else { return nil }
    return answers
  }
}
