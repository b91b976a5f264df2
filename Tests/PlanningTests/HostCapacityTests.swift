import Planning
import Testing

@Suite("How many workers a machine can have") struct HostCapacityTests {
  @Test(
    "the scarcest of cores, memory and open files decides",
    arguments: [
      (cores: 8, memory: 100_000 as Int?, descriptors: 1_024, workers: 8, limit: HostCapacity.Limit.cores),
      (8, 3_500, 1_024, 3, .memory), (8, 999, 1_024, 0, .memory), (8, -5, 1_024, 0, .memory),
      (8, nil, 1_024, 8, .cores), (64, nil, 100, 13, .descriptors), (64, nil, 20, 0, .descriptors),
    ])
  func limits(cores: Int, memory: Int?, descriptors: Int, workers: Int, limit: HostCapacity.Limit) {
    let capacity = HostCapacity(cores: cores, memory: memory, workerMemory: 1_000, descriptors: descriptors)
    #expect(capacity.workers == workers && capacity.limit == limit)
  }
}
