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

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let collections = Target.Dependency.product(name: "Collections", package: "swift-collections")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

/// A library under Shared/.
func shared(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: "Shared/\(name)", swiftSettings: strict)
}

/// The tests of one library, in the folder that mirrors it.
func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies, path: "Tests/\(name)Tests",
        swiftSettings: strict)
}

let package = Package(
    name: "eightfold",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        // MARK: C: system libraries and our own few lines
        .systemLibrary(
            name: "CProtobufC", path: "Shared/C/CProtobufC",
            providers: [.apt(["libprotobuf-c-dev"]), .brew(["protobuf-c"])]),
        // What protoc-c makes of the .proto files; only Wire imports it.
        .target(
            name: "CEightfoldWire", dependencies: ["CProtobufC"], path: "Shared/C/CEightfoldWire",
            exclude: ["proto", "README.md"]),

        // MARK: Shared, lowest first
        // Basics: identifiers, versions, hashes, seeded random numbers.
        shared("Basics", [crypto]),
        // Blobs: content-addressed files.
        shared("Blobs", ["Basics"]),
        // Wire: the messages as Swift sees them. Knows no sockets.
        shared("Wire", ["Basics", "CEightfoldWire", "CProtobufC"]),
        // Ledger: the run's SQLite ledger and its audit. Knows no sockets; only it imports GRDB.
        shared("Ledger", ["Basics", "Wire", grdb]),

        // MARK: Services: a tested core and a thin command each; no service imports another
        .target(
            name: "HubCore", dependencies: ["Basics", "Blobs", "Ledger", "Wire", collections], path: "Services/Hub/Core",
            swiftSettings: strict),

        // MARK: Tests
        tests("Basics"),
        tests("Wire", ["Basics"]),
    ]
)
