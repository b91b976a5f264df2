import ArgumentParser

/// `winnow cancel`: stop a sweep.
struct CancelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel", abstract: "Stop a sweep that a coordinator works on.",
    discussion: """
      EXAMPLES
        winnow cancel my-sweep                      by its name
        winnow cancel 4f1a                          by the start of its id

      `winnow status` lists both. What only this sweep wanted stops at once. What it has finished stays in the store, and \
      submitting it again goes on from there.
      """)

  @Argument(help: "The sweep's name, or the start of its id.") var sweep: String
  @OptionGroup var connection: ConnectionOptions

  func run() throws { try Terminal.print(try connection.client().cancel(sweep: sweep)) }
}
