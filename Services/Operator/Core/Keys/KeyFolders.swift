import Foundation
import Messaging
import ServiceKit
public import Wire

/// The folders of CURVE keys that `eightfold keys` makes: one for the hub, and one for each role, ready to be copied to
/// the hosts where services of that role run.
///
/// `hub/` has the hub's secret key and the public key of each role, which is the list of those that it lets in. `ROLE/`
/// has the role's pair and the hub's public key.
public struct KeyFolders: Sendable {
    private let folder: URL

    /// Names the folder; nothing is made.
    public init(_ path: String) {
        folder = URL(fileURLWithPath: path, isDirectory: true)
    }

    /// The roles of services; an operator is on the hub's own host.
    public static var roles: [Role] { Role.allCases.filter { $0 != .unspecified && $0 != .operator } }

    /// The role of this name.
    ///
    /// - Throws: `ServiceError` of code `input` if there is none.
    public static func role(named name: String) throws -> Role {
        guard let role = roles.first(where: { "\($0)" == name }) else {
            throw ServiceError(
                .input, "A role is one of \(roles.map { "\($0)" }.joined(separator: ", ")); got \"\(name)\".")
        }
        return role
    }

    /// Makes a pair for each role, and the hub's pair if there is none yet.
    ///
    /// - Throws: `MessagingError` or an error of Foundation's if a folder cannot be written, or a role has a pair already:
    ///   a key in use is never overwritten. Pairs that were made before that stay.
    public func make(_ roles: [Role]) throws {
        let hub = folder.appendingPathComponent("hub")
        try makeFolder(hub)
        let hubPublic = folder.appendingPathComponent("hub.public")
        if !FileManager.default.fileExists(atPath: hub.appendingPathComponent("hub.secret").path) {
            try KeyPair.generate().write(name: "hub", directory: hub.path)
            // Beside the hub's folder: in it, it would be on the list of those that the hub lets in.
            try FileManager.default.moveItem(at: hub.appendingPathComponent("hub.public"), to: hubPublic)
        }
        for role in roles {
            let own = self.own(role)
            try makeFolder(own)
            try KeyPair.generate().write(name: "\(role)", directory: own.path)
            try copy(hubPublic, to: own.appendingPathComponent("hub.public"))
            try copy(own.appendingPathComponent("\(role).public"), to: hub.appendingPathComponent("\(role).public"))
        }
    }

    /// What to copy where, and how the keys are used.
    public func advice(_ roles: [Role]) -> String {
        var lines = [
            "The hub's keys are in \(folder.appendingPathComponent("hub").path); they stay where the run is started:",
            "  eightfold run RECIPE.yaml --remote tcp://ADDRESS:5560 --keys \(folder.appendingPathComponent("hub").path)",
        ]
        for role in roles {
            lines += [
                "The \(role)'s are in \(own(role).path); copy that folder, and no other, to each host with one:",
                "  scp -r \(own(role).path) HOST:keys-\(role)",
                "  eightfold-\(role) --hub tcp://ADDRESS:5560 --keys keys-\(role)    (on HOST)",
            ]
        }
        return lines.joined(separator: "\n")
    }

    private func own(_ role: Role) -> URL { folder.appendingPathComponent("\(role)") }

    private func makeFolder(_ url: URL) throws {
        do {
            try FileManager.default.createDirectory(
                at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw ServiceError(
                .input, "The folder \(url.path) must be one that this user may make: \(error.localizedDescription)")
        }
    }

    /// Copies a public key; one that is there already is left as it is, for it may be in use.
    private func copy(_ file: URL, to copy: URL) throws {
        if FileManager.default.fileExists(atPath: copy.path) { return }
        try FileManager.default.copyItem(at: file, to: copy)
    }
}
