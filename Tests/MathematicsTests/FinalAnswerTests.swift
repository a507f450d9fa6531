import Mathematics
import Testing

@Suite struct `Final answer` {
    @Test(arguments: [
        ("7+5=12\n#### 12", "12"),
        ("####42", "42"),
        ("####   42  ", "42"),
        ("#### 42\r\n", "42"),
        ("####\t42\n\n", "42"),
        ("#### 1,200", "1200"),
        ("#### 1,234,567", "1234567"),
        ("#### -1,200", "-1200"),
        ("#### +12", "12"),
        ("#### 007", "7"),
        ("#### -0", "0"),
        ("#### -000", "0"),
        ("#### 0", "0"),
        ("#### -12", "-12"),
        ("#### 1\n#### 2", "2"),
        ("#### 12\nThat is all.", "12"),
        ("a #### 1\n#### 5\nb #### 6", "5"),
        ("#### 0,000", "0"),
    ])
    func `the answer is the integer on the last line of marks`(solution: String, expected: String) {
        #expect(FinalAnswer.extract(from: solution)?.text == expected)
    }

    @Test(arguments: [
        "", "\n", "####", "#### ", "####\n", "12", "### 12", " #### 12", "the answer is #### 12",
        "#### 12.", "#### 12.0", "#### 1.5", "#### 1/2", "#### 4 2", "#### 12 pens", "#### $12", "#### twelve",
        "##### 12", "#### 1,20", "#### ,120", "#### 120,", "#### 1,,200", "#### 1234,567", "#### 1,2,3", "#### ,",
        "#### - 5", "#### --5", "#### +-5", "#### -", "#### +", "#### 5-", "#### \u{2212}5",
        "#### \u{0661}\u{0662}", "#### \u{FF11}\u{FF12}", "#### 1\u{0301}", "#### \u{00A0}5", "#### 0x10", "#### 1e3",
        "#### 12\n####", "#### 12\n#### 4 2", "#### 5\0", "\u{FFFD}#### 5",
    ])
    func `what is not one integer on the last line of marks is no answer`(solution: String) {
        #expect(FinalAnswer.extract(from: solution) == nil)
    }

    @Test func `a huge answer is read exactly`() {
        let digits = String(repeating: "9", count: 1_000_000)
        let answer = FinalAnswer.extract(from: "#### -000" + digits)
        #expect(answer?.text == "-" + digits)
        #expect(answer != FinalAnswer.extract(from: "#### -" + digits.dropLast() + "8"))
    }

    @Test func `a solution of a great many lines is read`() {
        #expect(FinalAnswer.extract(from: String(repeating: "\n", count: 200_000)) == nil)
        #expect(FinalAnswer.extract(from: "#### 3" + String(repeating: "\n", count: 200_000))?.text == "3")
    }

    @Test func `answers are equal exactly if the numbers are`() {
        let spellings = ["0", "-0", "+00", "12", "+12", "0012", "-12", "-012", "1,000", "1000", "120"]
        let numbers = [0, 0, 0, 12, 12, 12, -12, -12, 1000, 1000, 120]
        for (i, left) in spellings.enumerated() {
            for (j, right) in spellings.enumerated() {
                let areEqual = FinalAnswer(parsing: left) == FinalAnswer(parsing: right)
                #expect(areEqual == (numbers[i] == numbers[j]), "\(left) and \(right)")
            }
        }
    }
}
