package import Wire

extension ClusterStatus.Obstacle {
  /// For people, in English.
  package var words: String {
    switch self {
    case .noWorkers: "no workers: waiting"
    case .noUsableSlots: "no worker takes tasks: waiting"
    case .nobodyFits: "no worker has what the tasks ask for (winnow explain TASK): waiting"
    }
  }
}
