package import Core
package import Wire

extension ClusterStatus {
  /// What goes on of one sweep or of all, in a few words each.
  package func progressWords(of sweep: Digest?) -> [String] {
    let progress = progress(of: sweep)
    let stuck = counts(of: sweep).stuck
    var words = ["\(progress.computing) running"]
    if stuck > 0 { words.append("\(stuck) failed") }
    if finishedPerMinute > 0 { words.append("\(Int(finishedPerMinute.rounded()))/min") }
    if let seconds = progress.secondsLeft, seconds > 0 { words.append("about \(DurationText.words(seconds)) left") }
    return words
  }
}
