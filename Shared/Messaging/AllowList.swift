/// The public keys that a server lets in, each with the role that it proves.
public struct AllowList: Sendable {
    private let roles: [PublicKey: String]

    /// Lets in these keys and no others.
    public init(_ roles: [PublicKey: String]) {
        self.roles = roles
    }

    /// Reads every `.public` file of a folder; a file's name up to its first dot is the role, so that `sampler.public`
    /// and `sampler.host2.public` are two keys of the role `sampler`.
    ///
    /// - Throws: `invalidKey` when there is no such file, one does not hold a key, or two hold the same; `system` when
    ///   the folder cannot be read.
    public init(directory: String) throws(MessagingError) {
        var roles: [PublicKey: String] = [:]
        for name in try FileSystem.names(in: directory).sorted() where name.hasSuffix(".public") {
            let key = try PublicKey(file: "\(directory)/\(name)")
            let role = String(name.prefix { $0 != "." })
            guard !role.isEmpty else { continue }
            guard roles.updateValue(role, forKey: key) == nil else {
                throw MessagingError(
                    .invalidKey,
                    "Each key of an allow-list must have one role; \(directory)/\(name) repeats another "
                        + "file's key. Remove one of them.")
            }
        }
        guard !roles.isEmpty else {
            throw MessagingError(
                .invalidKey,
                "An allow-list must have at least one key; \(directory) has no .public file, so nobody could "
                    + "connect. Make keys with `eightfold keys`.")
        }
        self.roles = roles
    }

    /// The role of a key; nil if it is not on the list.
    public func role(of key: PublicKey) -> String? { roles[key] }
}
