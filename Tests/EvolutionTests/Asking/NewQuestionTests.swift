@testable import Evolution
import Testing

@Suite struct `A new question` {
    private func read(_ reply: String, parent: String = "Ann has 3 pens. How many?") throws(Refusal) -> String {
        try NewQuestion.read(reply, parent: parent, mostCharacters: 60)
    }

    @Test(arguments: [
        "Ben has 5 caps. How many?",
        "\n\n  Ben has 5 caps.   How many?  \n",
        "New question: Ben has 5 caps. How many?",
        "**New Problem:** Ben has 5 caps. How many?",
        "### New problem\nBen has 5 caps. How many?",
        "### New problem\n\nBen has 5 caps. How many?",
        "Sure! Here is the new question:\n\n\"Ben has 5 caps. How many?\"",
        "Sure, that is easy:\n\nBen has 5 caps. How many?",
        "“Ben has 5 caps. How many?”",
        "*Ben has 5 caps. How many?*",
        "> Q: Ben has 5 caps. How many?",
        "1. Ben has 5 caps. How many?",
        "- Ben has 5 caps. How many?",
        "Ben has 5 caps.\r\nHow many?\r\n\r\nThe answer is 5.",
        "Question: Ben has 5 caps. How many?\nAnswer: 5",
        "Ben has 5 caps. How many?\nProblem: Cid has 6. How many?",
        "Note: I chose caps.\n\nProblem 2: Ben has 5 caps. How many?",
        "<think>What could it be? Ann, perhaps.</think>\nBen has 5 caps. How many?",
    ]) func `is taken out of what stands around it`(reply: String) throws {
        #expect(try read(reply) == "Ben has 5 caps. How many?")
    }

    @Test(arguments: [
        "-5 is added to 7. What is it?", "3.5 is half of what?", "At 3:30 the problem starts: when does it end?",
        "\"A\" or \"B\"?", "Find the sum of 1 and 2.", "Let x = 2. Compute x + 1.", "Какое число?", "多少？",
    ]) func `keeps what belongs to it`(question: String) throws {
        #expect(try read(question) == question)
    }

    @Test(arguments: [
        "", " \n\t\n", "New question:", "**Question:**\n\n\"\"", "<think>How many?", "Answer: 5", "Here you are:",
    ])
    func `is missing where nothing but labels is written`(reply: String) {
        #expect(throws: Refusal.emptyReply) { try read(reply) }
    }

    @Test func `may be as long as the limit, and no longer`() throws {
        let longest = String(repeating: "é", count: 59) + "?"
        #expect(try read(longest) == longest)
        #expect(throws: Refusal.tooLong(characters: 61, limit: 60)) { try read("a" + longest) }
    }

    @Test(arguments: [
        "Ann has 3 pens. How many?", "new question: ANN has 3 pens - how many", "\"Ann has 3  pens, how many?\"",
    ])
    func `differs from its parent in more than case, blanks and punctuation`(reply: String) {
        #expect(throws: Refusal.sameAsParent) { try read(reply) }
    }

    @Test(arguments: ["Ann has 3 pens and 4 caps.", "I cannot do that.", "The total is to be found"])
    func `asks something`(reply: String) {
        #expect(throws: Refusal.noQuestion(reply)) { try read(reply) }
    }

    @Test(arguments: ["How\0 many?", "How many\u{FFFD}?", "How \u{1B}[1mmany?"]) func `is text`(reply: String) {
        #expect(throws: Refusal.damagedText) { try read(reply) }
    }
}
