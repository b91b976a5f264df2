import CCrypto

/// The library that digests are computed with.
package enum HashLibrary {
  /// Such as `OpenSSL 3.0.17 1 Jul 2025`.
  package static var version: String { String(cString: OpenSSL_version(0)) }
}
