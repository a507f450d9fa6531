public import Messaging
public import Wire

/// How a service reaches its hub, and what it is there.
public struct ConnectionSettings: Sendable {
    /// Where the hub is.
    public var endpoint: Endpoint
    /// What the service is.
    public var role: Role
    /// Its name: unique in the run, and the same after a restart where something watches over it.
    public var name: String
    /// The arithmetic and precision that it computes with; empty where it computes nothing.
    public var numerics: String
    /// How long the hub may be gone before the service gives up.
    public var goneAfter: Duration
    /// Its keys, where the hub demands them.
    public var curve: CurveOptions?

    /// Describes a service's end of the connection.
    public init(
        endpoint: Endpoint, role: Role, name: String, numerics: String = "", goneAfter: Duration = .seconds(60),
        curve: CurveOptions? = nil
    ) {
        self.endpoint = endpoint
        self.role = role
        self.name = name
        self.numerics = numerics
        self.goneAfter = goneAfter
        self.curve = curve
    }
}
