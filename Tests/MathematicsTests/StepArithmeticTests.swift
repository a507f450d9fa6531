import Mathematics
import Testing

@Suite struct `The arithmetic in steps` {
    @Test(arguments: [
        "3+4=8", "3 + 4 = 8", "It is 3 + 4  =  8 pens.", "Total: 3 + 4 = 8", "So (1 + 2) * 3 = 8.",
        "He pays $3 + $4 = $8",
        "<<3+4=8>>", "3 + 4 = <<3+4=8>>8",
    ]) func `is a mistake where an equation does not hold, with blanks or without`(line: String) {
        let arithmetic = StepArithmetic("So it begins.\n" + line)
        #expect(arithmetic.equationCount > 0)
        #expect(arithmetic.firstMistake?.step == 2, "\(line)")
    }

    @Test(arguments: [
        "3+4=7", "3 + 4 = 7", "It is 3 + 4 = 7 pens.", "10 / 4 = 2.5", "1 / 3 = 0.33", "100 - 60 = 40%",
        "1 + 2 = 3 + 0 = 3",
    ])
    func `is counted where it holds`(line: String) {
        let arithmetic = StepArithmetic(line)
        #expect(arithmetic.equationCount > 0 && arithmetic.firstMistake == nil, "\(line)")
    }

    @Test func `ends at its bounds, whatever follows`() {
        let wrong = "1+1=3"
        #expect(StepArithmetic(String(repeating: "1+1=2\n", count: 999) + wrong).firstMistake?.step == 1_000)
        #expect(StepArithmetic(String(repeating: "1+1=2\n", count: 1_000) + wrong).firstMistake == nil)
        #expect(StepArithmetic(String(repeating: " ", count: 4_000) + wrong).firstMistake != nil)
        #expect(StepArithmetic(String(repeating: " ", count: 4_096) + wrong).firstMistake == nil)
        // Each power is within the bounds of a number, and takes a share of the steps of a grading.
        let powers = String(repeating: "7^20000=1\n", count: 900)
        #expect(StepArithmetic(powers).equationCount < 900)
    }

    @Test(arguments: ["30 boys x 1/2 = 15", "half of 3 + 4 = 5", "x + 4 = 8", "2 hours * 3 = 7", "= 8", "3 + 4 is 8"])
    func `is passed over where a calculation may begin before what can be read`(line: String) {
        #expect(StepArithmetic(line).equationCount == 0, "\(line)")
    }
}
