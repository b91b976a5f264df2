import ArgumentParser

/// `winnow store`: look after the directory that keeps everything.
struct StoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store", abstract: "List, verify, repair, prune, merge stores, and take back results.",
    discussion: """
      EXAMPLES
        winnow store check                          exit status 0 when all verifies
        winnow store ls                             the sweeps, how much is done
        winnow store show 4f1a90                    a task, an outcome or an object
        winnow store merge --from other-store       take over another store's work
        winnow store revoke --key lab-7 --delete    take back what it handed in
      """,
    subcommands: [
      StoreCheckCommand.self, StoreListCommand.self, StoreShowCommand.self, StoreMergeCommand.self,
      StoreRepairCommand.self, StorePruneCommand.self, StoreRevokeCommand.self,
    ])
}
