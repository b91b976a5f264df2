import Cluster
import Core
import Files
import Wire

/// A full-screen view on a terminal.
final class ScreenDisplay: FollowerDisplay {
  let showsWorkers = true
  let pace = 1.0
  let keys: Int32? = 0
  private let terminal: RawTerminal
  private var state: WatchState
  private var drawing = ScreenDrawing(usesColours: Terminal.usesColours)

  /// nil where there is no terminal for it.
  init?(place: String, sweep: Digest?) {
    guard let terminal = RawTerminal() else { return nil }
    self.terminal = terminal
    state = WatchState(place: place, sweep: sweep)
  }

  func show(_ status: ClusterStatus, of sweep: Digest?) {
    state.take(status, at: MonotonicClock.now)
    // What has ended before anybody has looked needs no view.
    if !status.counts(of: sweep).isFinished { draw() }
  }

  func showSilence(seconds: Int) {
    state.miss(seconds: seconds)
    draw()
  }

  func resize() {
    drawing.forget()
    draw()
  }

  func clear() { terminal.leave() }

  private func draw() {
    terminal.enter()
    let size = terminal.size
    let rows = WatchScreen.rows(state, width: size.columns, height: size.rows)
    let commands = drawing.commands(for: rows, width: size.columns)
    if !commands.isEmpty { terminal.write(commands) }
  }

  func hear() -> Bool {
    guard let bytes = terminal.keys() else { return false }
    for key in ScreenKey.keys(in: bytes) {
      switch key {
      case .leave: return false
      case .rest:
        terminal.rest()
        drawing.forget()
      case .redraw: drawing.forget()
      case .scroll(let count): state.scroll(by: count)
      }
    }
    draw()
    return true
  }
}
