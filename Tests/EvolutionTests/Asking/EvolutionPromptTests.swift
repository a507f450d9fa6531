@testable import Evolution
import Problems
import Testing

@Suite struct `A prompt for a new question` {
    private let question = "Ann has 3 pens\nand 4 caps. How many things has she?"

    @Test func `is another one for each strategy`() {
        let prompts = EvolutionStrategy.allCases.map { $0.prompt(for: question) }
        #expect(Set(prompts).count == EvolutionStrategy.allCases.count)
    }

    @Test(arguments: EvolutionStrategy.allCases) func `ends with the question on one line, and a label`(
        strategy: EvolutionStrategy
    ) {
        let lines = strategy.prompt(for: question).split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.suffix(2) == ["Problem: Ann has 3 pens and 4 caps. How many things has she?", "New problem:"])
    }

    @Test(arguments: EvolutionStrategy.allCases) func `has a worked example that would be taken for a new question`(
        strategy: EvolutionStrategy
    ) throws {
        let paragraphs = strategy.prompt(for: question).split(separator: "\n")
        let seed = try #require(paragraphs.first { $0.hasPrefix("Problem: ") }).dropFirst("Problem: ".count)
        let example = try #require(paragraphs.first { $0.hasPrefix("New problem: ") })
        var index = QuestionIndex(threshold: 0.8, seeds: [String(seed)], heldOut: [])
        let read = try NewQuestion.read(String(example), parent: String(seed), mostCharacters: 1_000)
        #expect("New problem: " + read == example)
        try index.insert(read)
    }

    @Test func `to solve it ends with the question, and a solution ends before the model's next problem`() {
        let prompt = SolutionPrompt.text(for: "How many?")
        #expect(prompt.hasSuffix("Problem: How many?\nSolution:"))
        #expect(
            SolutionPrompt.solution(in: " 1+1=2\r\n#### 2\n\nProblem: And 3?\nSolution: #### 3") == " 1+1=2\n#### 2\n")
        #expect(SolutionPrompt.solution(in: "A Problem: none\n#### 2") == "A Problem: none\n#### 2")
    }
}
