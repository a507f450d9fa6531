import ArgumentParser
import OperatorCore
import ServiceKit

struct TapCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tap", abstract: "Prints the messages of a run as they pass through its hub, decoded.",
        discussion: """
            Every message is shown, heartbeats, refusals and drops among them; `in` is what the hub received, `out` what it \
            sent. The filters look into the items that a message carries, and show those that pass. Messages that end a lease \
            are matched by what was leased while the tap watched. A reader that is too slow loses lines, which are counted; \
            the run never waits for it. Times are UTC.

            Example: eightfold tap --queue rollouts --type complete --count 10
            """)

    @OptionGroup var chosen: RunOption

    @Option(help: ArgumentHelp("Items of this queue: \(TapFilter.queueNames).", valueName: "queue"))
    var queue: String?

    @Option(help: ArgumentHelp("Messages of this type: \(TapFilter.typeNames).", valueName: "type"))
    var type: String?

    @Option(help: ArgumentHelp("Items of this problem.", valueName: "id"))
    var problem: String?

    @Flag(help: "Prints one JSON object a message, with nothing cut.")
    var json = false

    @Option(help: "Ends after so many messages.")
    var count: Int?

    func validate() throws {
        guard count.map({ $0 > 0 }) ?? true else { throw ValidationError("--count is above 0; got \(count ?? 0).") }
    }

    func run() async throws {
        let filter = try TapFilter(queue: queue, type: type, problem: problem)
        let json = json
        try await watchTap(of: try chosen.folder, filter: filter, count: count) { event in
            switch event {
            case .line(let line): show(json ? line.json.json : line.text)
            case .lost(let count): remark("Lost \(count) messages: this reader is too slow.")
            }
        }
    }
}
