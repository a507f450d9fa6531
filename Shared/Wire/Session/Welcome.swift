import CEightfoldWire

/// The hub's answer to `Hello`.
public struct Welcome: WireValue {
    /// The run's id.
    public var run: String
    /// Changes at each start of the hub.
    public var hubIncarnation: String
    /// How often a peer is to be heard.
    public var heartbeatMilliseconds: Int
    /// The silence after which the hub takes the leases back.
    public var leaseMilliseconds: Int
    /// The run's seed.
    public var seed: UInt64
    /// The resolved recipe.
    public var recipeYAML: String
    /// Where the hub keeps its blobs; of use only on its own host.
    public var blobDirectory: String
    /// The hub's host.
    public var host: String

    /// Makes one; what is left out is empty.
    public init(
        run: String = "", hubIncarnation: String = "", heartbeatMilliseconds: Int = 0, leaseMilliseconds: Int = 0,
        seed: UInt64 = 0, recipeYAML: String = "", blobDirectory: String = "", host: String = ""
    ) {
        self.run = run
        self.hubIncarnation = hubIncarnation
        self.heartbeatMilliseconds = heartbeatMilliseconds
        self.leaseMilliseconds = leaseMilliseconds
        self.seed = seed
        self.recipeYAML = recipeYAML
        self.blobDirectory = blobDirectory
        self.host = host
    }

    /// Its fields, each with its place in the protobuf-c message.
    public static let coding = MessageCoding<Welcome>(
        "Welcome", initialize: eightfold__v1__welcome__init, empty: { Welcome() },
        fields: [
            .text(\.run, \.run),
            .text(\.hubIncarnation, \.hub_incarnation),
            .count(\.heartbeatMilliseconds, \.heartbeat_milliseconds),
            .count(\.leaseMilliseconds, \.lease_milliseconds),
            .number(\.seed, \.seed),
            .text(\.recipeYAML, \.recipe_yaml),
            .text(\.blobDirectory, \.blob_directory),
            .text(\.host, \.host),
        ])
}
