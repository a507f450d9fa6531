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
    targets: [
        // MARK: Shared, lowest first
        // Basics: identifiers, versions, hashes, seeded random numbers. Depends on nothing.
        shared("Basics"),
        // Mathematics: final answers, verdicts, the ends of steps. Depends on nothing.
        shared("Mathematics"),
        // Problems: families that make problems from a seed and an index. No clocks, files or sockets.
        shared("Problems", ["Basics"]),
        // Credit: first pits, step values, pairs, statistics of samples. Pure functions of verdicts and tokens.
        shared("Credit", ["Mathematics"]),
        // Objectives: from log-probabilities to one weight per token. Depends on nothing.
        shared("Objectives"),

        // MARK: Tests
        tests("Basics"),
        tests("Mathematics"),
        tests("Problems", ["Basics", "Mathematics"]),
        tests("Credit", ["Basics", "Mathematics"]),
        tests("Objectives", ["Basics"]),
    ]
)
