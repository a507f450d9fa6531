// swift-tools-version: 6.2
import PackageDescription

// Eightfold's first page of architecture: every target in the order of the data flow, every arrow it may follow.
// A target imports only what is named here; `deploy/test.sh` builds with the explicit-import check as an error.

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// Tests are not optimised in release builds either: Swift 6.3.1 crashes over asynchronous closures in some of them.
let strictTests = strict + [.unsafeFlags(["-Onone"], .when(configuration: .release))]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let bigInt = Target.Dependency.product(name: "BigInt", package: "BigInt")
let deque = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

/// A library under Shared/.
func shared(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: "Shared/\(name)", swiftSettings: strict)
}

/// The tests of one library, in the folder that mirrors it.
func tests(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies, path: "Tests/\(name)Tests",
        exclude: exclude, swiftSettings: strictTests)
}

/// The tests of one service's core.
func coreTests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: "\(name)Core")] + dependencies,
        path: "Tests/\(name)Tests", swiftSettings: strictTests)
}

/// A service: its tested core and its thin command.
func service(_ name: String, _ dependencies: [Target.Dependency]) -> [Target] {
    [
        .target(
            name: "\(name)Core", dependencies: dependencies, path: "Services/\(name)/Core", swiftSettings: strict),
        .executableTarget(
            name: "eightfold-\(name.lowercased())",
            dependencies: [.byName(name: "\(name)Core"), "ServiceKit", "Wire", argumentParser],
            path: "Services/\(name)/Command", swiftSettings: strict),
    ]
}

