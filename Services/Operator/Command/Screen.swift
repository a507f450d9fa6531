import Foundation

/// Shows lines that replace those shown before on a terminal; elsewhere a log, with a line now and then.
struct Screen {
    private let isTerminal = isatty(STDOUT_FILENO) == 1
    private var shownCount = 0
    private var lastLogged: (at: ContinuousClock.Instant, stage: Substring)?

    /// A log is to be read later: it need not have every second in it.
    private static let logPause = Duration.seconds(10)

    mutating func show(_ lines: [String]) {
        guard isTerminal else { return log(lines) }
        var text = shownCount > 1 ? "\u{1b}[\(shownCount - 1)A" : ""
        // A line that wraps would not be erased as one.
        text += "\r\u{1b}[J" + lines.map { String($0.prefix(width - 1)) }.joined(separator: "\n")
        FileHandle.standardOutput.write(Data(text.utf8))
        shownCount = lines.count
    }

    /// Leaves the last lines on a terminal and goes on below them.
    mutating func end() {
        if isTerminal, shownCount > 0 { FileHandle.standardOutput.write(Data("\n".utf8)) }
        shownCount = 0
    }

    private mutating func log(_ lines: [String]) {
        let stage = lines.first?.prefix { $0 != "," && $0 != "·" } ?? ""
        if let lastLogged, lastLogged.stage == stage, .now - lastLogged.at < Self.logPause { return }
        lastLogged = (.now, stage)
        for line in lines { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }
    }

    private var width: Int {
        var size = winsize()
        return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 1 ? Int(size.ws_col) : 80
    }
}
