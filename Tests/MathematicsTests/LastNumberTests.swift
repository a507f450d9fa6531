import Mathematics
import Testing

@Suite struct `The last number` {
    private func answer(_ solution: String) -> String? {
        FinalAnswer.extract(from: solution, by: .lastNumber)?.text
    }

    @Test(arguments: [
        ("7+5=12", "12"),
        ("She has 3 pens and 4 more, 7 in all.", "7"),
        ("It costs $42.", "42"),
        ("It costs $1,200.", "1200"),
        ("\\boxed{42}", "42"),
        ("**Answer: 42**\n", "42"),
        ("The answer is 007!", "7"),
        ("1, 2, 3,", "3"),
        ("That is 50%, or 15cm", "15"),
        ("(12)", "12"),
        ("12.0", "12"),
        ("$18.00 in all", "18"),
        ("1,200.00.", "1200"),
        ("\u{7b54}\u{6848}\u{662f}42", "42"),
        ("42\0", "42"),
    ])
    func `is the answer where no line is marked`(solution: String, expected: String) {
        #expect(answer(solution) == expected)
        #expect(FinalAnswer.extract(from: solution, by: .strict) == nil)
    }

    @Test(arguments: [
        ("12-7", "7"), ("12 - 7", "7"), ("x-7", "7"), ("(3)-7", "7"), ("12 -7", "-7"), ("-7", "-7"), ("= -7.", "-7"),
        ("is \u{2212}7", "-7"), ("12\u{2212}7", "7"), ("-1,200", "-1200"), ("-0", "0"), ("- 7", "7"), ("+7", "7"),
    ])
    func `has the sign that is directly before it and no operator`(solution: String, expected: String) {
        #expect(answer(solution) == expected)
    }

    @Test(arguments: [
        "", "none", "12.50", "It is $12.50.", "3 pens at 12.50", ".5", "0.50", "1,20", "1.2.3", "1234,567",
        "5 and 1,,2", "1.,0", "\u{0661}\u{0662}",
    ])
    func `is no answer where it is no integer, whatever stands before`(solution: String) {
        #expect(answer(solution) == nil)
    }

    @Test(
        arguments: [
            ("3 of x2", "3"), ("42 is step_7", "42"), ("7 of H2O", "7"), ("x2", nil), ("It is 5 (see A4, B,5b)", "5"),
        ] as [(String, String?)])
    func `is no part of a word`(solution: String, expected: String?) {
        #expect(answer(solution) == expected)
    }

    @Test(arguments: [
        ("#### 12\nThat is 13.", "12"), ("13\n#### 12", "12"),
        // Marks that cannot be read are as good as none.
        ("#### 12.", "12"), ("#### 12 pens, 5 a box", "5"), ("#### twelve, that is 13", "13"),
    ])
    func `gives way to a marked answer`(solution: String, expected: String) {
        #expect(answer(solution) == expected)
    }

    @Test func `is found in time that grows with the length alone`() {
        let words = String(repeating: "x1,", count: 300_000)
        #expect(answer("5 " + words) == "5")
        #expect(answer(String(repeating: "1", count: 1_000_000) + ".5") == nil)
    }

    @Test func `makes a verdict with the reference`() {
        #expect(grade(solution: "It is 12.", by: .lastNumber, reference: "12").verdict == .correct)
        #expect(grade(solution: "It is 13.", by: .lastNumber, reference: "12").verdict == .incorrect)
        #expect(grade(solution: "It is 12.5.", by: .lastNumber, reference: "12").verdict == .noAnswer)
        #expect(grade(solution: "It is 12.", reference: "12").verdict == .noAnswer)
    }
}
