import Foundation
import Testing

@testable import Recipe

@Suite struct `The documents of the recipe` {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// With EIGHTFOLD_WRITE_DOCUMENTS=1 in the environment the page is written first.
    @Test func `list every key as it is read`() throws {
        let page = Self.root.appending(path: "docs/recipes.md")
        var text = try String(contentsOf: page, encoding: .utf8)
        let begin = try #require(text.range(of: KeyReference.begin))
        let end = try #require(text.range(of: KeyReference.end))
        let isCurrent = text[begin.upperBound..<end.lowerBound] == KeyReference.markdown
        if !isCurrent, ProcessInfo.processInfo.environment["EIGHTFOLD_WRITE_DOCUMENTS"] == "1" {
            text.replaceSubrange(begin.upperBound..<end.lowerBound, with: KeyReference.markdown)
            try text.write(to: page, atomically: true, encoding: .utf8)
            return
        }
        #expect(
            isCurrent, "Run EIGHTFOLD_WRITE_DOCUMENTS=1 swift test --filter RecipeTests to write docs/recipes.md anew.")
    }

    @Test func `have a sentence for every key, and no key twice in a section`() {
        func check(_ keys: [KeyDescription], _ path: String) {
            #expect(Set(keys.map(\.name)).count == keys.count, "\(path)")
            for key in keys {
                #expect(key.effect.count > 10 && key.effect.hasSuffix("."), "\(path).\(key.name)")
                #expect(!key.phrase.isEmpty, "\(path).\(key.name)")
                check(key.children, "\(path).\(key.name)")
            }
        }
        check(Recipe.descriptions, "recipe")
    }

    @Test func `show recipes that are read`() throws {
        let recipes = Self.root.appending(path: "deploy/recipes")
        let files = try [recipes, recipes.appending(path: "methods")].flatMap {
            try FileManager.default.contentsOfDirectory(at: $0, includingPropertiesForKeys: nil)
        }.filter { !$0.hasDirectoryPath }
        try #require(files.count >= 26)
        for file in files {
            #expect(file.pathExtension == "yaml", "\(file.lastPathComponent)")
            let recipe = try Recipe(contentsOf: file.path())
            #expect(recipe.name == file.deletingPathExtension().lastPathComponent)
            var paths = [recipe.problems.file, recipe.problems.testFile].compactMap { $0 }
            if case .file(let model) = recipe.model { paths.append(model) }
            #expect(paths.allSatisfy { !$0.hasPrefix("/") && !$0.contains("..") }, "\(recipe.name) reads \(paths).")
        }
    }

    /// Every method has a recipe by which deploy/methods.sh holds it to an accuracy.
    @Test func `show a recipe of every method, and an accuracy that it must reach`() throws {
        let folder = Self.root.appending(path: "deploy/recipes/methods")
        let script = try String(contentsOf: Self.root.appending(path: "deploy/methods.sh"), encoding: .utf8)
        var reinforcement: Set<String> = []
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            let recipe = try Recipe(contentsOf: file.path())
            guard recipe.name != "warm-start" else { continue }
            let accuracy = script.split(separator: "\n").first { $0.hasPrefix("\(recipe.name) ") }?
                .split(separator: " ").last.flatMap { Double($0) }
            #expect((accuracy ?? 0) > 12.8, "\(recipe.name)")
            for case .reinforcement(let stage) in recipe.stages { reinforcement.insert(stage.method.rawValue) }
        }
        #expect(reinforcement == Set(ReinforcementMethod.allCases.map(\.rawValue)))
    }

    @Test func `show studies that are read, with a base beside them`() throws {
        let studies = Self.root.appending(path: "docs/studies")
        let folders = try FileManager.default.contentsOfDirectory(at: studies, includingPropertiesForKeys: nil)
        var count = 0
        for folder in folders where folder.hasDirectoryPath {
            for name in try FileManager.default.contentsOfDirectory(atPath: folder.path()) where name.hasSuffix(".yaml")
            {
                let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
                guard text.contains("\nmethods:") else { continue }
                let study = try Study(yaml: text, file: name)
                #expect(throws: Never.self) { try Recipe(contentsOf: folder.appending(path: study.base).path()) }
                count += 1
            }
        }
        #expect(count >= 6)
    }

    @Test func `say of the quickstart what it does`() throws {
        let recipe = try Recipe(contentsOf: Self.root.appending(path: "deploy/recipes/quickstart.yaml").path())
        #expect(recipe.services.samplers == 2)
        guard case .supervised(let warmStart) = recipe.stages.first else {
            Issue.record("The quickstart starts with supervised learning.")
            return
        }
        #expect(warmStart.problems == 1_000)
        let rounds = recipe.stages.map { if case .preference(let stage) = $0 { stage.rounds } else { 0 } }
        #expect(rounds.reduce(0, +) >= 3)
        for case .evaluate(let stage) in recipe.stages { #expect(stage.problems >= 5000 && stage.split == .test) }
        guard case .evaluate = recipe.stages.last else {
            Issue.record("The quickstart ends with an evaluation.")
            return
        }
    }
}