// MARK: C: system libraries and our own few lines
let c: [Target] = [
    .systemLibrary(
        name: "CProtobufC", path: "Shared/C/CProtobufC",
        providers: [.apt(["libprotobuf-c-dev"]), .brew(["protobuf-c"])]),
    // CZlib: only Ledger imports it.
    .systemLibrary(name: "CZlib", path: "Shared/C/CZlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    // CZMQ: libzmq as installed; only Messaging imports it.
    .systemLibrary(name: "CZMQ", path: "Shared/C/CZMQ", providers: [.apt(["libzmq3-dev"]), .brew(["zeromq"])]),
    // CEightfoldSystem: the few system calls that Swift cannot make.
    .target(name: "CEightfoldSystem", path: "Shared/C/CEightfoldSystem"),
    .systemLibrary(
        name: "COpenBLAS", path: "Shared/C/COpenBLAS", providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
    // CKernels: the engine's hot loops; only LanguageModel imports it. Optimised in debug builds, too: tests train models.
    .target(
        name: "CKernels", path: "Shared/C/CKernels", exclude: ["README.md"], cSettings: [.unsafeFlags(["-O3"])]),
    // What protoc-c makes of the .proto files; only Wire imports it.
    .target(
        name: "CEightfoldWire", dependencies: ["CProtobufC"], path: "Shared/C/CEightfoldWire",
        exclude: ["proto", "README.md"]),
]

// MARK: Shared, lowest first
let libraries: [Target] = [
    // Basics: identifiers, versions, hashes, seeded random numbers.
    shared("Basics", [crypto]),
    // Mathematics: answers and when two are one, verdicts, steps. Depends on nothing of the project; only it imports BigInt.
    shared("Mathematics", [bigInt]),
    // TheoremProver: yes or no to questions about integers, by Z3, which it loads if it is there. Depends on nothing.
    shared("TheoremProver"),
    // Problems: families that make problems from a seed and an index, and data sets. No clocks, files or sockets.
    shared("Problems", ["Basics", "Mathematics", "TheoremProver"]),
    // Objectives: from log-probabilities to one weight per token. Depends on nothing.
    shared("Objectives"),
    // Credit: first pits, step values, pairs, and what is measured of samples. Pure functions.
    shared("Credit", ["Basics", "Mathematics"]),
    // Studies: results of grids of runs, fits and what they say. Pure functions.
    shared("Studies", ["Basics"]),
    // Evolution: new questions of free text by a model, their answers by vote, and what is no longer new. The model is a function.
    shared("Evolution", ["Basics", "Credit", "Mathematics", "Problems"]),
    // ModelFiles: GGUF and safetensors, read and written. Depends on nothing.
    shared("ModelFiles"),
    // Tokenization: text to tokens and back, prompts. Knows no engine.
    shared("Tokenization", ["ModelFiles"]),
    // LanguageModel: the engine: models, forward, backward, optimiser, decoding. Knows no wire.
    shared("LanguageModel", ["Basics", "CKernels", "COpenBLAS", "ModelFiles", "Tokenization"]),
    // Recipe: the file of a run. Depends on nothing of the project: the modules that it configures convert from it.
    shared("Recipe", [yams]),
    // Blobs: content-addressed files.
    shared("Blobs", ["Basics"]),
    // Wire: the messages as Swift sees them. Knows no sockets.
    shared("Wire", ["Basics", "CEightfoldWire", "CProtobufC"]),
    // Messaging: ZeroMQ for Swift. Moves frames, and knows nothing of the messages in them.
    shared("Messaging", ["CEightfoldSystem", "CZMQ"]),
    // Ledger: the run's SQLite ledger, its segments and its audit. Knows no sockets; only it imports GRDB and zlib.
    shared("Ledger", ["Basics", "Blobs", "CZlib", "Wire", grdb, sqlite]),
    // ServiceKit: what every service does alike: its conversation with the hub, its life, its log. Knows no mathematics.
    shared("ServiceKit", ["Basics", "Blobs", "Messaging", "Wire", argumentParser, lifecycle, logging, unixSignals]),
]

// MARK: Services: no service imports another
let services: [Target] =
    service(
        "Hub",
        [
            "Basics", "Blobs", "Ledger", "Messaging", "Recipe", "ServiceKit", "Wire", argumentParser, deque, heap,
            lifecycle, logging,
        ])
    + service("Generator", ["Basics", "Blobs", "Problems", "ServiceKit", "Wire", logging])
    + service("Verifier", ["Mathematics", "Problems", "ServiceKit", "Wire", logging])
    + service("Advantage", ["Basics", "Credit", "Mathematics", "Problems", "ServiceKit", "Wire"])
    + service(
        "Sampler",
        [
            "Basics", "Blobs", "LanguageModel", "Ledger", "Mathematics", "ServiceKit", "Tokenization", "Wire",
            lifecycle,
            logging,
        ])
    + service(
        "Learner",
        [
            "Basics", "Blobs", "LanguageModel", "Objectives", "Problems", "Recipe", "ServiceKit", "Tokenization",
            "Wire",
            lifecycle, logging,
        ])
    + [
        .target(
            name: "OperatorCore",
            dependencies: [
                "Basics", "Blobs", "Credit", "Evolution", "LanguageModel", "Ledger", "Mathematics", "Messaging",
                "ModelFiles",
                "Problems", "Recipe", "ServiceKit", "Studies", "Tokenization", "Wire", lifecycle, logging, subprocess,
                systemPackage,
                // The one exception to the rule above, for `run --in-process`, which is all services in one process.
                "AdvantageCore", "GeneratorCore", "HubCore", "LearnerCore", "SamplerCore", "VerifierCore",
            ],
            path: "Services/Operator/Core", swiftSettings: strict),
        .executableTarget(
            name: "eightfold",
            dependencies: [
                "Evolution", "LanguageModel", "Ledger", "Mathematics", "ModelFiles", "OperatorCore", "Problems",
                "Recipe",
                "ServiceKit", "Tokenization", "Wire", argumentParser, logging,
            ],
            path: "Services/Operator/Command", swiftSettings: strict),
    ]

// MARK: Tests
let testTargets: [Target] = [
    // Fuzzing: damaged files, for the tests of what reads them.
    .target(name: "Fuzzing", dependencies: ["Basics"], path: "Tests/Fuzzing", swiftSettings: strict),
    tests("Basics"),
    tests("Mathematics", ["Basics", "Fuzzing", bigInt], exclude: ["Fixtures"]),
    tests("TheoremProver", ["Basics"]),
    tests("Problems", ["Basics", "Credit", "Mathematics", "TheoremProver"]),
    tests("Objectives", ["Basics"], exclude: ["Fixtures"]),
    tests("Credit", ["Basics", "Mathematics"]),
    tests("Studies", ["Basics"]),
    tests("Evolution", ["Basics", "Mathematics", "Problems"]),
    tests("Recipe"),
    tests("Wire", ["Basics", "CProtobufC"]),
    tests("Messaging"),
    tests("ModelFiles", ["Basics", "Fuzzing"], exclude: ["Fixtures/make_blocks.py"]),
    tests("Tokenization", ["ModelFiles"], exclude: ["Fixtures"]),
    tests("LanguageModel", ["Basics", "CKernels", "Fuzzing", "ModelFiles", "Tokenization"], exclude: ["Fixtures"]),
    tests("ServiceKit", ["Basics", "Blobs", "Messaging", "Wire", lifecycle, logging]),
    coreTests("Generator", ["Basics", "HubCore", "Ledger", "Problems", "Wire"]),
    coreTests("Verifier", ["HubCore", "Ledger", "Wire", "eightfold-verifier"]),
    coreTests("Advantage", ["Basics", "Credit", "HubCore", "Ledger", "Wire"]),
    coreTests("Sampler", ["Basics", "LanguageModel", "Tokenization", "Wire"]),
    coreTests("Learner", ["Basics", "LanguageModel", "Objectives", "Recipe", "Tokenization", "Wire"]),
    // The command line is tested as it is run, so the executable is built, too.
    .testTarget(
        name: "OperatorTests",
        dependencies: [
            "Basics", "Blobs", "Credit", "LanguageModel", "Ledger", "Mathematics", "Messaging", "ModelFiles",
            "OperatorCore",
            "Problems", "Recipe", "ServiceKit", "Studies", "Tokenization", "Wire", "eightfold", logging,
        ],
        path: "Tests/OperatorTests", exclude: ["Help"], swiftSettings: strictTests),
    // HubSimulation: the hub with scripted workers in virtual time, for the tests of hub and ledger.
    .target(
        name: "HubSimulation", dependencies: ["Basics", "Blobs", "HubCore", "Ledger", "Wire"],
        path: "Tests/HubSimulation", swiftSettings: strict),
    tests("Ledger", ["Basics", "Blobs", "HubCore", "HubSimulation", "Wire", grdb]),
    .testTarget(
        name: "HubTests", dependencies: ["Basics", "Blobs", "HubCore", "HubSimulation", "Ledger", "Wire"],
        path: "Tests/HubTests", swiftSettings: strictTests),
]

let package = Package(
    name: "eightfold",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: c + libraries + services + testTargets
)
