import Core
import Formats

/// Weights that training starts from, by the names that PyTorch gives them (``TensorNames``): a safetensors file, ours or
/// anybody's.
struct StartingWeights: Hashable, Sendable {
  /// What an option calls the file, and what training needs of it.
  static let option = "start"
  static let meaning = Words(
    english:
      "a safetensors file with weights by PyTorch's names that training starts from; a last layer for other classes "
      + "starts afresh; none unless given",
    japanese: "学習の初期値とする重み（PyTorch の名前の safetensors ファイル）。クラスが異なる出力層は新しく初期化。既定はなし")

  /// Where the file lies, for those who submit.
  let path: String
  private var tensors: [String: SafeTensors.Tensor]?

  init(path: String) { self.path = path }

  /// The option's value; nil where it is not given. Throws a ``ConfigurationError`` for anything but a path.
  static func read(_ object: inout StrictObject) throws -> StartingWeights? {
    guard let path = try object.string(option) else { return nil }
    guard !path.isEmpty else { throw object.error(option, "the path of a file is needed") }
    return StartingWeights(path: path)
  }

  /// The same with the content of its file. Throws a `DatasetError` for what is no safetensors file.
  func given(_ files: [String: [UInt8]]) throws -> StartingWeights {
    guard let bytes = files[Self.option] else {
      throw DatasetError("the starting weights", "they were not handed in with the sweep")
    }
    var given = self
    given.tensors = try SafeTensors(reading: bytes, name: "the starting weights").tensors
    return given
  }

  /// `network` with these weights instead of its own. Throws a `DatasetError` that names a tensor that is missing, has another
  /// shape or type, or that the network does not have.
  func applied(to network: Network) throws -> Network {
    guard var left = tensors else { throw problem("their content was not given") }
    // PyTorch counts the batches that a normalisation has seen; nothing depends on it.
    left = left.filter { !$0.key.hasSuffix(".num_batches_tracked") }
    let prefixes = TensorNames.prefixes(of: network.layers.map(\.description))
    var layers: [Layer] = []
    for (index, layer) in network.layers.enumerated() {
      let wanted = layer.tensors(named: prefixes[index])
      let isHead = index == network.layers.count - 1
      if isHead, wanted.contains(where: { left[$0.0]?.shape != $0.1.shape }) {
        for (name, _) in wanted { left[name] = nil }
        layers.append(layer)
        continue
      }
      for (name, own) in wanted {
        guard let tensor = left[name] else { throw problem("they hold no \(name), which this model has") }
        guard tensor.shape == own.shape else {
          throw problem("\(name) has the shape \(tensor.shape), but this model needs \(own.shape)")
        }
        guard let values = tensor.floats, values.allSatisfy(\.isFinite) else {
          throw problem("\(name) holds something other than finite numbers of single precision (F32)")
        }
      }
      layers.append(try Layer(layer.description, named: prefixes[index]) { left.removeValue(forKey: $0) })
    }
    guard left.isEmpty else {
      throw problem("this model does not have \(left.keys.sorted().prefix(5).joined(separator: ", "))")
    }
    return network.with(layers: layers)
  }

  private func problem(_ words: String) -> DatasetError { DatasetError("the starting weights", words) }
}

extension StartingWeights? {
  /// What tasks know of the option: nothing where it is not given, so that such tasks keep their names.
  var options: [String: JSONValue] { self == nil ? [:] : [StartingWeights.option: "the content of a file"] }
  var files: [String: String] { map { [StartingWeights.option: $0.path] } ?? [:] }
}
