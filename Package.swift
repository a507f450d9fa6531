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
        // LanguageModel: the engine: model files, forward, backward, optimiser, decoding. May not depend on the wire.
        .systemLibrary(
            name: "COpenBLAS", path: "Shared/C/COpenBLAS", providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
        .target(name: "CKernels", path: "Shared/C/CKernels", exclude: ["README.md"]),
        shared("LanguageModel", ["Basics", "CKernels", "COpenBLAS"]),

        // MARK: Tests
        tests("Basics"),
        tests("LanguageModel", ["Basics", "CKernels"]),
    ]
)
