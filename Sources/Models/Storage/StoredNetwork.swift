import Core
import Formats
import Numerics
import Samples

/// The stored form is a safetensors file. Its tensors have the names that PyTorch gives them (``TensorNames``), so that
/// `load_state_dict` takes them; its texts, JSON but for the first two, are
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
    let tensors = zip(layers, TensorNames.prefixes(of: layers.map(\.description))).flatMap { $0.tensors(named: $1) }
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
    let layers = try zip(descriptions, TensorNames.prefixes(of: descriptions)).map { description, prefix in
      try Layer(description, named: prefix) { tensors.removeValue(forKey: $0) }
    }
    guard tensors.isEmpty, Self.classes(of: layers, for: shape) != nil else {
      throw NetworkFormatError.damaged("its tensors do not fit its layers, or its layers each other")
    }
    self.init(input: shape, normalisation: normalisation, layers: layers, family: metadata["family"])
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
