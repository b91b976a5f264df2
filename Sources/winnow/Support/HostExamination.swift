import Core
import Files
import Formats
import Foundation
import Numerics
import ObjectStore
import Planning
import Transport

/// What this machine has, and what Winnow can use of it.
struct HostExamination {
  /// The directory of the store that would be used.
  let store: String

  var findings: [Finding] {
    [processor] + engine + libraries + [network, records] + [capacity, descriptors, scratch, storeDisk, builtInData]
      + [Self.python, inference]
  }

  // MARK: Computing

  private var processor: Finding {
    let text = (try? FileReading.bytes(of: "/proc/cpuinfo", limit: 64 << 20)) ?? []
    let line = text.split(separator: 0x0A).first { $0.starts(with: Array("model name".utf8)) }
    let model = line.map {
      String(decoding: $0, as: UTF8.self).split(separator: ":").dropFirst().joined(separator: ":")
    }
    let name = model.map { String($0.drop { $0 == " " }) } ?? "of unknown model"
    let known: [(Processor, String)] = [
      (.avx, "AVX"), (.avx2, "AVX2"), (.fma, "FMA"), (.avx512, "AVX-512"), (.avx512BF16, "AVX-512 BF16"),
    ]
    let features = known.filter { Processor.current.contains($0.0) }.map(\.1)
    let kernels: String =
      if Processor.current.contains(.avx512) {
        "own kernels in their AVX-512 form"
      } else if Processor.current.isSuperset(of: [.avx2, .fma]) { "own kernels in their AVX2 form" } else {
        "own kernels in their plain form"
      }
    return .ok(
      "processor",
      "\(name) (\(features.isEmpty ? "no vector extensions" : features.joined(separator: ", "))); \(kernels)")
  }

  private var engine: [Finding] {
    let environment = NumericsEnvironment.current
    let name = "OpenBLAS"
    guard !BLAS.isPortable else {
      return [.ok(name, "not used: \(BLAS.engineVariable)=\(BLAS.portable) leaves everything to the portable engine")]
    }
    let pin = environment.inheritedPin.map { ", as OPENBLAS_CORETYPE=\($0) says" } ?? ""
    let fact = "\(BLAS.configuration); kernel \(environment.core)\(pin); \(BLAS.threads) thread a worker"
    let warnings = environment.warnings()
    return [warnings.isEmpty ? .ok(name, fact) : .note(name, fact, warnings.joined(separator: " "))]
  }

  // MARK: Libraries

  private var libraries: [Finding] {
    let all = FormatLibrary.allCases.map { library -> Finding in
      guard let problem = library.problem else { return .ok(library.rawValue, library.version) }
      return .problem(
        library.rawValue, "\(library.version): \(problem)",
        "Sweeps on such files would fail. Install the library again (Debian: deploy/install-packages), and build Winnow again."
      )
    }
    return all + [
      .ok("parquet", "a reader of Winnow's own; pages unpacked, Snappy, gzip, Zstandard"),
      .ok("digests", HashLibrary.version),
    ]
  }

  private var network: Finding {
    guard MessageLibrary.hasCurve else {
      return .problem(
        "libzmq", "\(MessageLibrary.version), built without CURVE",
        "Members of a cluster could not be told from strangers, and Winnow does not run without that. Install a libzmq with libsodium "
          + "(Debian: libzmq5).")
    }
    return .ok("libzmq", "\(MessageLibrary.version), with CURVE")
  }

  private var records: Finding {
    do {
      return .ok("SQLite", try DatabaseLibrary.version())
    } catch {
      return .problem("SQLite", "\(error)", "No store can be opened. Install libsqlite3 again.")
    }
  }

  // MARK: Room

  private var cores: Int { ProcessInfo.processInfo.activeProcessorCount }

  private var capacity: Finding {
    let memory = AvailableMemory.bytes
    let capacity = HostCapacity(
      cores: cores, memory: memory, workerMemory: HostCapacity.builtInWorkerMemory,
      descriptors: DescriptorLimit.current)
    let has = memory.map { "\(ByteCount.text($0)) of memory to be had" } ?? "memory that the system does not tell"
    let one = ByteCount.text(HostCapacity.builtInWorkerMemory)
    let fact =
      "\(cores) cores, \(has): \(capacity.workers) workers at \(one) each, as the built-in sweep needs, limited by \(capacity.limit.rawValue)"
    guard capacity.workers > 0 else {
      return .problem(
        "workers", fact,
        capacity.limit == .memory
          ? "Not even one worker fits. Free memory, or raise the limit of this process (ulimit -v) or of its container."
          : DescriptorLimit.sentence + ".")
    }
    guard capacity.workers < cores else { return .ok("workers", fact) }
    return .note(
      "workers", fact,
      "Start with --workers \(capacity.workers); `winnow plan` says what a sweep of your own needs of each.")
  }

