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
    dependencies: [
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2")
    ],
    targets: [
        // MARK: Shared, lowest first
        // Basics: identifiers, versions, hashes, seeded random numbers. Depends on nothing.
        shared("Basics"),
        // Recipe: the file of a run: reading, checking, overrides, the resolved print. Depends on nothing of the project,
        // because the modules that a recipe configures convert from it.
        shared("Recipe", [.product(name: "Yams", package: "Yams")]),

        // MARK: Tests
        tests("Basics"),
        tests("Recipe"),
    ]
)
