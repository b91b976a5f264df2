import Core
import Formats
import Numerics
import Samples

/// The stored form is a safetensors file. Its tensors have the names that PyTorch's `nn.Sequential` of the same layers gives
/// them (`0.weight`, `0.bias`, `2.weight`, …), so that `load_state_dict` takes them; its texts, JSON but for the first two, are
///
/// - `version`: 2, that of this form;
/// - `family`: where the network is of one;
/// - `input`: the shape of a sample;
/// - `layers`: what each is, from the input to the classes;
/// - `normalisation`: mean and deviation of each channel of pixels, where it takes pixels.
extension Network {
  private static let version = "2"

  /// Everything that makes this network; equal networks have equal bytes, on every host.
  package var bytes: [UInt8] {
    var metadata = [
      "version": Self.version, "input": input.json.canonicalText,
      "layers": JSONValue.array(layers.map(\.description)).canonicalText,
    ]
    metadata["family"] = family
    metadata["normalisation"] = normalisation?.json.canonicalText
    let tensors = layers.enumerated().flatMap { index, layer in layer.tensors.map { ("\(index).\($0)", $1) } }
    return SafeTensors(metadata: metadata, tensors: Dictionary(uniqueKeysWithValues: tensors)).bytes
  }

  /// Reads what ``bytes`` makes, and what release 1 stored. Throws a ``NetworkFormatError`` for anything else.
  package init(bytes: [UInt8]) throws {
    guard !bytes.starts(with: Release1Network.magic) else {
      self = try Release1Network.read(bytes)
      return
    }
    guard bytes.count > 8, bytes[8] == UInt8(ascii: "{") else { throw NetworkFormatError.notANetwork }
    do {
      try self.init(SafeTensors(reading: bytes, name: "network"))
    } catch let error as DatasetError {
      throw NetworkFormatError.damaged(error.problem)
    } catch let error as ConfigurationError {
      throw NetworkFormatError.damaged("\(error)")
    }
  }

  private init(_ stored: SafeTensors) throws {
    let metadata = stored.metadata
    guard let version = metadata["version"], let input = metadata["input"], let list = metadata["layers"] else {
      throw NetworkFormatError.notANetwork
    }
    guard version == Self.version else { throw NetworkFormatError.unknownVersion(version) }
    // A text with a misspelt name must not count as an absent one.
    let unknown = Set(metadata.keys).subtracting(["version", "family", "input", "layers", "normalisation"])
    guard unknown.isEmpty else {
      throw NetworkFormatError.damaged(
        "it says something of unknown meaning, \(unknown.sorted().joined(separator: ", "))")
    }
    let shape = try SampleShape(json: try JSONValue.parse(Array(input.utf8), source: "input"), place: "input")
    let normalisation = try metadata["normalisation"].map {
      try PixelNormalisation(json: try JSONValue.parse(Array($0.utf8), source: "normalisation"), place: "normalisation")
    }
    var tensors = stored.tensors
    let descriptions = try JSONValue.parse(Array(list.utf8), source: "layers").elements ?? []
    let layers = try descriptions.enumerated().map { index, description in
      try Layer(description) { tensors.removeValue(forKey: "\(index).\($0)") }
    }
    guard tensors.isEmpty, Self.classes(of: layers, for: shape) != nil else {
      throw NetworkFormatError.damaged("its tensors do not fit its layers, or its layers each other")
    }
    self.init(input: shape, normalisation: normalisation, layers: layers, family: metadata["family"])
  }
}

extension Layer {
  /// All but the parameters.
  fileprivate var description: JSONValue {
    switch self {
    case .linear: "linear"
    case .rectifier: "rectifier"
    }
  }

  /// The parameters, by PyTorch's names.
  fileprivate var tensors: [(name: String, SafeTensors.Tensor)] {
    switch self {
    case .linear(let weights, let bias):
      [
        ("weight", SafeTensors.Tensor(shape: [weights.rows, weights.columns], floats: weights.values)),
        ("bias", SafeTensors.Tensor(shape: [bias.count], floats: bias)),
      ]
    case .rectifier: []
    }
  }

  /// Reads what ``description`` and ``tensors`` make.
  ///
  /// - Parameter take: the tensor of a name, which then is used.
  fileprivate init(_ description: JSONValue, take: (String) -> SafeTensors.Tensor?) throws {
    switch description {
    case "linear":
      guard let weights = take("weight"), let bias = take("bias"), weights.shape.count == 2, bias.shape.count == 1,
        let values = weights.floats, let biasValues = bias.floats
      else { throw NetworkFormatError.damaged("a fully connected layer has no weights") }
      self = .linear(
        weights: Matrix(rows: weights.shape[0], columns: weights.shape[1], values: values), bias: biasValues)
    case "rectifier": self = .rectifier
    default:
      throw NetworkFormatError.damaged("a layer of the kind \(description.canonicalText.prefix(40)) is not known")
    }
  }
}

/// Why bytes are not a network.
package enum NetworkFormatError: Error, Hashable, CustomStringConvertible {
  case notANetwork
  case unknownVersion(String)
  case damaged(String)
  case wrongLength(expected: Int, actual: Int)

  package var description: String {
    switch self {
    case .notANetwork: "These bytes are not a stored network: they are no safetensors file of Winnow's."
    case .unknownVersion(let version):
      "The network is stored in format \(version); this program reads formats 1 and 2. Use the version of Winnow that wrote it."
    case .damaged(let problem): "The stored network is damaged: \(problem). Train it again."
    case .wrongLength(let expected, let actual):
      "The stored network is damaged: \(actual) bytes instead of \(expected). Train it again."
    }
  }
}
