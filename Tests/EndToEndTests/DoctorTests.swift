import Core
import Foundation
import Testing

/// `winnow doctor`: what a machine has, in lines that a person or a script can use.
@Suite("What the doctor says of this machine") struct DoctorTests {
  private func doctor(
    _ arguments: [String] = [], environment: [String: String] = [:]
  ) throws -> (status: Int32, json: JSONValue) {
    let variables = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let program = Programs.directory.appendingPathComponent("winnow").path
    let ending = try Programs.run("/usr/bin/env", variables + [program, "doctor", "--json"] + arguments)
    return (ending.status, try JSONValue.parse(Array(ending.output.utf8), source: "winnow doctor"))
  }

  private func finding(_ name: String, _ json: JSONValue) throws -> JSONValue {
    try #require(json["findings"]?.elements?.first { $0["name"]?.text == name }, "\(name)")
  }

  @Test("a machine on which the tests run can run sweeps, and every library reads what it should") func fine() throws {
    let (status, json) = try doctor()
    #expect(status == 0 && json["canRun"] == true)
    for name in ["jpeg", "png", "webp", "tiff", "gzip", "zstandard", "libzmq", "SQLite", "digests"] {
      let finding = try finding(name, json)
      #expect(finding["state"] == "ok" && finding["fact"]?.text?.contains(where: \.isNumber) == true, "\(finding)")
    }
    #expect(try finding("libzmq", json)["fact"]?.text?.hasSuffix("with CURVE") == true)
    for finding in json["findings"]?.elements ?? [] where finding["state"] != "ok" {
      #expect(finding["advice"]?.text?.isEmpty == false, "\(finding)")
    }
  }

  @Test("a scratch directory that is not there is a problem, with what to do") func scratch() throws {
    let (status, json) = try doctor(environment: ["TMPDIR": "/nowhere/at/all"])
    let finding = try finding("scratch", json)
    #expect(status == 1 && json["canRun"] == false && finding["state"] == "problem")
    #expect(finding["advice"]?.text?.contains("TMPDIR") == true)
  }

  @Test("a machine without Python lacks only what programs need") func python() throws {
    let (status, json) = try doctor(environment: ["PATH": "/nowhere"])
    #expect(status == 0)
    #expect(try finding("python", json)["state"] == "note")
  }

  @Test("the portable engine is told") func engine() throws {
    let (_, json) = try doctor(environment: ["WINNOW_ENGINE": "portable"])
    #expect(try finding("OpenBLAS", json)["fact"]?.text?.hasPrefix("not used") == true)
  }

  @Test("a store that is not there yet is looked for where it would be made") func store() throws {
    let (_, json) = try doctor(["--store", "/tmp/a-store/that/is/not/there"])
    #expect(try finding("store", json)["fact"]?.text?.contains("(for /tmp/a-store/that/is/not/there") == true)
  }
}
