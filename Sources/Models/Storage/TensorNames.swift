import Core

/// What PyTorch calls the tensors of layers.
///
/// Where all layers are fully connected, rectifiers and the like: by place, as `nn.Sequential` does (`0.weight`, `2.weight`).
/// Where there are convolutions: by kind, as torchvision's networks do: `conv1`, `bn1`, `fc` (`fc1`, `fc2` where there are
/// several), and `layer2.0.conv1` in a residual block, the first of the second stage. A stage begins where a shortcut has
/// layers of its own, `layer2.0.downsample.0`.
enum TensorNames {
  /// One prefix for each of the layers, which are as they are described in stored networks.
  static func prefixes(of layers: [JSONValue]) -> [String] {
    let kinds = layers.map(LayerKind.init)
    guard kinds.contains(where: { $0 == .convolution || $0 == .residual || $0 == .batchNormalisation }) else {
      return kinds.indices.map(String.init)
    }
    let heads = kinds.count { $0 == .linear }
    var counts: [LayerKind: Int] = [:]
    var (stage, block) = (1, -1)
    return zip(layers, kinds).enumerated().map { index, layer in
      counts[layer.1, default: 0] += 1
      let count = counts[layer.1]!
      switch layer.1 {
      case .convolution: return "conv\(count)"
      case .batchNormalisation: return "bn\(count)"
      case .linear: return heads == 1 ? "fc" : "fc\(count)"
      case .residual:
        let begins = count > 1 && layer.0.members?["shortcut"]?.elements?.isEmpty == false
        (stage, block) = begins ? (stage + 1, 0) : (stage, block + 1)
        return "layer\(stage).\(block)"
      case .other: return "\(index)"
      }
    }
  }

  /// Likewise for the shortcut of the residual block `prefix`.
  static func shortcut(_ count: Int, of prefix: String) -> [String] {
    (0..<count).map { "\(prefix).downsample.\($0)" }
  }
}

/// What a description of a layer begins with.
enum LayerKind: Hashable {
  case linear, convolution, batchNormalisation, residual, other

  init(_ description: JSONValue) {
    switch description {
    case "linear": self = .linear
    case "batch-normalisation": self = .batchNormalisation
    case .object(let members) where members["convolution"] != nil: self = .convolution
    case .object(let members) where members["residual"] != nil: self = .residual
    default: self = .other
    }
  }
}
