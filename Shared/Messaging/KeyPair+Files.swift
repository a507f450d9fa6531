extension KeyPair {
    /// Writes `NAME.secret` (mode 0600) and `NAME.public` (mode 0644) into a folder, each one line of Z85.
    ///
    /// - Throws: `system` when one of the files exists: a key in use is never overwritten.
    public func write(name: String, directory: String) throws(MessagingError) {
        try FileSystem.createText("\(directory)/\(name).secret", secretKey.z85 + "\n", mode: 0o600)
        try FileSystem.createText("\(directory)/\(name).public", publicKey.z85 + "\n", mode: 0o644)
    }

    /// Reads a `.secret` file and computes its public key.
    ///
    /// - Throws: `invalidKey` when others than its owner can read or write the file, or it does not hold a key; `system`.
    public init(secretFile path: String) throws(MessagingError) {
        try self.init(secretKey: SecretKey(z85: FileSystem.readText(path, ownerOnly: true).firstLine))
    }
}

extension PublicKey {
    /// Reads a `.public` file.
    ///
    /// - Throws: `invalidKey` when it does not hold a key; `system`.
    public init(file path: String) throws(MessagingError) {
        try self.init(z85: FileSystem.readText(path, ownerOnly: false).firstLine)
    }
}

extension String {
    fileprivate var firstLine: String { String(prefix { !$0.isNewline }) }
}
