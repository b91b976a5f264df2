import Core
import Datasets
import Samples
import Testing

@Suite struct JPEGCompressionTests {
  private static let (height, width) = (17, 19)

  /// Ramps of colour with an edge that is no multiple of eight.
  private static let picture: ImageSet = {
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        let ramp: [Int] = [x * 13, y * 14 + x * 2, (x - 9) * (x - 9) * 2 + (y - 8) * (y - 8)]
        let colour: [Int] = x >= 12 && y < 8 ? [220, 30, 60] : ramp
        for level in colour { pixels.append(UInt8(level % 256)) }
      }
    }
    return ImageSet(count: 1, height: height, width: width, channels: 3, pixels: pixels)
  }()

  @Test(arguments: [(1, quality25), (5, quality7)])
  func colourIsWhatTheIndependentJPEGGroupsLibraryMakesOfIt(severity: Int, expected: String) throws {
    let expected = try #require(Hexadecimal.decode(expected.filter { !$0.isWhitespace }))
    let found = try CorruptionKind.jpeg.corrupted(Self.picture, seed: 0)[severity - 1].pixels
    let distances = zip(found, expected).map { abs(Int($0) - Int($1)) }
    #expect(distances.count == 3 * Self.height * Self.width)
    // Their cosine transform is one of whole numbers.
    #expect((distances.max() ?? 0) <= 4)
    #expect(Double(distances.reduce(0, +)) / Double(distances.count) < 0.6)
  }

  /// The chroma planes take odd sizes, and what is grey comes back grey.
  @Test func greyHasNoChroma() {
    var pixels: [UInt8] = []
    for level in 0..<UInt8(99) { pixels += [UInt8](repeating: level * 2, count: 3) }
    let grey = PlanarImage(ImageSet(count: 1, height: 9, width: 11, channels: 3, pixels: pixels), at: 0)
    let colour = LumaAndChroma(grey)
    #expect(colour.chroma.allSatisfy { $0.height == 5 && $0.width == 6 && $0.bytes.allSatisfy { $0 == 128 } })
    #expect(colour.image.bytes == pixels)
  }

  /// The picture after Pillow 13.0.0 (libjpeg-turbo) wrote it as JPEG of quality 25, 4:2:0, and read it again.
  private static let quality25 = """
    1500bd1703b41b07a4220d8e29147335185a401a3f4f19296e21277c1518920c13b11020d61739ed1846f50b48e7063ed91b3dce223ace223a
    1705b91808b01c0ca022138a2b1871351d57421f3d511d296f25267e1a18931216b21422d51a37ea1845f10e46e7083edc1a3dd2203ad31f3a
    1811af1913a71e1798241d842d236a382753452938532726702e22812518971d18b21d23d01e34e31b40ec1246e60c40e1173ddc1b3add1a3a
    181fa41b219d1f268e252a7b2e306139344a47353357342171381d8332179a2c1bb32a24ca2631da1f3ae21840e51340e4163ce3173ae3173a
    1730951a33901f3781263c6e3040593c42404a442c59411b7044178641179f3e1db13825c22e2ccc2634d61f3bde1c3fe3173ce7153ae7153a
    1541881743821c4774254b622f4f4c3b52384a5223594f146f50108751139f4f1cae4623b73827be2c2cc72a35d4263ddc1b3ae1183ae1183a
    0e517b1253731855672159562c5d40395f2c485f19575c0c6c5c07845f0e9b5f19a7541eaa421fae3522b8332ec8323bcc2338d2203ad2203a
    065d6e085f6810615a1a64492767353469214269105166016465007d6906946b139c60179c4d159c3f16a63e25b53f35b92e35bd2a3abe2a3a
    0774710b756b13775d1e794d2b7c39397e25487d11577a046b7b017a78018b76099d7617ad782cbb793cc6794bce7759e37e76ee8486f98c8f
    05857608866e1188601d8a502b8c3b3b8d27498d14588a056a8a017a8801888709998717a88a2ab58c3abe8d48c48c59d6947ce09a90eba299
    04988209987a129a6c1f9c5a2f9d463e9e304e9d1d5c9b0c6e9c067c9a068c9b0e9a9d1aa69f2bb1a23bbaa548bfa25cceab85d7b19ce2b9a5
    02a48d08a58611a7771fa8642ea94e3faa384fa9235ea91170aa0a7ca9088aa90e96ac19a4b02aaeb438b4b746b9b55cc8ba8bd3bfa4ddc9ae
    00ad9906af9210b0821fb1702eb3583eb34050b2295eb2166fb30e7bb30a87b50d94b8189fbd27a7c235aec541b3c25bc7c48dd3c8aaddd2b4
    02b8a907b9a111ba9121bb7d32bd6443be4a55bd3262bc1e73bf157ebe0f8bc11396c61c9ecb28a7d034add541b4d15dccd095dbd2b3e4dbbc
    0ac5ba0fc6b219c7a229c98d3aca734bcb5a5ccb406aca2b7bcd2087ce1a93d01b9cd622a6dc30ade23cb2e548bce066dadb9febdcbff4e5c8
    0ed2c613d3be1ed4ac2cd6983dd77f4ed9665ed94d6cd8377cda2c87db2592dd289de231a6e83eadee4ab2f256c8e579fad5c2ffcfe9ffd8f4
    0dddc712dfc01ce0b028e29b3ae48449e46c57e55566e44379eb3e84eb3890ed3d9bf148a5f757adfc65b2ff71dae7a1982767c4169bce1fa8
    """

  /// The same at quality 7.
  private static let quality7 = """
    0d009b1200921a008326006d340853430e3a54122061120b6a09007a0a00900e00a61510bd1b26d0243cde284eeb2a56e3123ce80f3ae80f3a
    0f009e1400951e0086280770360e5546133c55172464170f6c10007d1100911400a61910bc1f26ce253adc2a4ce82b53e0133ce5113ae5113a
    1303a416069c200b8a2c12753a1a5d4b1f42592228672414711d01811c00941d05a72213bb2526ca2938d62c47e12c4fdc153ce1133ae1133a
    1712aa1c15a1241b9030217c4028624f2e495d31306b331c772e0b862d05972c0ca72d16b82d26c42f35ce2f43da2d49d5193ada163ada163a
    1b24b11f26a8282c97323383413968503f4f5f43376e43217d431589400d993c11a63918b23725bd3632c5333dce3144cc1e39d21b3ad21b3a
    1c35b41f38ac273e9c334587424b6c51515360543a6d552580561a8c5213994c14a34718ad4222b53d2cb93936c2353dc22339c8203ac8203a
    1745b51c47ad244d9d305488405b6e4f61555e653b6b65277f671d896213945c129c5517a44c1eaa4626ae402fb53a35b62a37bb263abb263a
    1151b31454ab1e599b2a608637676b466d50577037647122787419826f118c670f945f139a56199e4d1ea14725a7402fab3033b02c3ab02c3a
    0f64b51468ae1c6c9d287388377b6e46815556843c6385277182187e80138f7d179e7c22ab7b2fb77b3dc17b4aca7759f28b86f8868ef8868e
    0871b30c74ab15799b21808630866b3e8c524e90385b90246b8e16788c1186891495891da5882cb18839b98846c38258ec9689f19193f19193
    0480b40983ac11889c1d8f872c976d3b9d544ba03959a026689d17759b10849a1493991fa2972dae973ab69747bf9259e7a58fed9f9bed9f9b
    0691ba0994b1139aa01fa08a2da8713cae574db13f5ab22a67af1b76ad1485ab1a94aa23a3a832ada840b6a94bc0a35fe8b598eeafa6eeafa6
    08a3c10da6b816aba721b29131b9773fbf5e4fc3465dc3316bc12278bf1b87bd2196bc29a5ba39b1ba47b9ba52c4b467ecc6a2f1c0b2f1c0b2
    0db2c611b5be1abbac25c29735c97f43cf6653d34b61d2386fd0297cce228bcc269ccb31a9ca3fb5c94cbfc959c8c36ff0d4adf5cebdf5cebd
    12becc15c1c31ec7b42acd9e38d48347d96a56de5064de3d71dc2e80d9298fd72d9fd535aed544b8d652c1d45ecbce75f5e0b5fad9c6fad9c6
    0ec7ca12cac21bcfb225d79d35de8344e46a52e74f62e83c6fe52d7de3288de02c9ce035a9de45b5de51bede5fd0d181ffd6d7ffc9f3ffc9f3
    0fdbd014dec81ce3b828eaa336f18846f87055fa5662fb4171f9337ef72e8ef4319ef43babf24ab7f357bff265e2da9cac3790c91ec2c91ec2
    """
}
