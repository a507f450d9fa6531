@testable import Evolution
import Testing

@Suite struct `The paths of a majority` {
    @Test func `give the first that RFT keeps, without its annotations, where they are annotated`() {
        let paths = MajorityPaths([
            "It is 7.\n#### 7", "<<3+4=8>>8, so 7\n#### 7", "He has 3+4=<<3+4=7>>7.\n\n#### 7.\nDone",
            "<<4+3=7>>7 pens\n#### 7",
            "<<4+3=7>>7 pens\n#### 7",
        ])
        #expect(paths.distinctCount == 2)
        #expect(paths.referenceSolution(answer: "7") == "He has 3+4=7.\n#### 7")
    }

    @Test func `give the shortest, and of those the first, where they are not`() {
        let long = "First I add three to four, and then I look at what has come of it.\nThat is 7.\n#### 7"
        let paths = MajorityPaths([long, "3 + 4 = 7\r\n\r\n  \n#### 7", "4 + 3 = 7\n\n\n\n#### 7"])
        #expect(paths.distinctCount == 2)
        #expect(paths.referenceSolution(answer: "7") == "4 + 3 = 7\n#### 7")
    }

    @Test func `give none with an equation that does not hold while others are left`() {
        let paths = MajorityPaths(["3 + 4 = 8\n#### 7", "It must be 3 + 4 = 7\n#### 7"])
        #expect(paths.referenceSolution(answer: "7") == "It must be 3 + 4 = 7\n#### 7")
        #expect(MajorityPaths(["3 + 4 = 8\n#### 7"]).referenceSolution(answer: "7") == "3 + 4 = 8\n#### 7")
    }

    @Test func `get a line of marks where they have none`() {
        #expect(
            MajorityPaths(["So it is \\boxed{7}."]).referenceSolution(answer: "7") == "So it is \\boxed{7}.\n#### 7")
    }
}
