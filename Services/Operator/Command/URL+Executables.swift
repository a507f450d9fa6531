import Foundation

extension URL {
    /// The folder of this program, in which the services' executables lie too.
    static var executables: URL {
        let own = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
        return own.resolvingSymlinksInPath().deletingLastPathComponent()
    }
}
