/// The version of this program; part of every report.
package enum Version {
  package static let current = "0.2.0"
}
