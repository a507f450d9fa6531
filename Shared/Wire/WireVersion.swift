/// The version of the messages that this code speaks.
public enum WireVersion {
    /// Another major version is refused.
    public static let major = 1
    /// Newer minor versions are accepted: unknown fields are passed over.
    public static let minor = 5
}
