@testable import Problems
import Testing

@Suite struct `Wordings` {
    @Test func `phrases and forms stand where their places were`() {
        let wording: Wording = "{who} [puts|put] {what} away"
        let phrases: [Substring: String] = ["who": "Ann", "what": "{3} pens"]
        #expect(wording.filled(plural: false) { phrases[$0] } == "Ann puts {3} pens away")
        #expect(wording.filled(plural: true) { phrases[$0] } == "Ann put {3} pens away")
    }

    @Test func `every relation that is stated has three wordings or more, and so has every question`() {
        for kind in RelationKind.allCases where kind.isStated {
            for ofPart in [false, true] {
                let templates = Set(Wording.all(kind, ofPart: ofPart).map(\.template))
                #expect(templates.count >= 3, "\(kind)")
            }
        }
        for kind in RelationKind.allCases where !kind.isStated { #expect(Wording.all(kind, ofPart: false).isEmpty) }
        for wordings in [
            Wording.given, Wording.unrelated, Wording.conditional, Wording.question, Wording.differenceQuestion,
        ] { #expect(Set(wordings.map(\.template)).count >= 3) }
    }

    @Test func `there are eight worlds or more, no two with the same things or deeds`() {
        #expect(Theme.all.count >= 8)
        #expect(Set(Theme.all.map(\.place)).count == Theme.all.count)
        #expect(Set(Theme.all.map(\.verb)).count == Theme.all.count)
        // Every relation can be used somewhere.
        for kind in RelationKind.allCases where !kind.compares && kind.isStated || kind == .conversion {
            #expect(
                Theme.all.contains { theme in
                    [theme.things, theme.paced, theme.packed, theme.bundled].compactMap { $0 }.contains {
                        theme.result(of: kind, from: theme.quantity(of: Person.allCases[0], in: $0)) != nil
                    }
                }, "\(kind)")
        }
    }

    @Test(arguments: [
        (1, 2, "half"), (1, 3, "a third"), (2, 3, "two thirds"), (3, 4, "three quarters"), (1, 8, "an eighth"),
        (7, 10, "seven tenths"), (9, 10, "nine tenths"),
    ])
    func `fractions are words`(numerator: Int, denominator: Int, text: String) {
        #expect(StatementPhrases.fraction(numerator, over: denominator) == text)
    }

    @Test func `one of a thing is singular, money is much, and several people do things together`() {
        let theme = Theme.all[0]
        #expect(theme.things.noun.count(1) == "1 apple" && theme.things.noun.count(2) == "2 apples")
        #expect(theme.things.more(1) == "1 more apple" && theme.things.fewer(3) == "3 fewer apples")
        #expect(Unit.money.more(1) == "1 dollar more" && Unit.money.fewer(3) == "3 dollars less")
        #expect(Unit.money.asMany == "as much" && theme.things.asMany == "as many apples")
        let people = [Person.ann, .cara, .eva]
        #expect(Subject(people).text == "Ann, Cara and Eva")
        let both = Quantity(Subject([people[0], people[1]]), .hasLeft, theme.things)
        #expect(both.clause("5 apples") == "Ann and Cara have 5 apples left together")
        #expect(both.ownThings == "apples that they have left together")
        let each = Quantity(Subject([people[0]], container: theme.container), .holds, theme.things)
        #expect(each.clause("5 apples") == "each of Ann's baskets holds 5 apples")
    }
}
