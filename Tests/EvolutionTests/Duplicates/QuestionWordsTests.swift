@testable import Evolution
import Testing

@Suite struct `The words of a question` {
    @Test(arguments: [
        ("Ann has 3 pens.", " ann  HAS 3\npens"), ("She pays $5.", "she pays 5"),
        ("It costs 1,200 dollars", "it costs 1200 dollars"),
        ("a well-known map", "a well known map"), ("Ann - how many?", "Ann: how many?"), ("“How many?”", "How many"),
        ("2 × 3", "2*3"), ("5−2", "5 - 2"),
        ("cafe\u{301}", "café"), ("(in all) How many", "in all: how many"), ("５ pens", "5 pens"),
    ]) func `leave out case, blanks and punctuation`(first: String, second: String) {
        #expect(QuestionWords(first).text == QuestionWords(second).text)
    }

    @Test(arguments: [
        ("3+2", "3-2"), ("1.5 km", "15 km"), ("1.5 km", "1 5 km"), ("-5", "5"), ("2*(3+4)", "2*3+4"),
        ("sides 3,4,5", "sides 34,5"),
        ("x<3", "x>3"), ("3/4", "34"), ("20%", "20"), ("1,2000", "12000"), ("一个", "两个"),
    ]) func `keep numbers and signs`(first: String, second: String) {
        #expect(QuestionWords(first).text != QuestionWords(second).text)
    }

    @Test(arguments: [
        ("Ann has 3 pens and two caps", "Ann has 17.5 pens and nine caps", true), ("3 + 2", "3 - 2", false),
        ("3 pens", "3 caps", false),
    ]) func `have runs in which every number is as any other`(first: String, second: String, areSame: Bool) {
        let (a, b) = (QuestionWords(first), QuestionWords(second))
        #expect((a.runs(of: 3) == b.runs(of: 3)) == areSame)
        #expect((a.numbersHash == b.numbersHash) == (first == "3 pens"))
    }

    @Test func `have as many runs as places for them, each once, and one if they are fewer`() {
        #expect(QuestionWords("a b c d e").runs(of: 3).count == 3)
        #expect(QuestionWords("a b c a b c").runs(of: 3).count == 3)
        for short in ["", "a", "a b", "a b c"] { #expect(QuestionWords(short).runs(of: 3).count == 1) }
        #expect(QuestionWords("a b").runs(of: 3) != QuestionWords("b a").runs(of: 3))
    }
}