  private var descriptors: Finding {
    let fact = "\(DescriptorLimit.current) open files are allowed"
    let needed = HostCapacity.programDescriptors + HostCapacity.workerDescriptors * cores
    guard DescriptorLimit.current >= needed else {
      return .note("open files", fact, "Workers on \(cores) cores need \(needed). Raise the limit with `ulimit -n`.")
    }
    return .ok("open files", fact)
  }

  private static let scratchNeeded = 2_000_000_000
  private static let storeNeeded = 1_000_000_000

  private var scratch: Finding {
    let path = FileManager.default.temporaryDirectory.path
    return Self.disk(
      "scratch", path, needed: Self.scratchNeeded,
      "Folders of pictures and large files pass through it. Name another directory with TMPDIR.")
  }

  private var storeDisk: Finding {
    let place = DiskSpace.existing(store)
    return Self.disk(
      "store", place == store ? store : "\(place) (for \(store), which is not there yet)", at: place,
      needed: Self.storeNeeded, "The built-in sweep fills some hundred megabytes. Name another directory with --store.")
  }

  private static func disk(
    _ name: String, _ shown: String, at path: String? = nil, needed: Int, _ advice: String
  ) -> Finding {
    let path = path ?? shown
    guard let free = DiskSpace.free(at: path) else { return .problem(name, "\(shown) is not there", advice) }
    guard DiskSpace.isWritable(path) else { return .problem(name, "\(shown) cannot be written to", advice) }
    let fact = "\(ByteCount.text(free)) free in \(shown)"
    return free >= needed ? .ok(name, fact) : .note(name, fact, advice)
  }

  // MARK: What some sweeps need

  private var builtInData: Finding {
    let directory = "/usr/share/datasets/fashion-mnist"
    guard FileReading.isDirectory(directory) else {
      return .note(
        "built-in data", "Fashion-MNIST is not in \(directory)",
        "The built-in sweep cannot run; sweeps on your own files can. Install it with `apt-get install dataset-fashion-mnist`."
      )
    }
    return .ok("built-in data", "Fashion-MNIST in \(directory)")
  }

  private var inference: Finding {
    let name = "onnxruntime"
    switch InferenceLibrary.shared {
    case .success(let library): return .ok(name, "ONNX Runtime \(library.version) in \(library.path)")
    case .failure(let problem):
      return .note(
        name, problem.description,
        "Only manifests with \"representation\": {\"onnx\": …} need it. `pip download onnxruntime` gives a zip file that holds "
          + "libonnxruntime.so; name it with \(InferenceLibrary.variable)=/path/to/libonnxruntime.so.1.23.2 where workers start."
      )
    }
  }

  private static let pythonDeadline = 20.0

  /// Programs may be anything that can be executed; most are Python with NumPy.
  private static var python: Finding {
    let advice =
      "Only programs that you bring along (strategies, models, representations) need it, and only when they are written in it."
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c",
      // One line a fact; written so that no line looks like one of this project's own.
      """
      from importlib.util import find_spec; from platform import python_version; from sys import stdout
      stdout.write(python_version() + "\\n")
      if find_spec("numpy"): from importlib.metadata import version; stdout.write(version("numpy") + "\\n")
      """,
    ]
    let output = Pipe()
    (process.standardOutput, process.standardError) = (output, FileHandle.nullDevice)
    guard (try? process.run()) != nil else { return .note("python", "python3 cannot be started", advice) }
    let deadline = Date(timeIntervalSinceNow: pythonDeadline)
    while process.isRunning, Date() < deadline { Thread.sleep(forTimeInterval: 0.01) }
    guard !process.isRunning else {
      process.terminate()
      return .note("python", "python3 does not end within \(Int(pythonDeadline)) seconds", advice)
    }
    let words = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      .split(whereSeparator: \.isNewline)
    guard process.terminationStatus == 0, let version = words.first else {
      return .note("python", "there is no python3 on the PATH", advice)
    }
    guard words.count > 1 else { return .note("python", "python3 \(version), without NumPy", advice) }
    return .ok("python", "python3 \(version), NumPy \(words[1])")
  }
}
