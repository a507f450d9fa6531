import Mathematics
import Testing

@testable import Problems

@Suite struct `Validating requests` {
    private func request(_ text: String, _ formula: String) throws -> FormulaRequest {
        FormulaRequest(question: try #require(FormulaQuestion(text)), formula: try Formula(parsing: formula))
    }

    /// Requests of which half describe another formula, and which those are.
    private func requests(_ count: UInt64) throws -> [(request: FormulaRequest, isWrong: Bool)] {
        let family = try FormulaFamily(dials: ["misdescribed": "0.5", "validate": "none"])
        return (0..<count).map {
            let made = family.made(seed: 7, index: $0, split: .train)
            return (made.request, made.isMisdescribed)
        }
    }

    @Test func `each rule keeps every right request and drops most wrong ones`() async throws {
        let requests = try requests(2000)
        let rules = Dictionary(uniqueKeysWithValues: Surrogate.allCases.map { ($0, RequestJudge.rule) })
        let report = try await RequestValidation(rules).validate(requests.map(\.request))
        let wrong = Set(requests.filter(\.isWrong).map(\.request))
        let share = Double(requests.count(where: \.isWrong)) / 2000
        #expect((0.35...0.65).contains(share), "seed 7: \(share)")
        var dropped: [Surrogate: Double] = [:]
        for surrogate in Surrogate.allCases {
            let rejected = report.rejected.filter { $0.reasons[surrogate] != nil }
            #expect(rejected.allSatisfy { wrong.contains($0.request) }, "seed 7: \(surrogate) dropped a right request")
            dropped[surrogate] = Double(rejected.count) / Double(wrong.count)
            let tally = try #require(report.tallies[surrogate])
            #expect(tally.seen == 2000 && tally.seen - tally.kept == rejected.count)
        }
        let (output, program, classification) = (
            try #require(dropped[.output]), try #require(dropped[.program]), try #require(dropped[.classification])
        )
        // A program runs on the hidden rows, too, and all that is wrong shows there; few rows do not show all.
        #expect(program == 1 && output > 0.85 && output < program && classification > 0.95)
        #expect(report.kept.count + report.rejected.count == 2000)
        let hard = report.rejected(hardness: 4)
        #expect(!hard.isEmpty && hard.allSatisfy { $0.request.formula.operationCount >= 4 })
        #expect(hard.count == report.rejected.count { $0.request.hardness >= 4 } && hard.count < report.rejected.count)
    }

    @Test func `the family uses only what the rules keep`() throws {
        let family = try FormulaFamily(dials: ["misdescribed": "0.5"])
        let plain = try FormulaFamily(dials: ["misdescribed": "0.5", "validate": "classification"])
        for index in UInt64(0)..<80 {
            #expect(!family.made(seed: 8, index: index, split: .train).isMisdescribed, "seed 8, index \(index)")
            let request = plain.request(seed: 8, index: index, split: .train)
            #expect(Surrogate.classification.reasonToDropByRule(request) == nil, "seed 8, index \(index)")
        }
    }

    @Test func `rules give their reasons`() throws {
        let text = "price,stock: 4,12; 7,3 | Multiply price by 2, then cap it at 40."
        #expect(Surrogate.classification.reasonToDropByRule(try request(text, "MIN(price*2,40)")) == nil)
        for (formula, reason) in [
            ("MIN(stock*2,40)", DropReason.columns), ("MIN(price*3,40)", .constants), ("MAX(price*2,40)", .operations),
            ("MIN(price*2,40)*price", .columns),
        ] {
            #expect(Surrogate.classification.reasonToDropByRule(try request(text, formula)) == reason)
        }
        let other = try request(text, "MAX(price*2,40)")
        #expect(Surrogate.output.reasonToDropByRule(other) == .outputs)
        #expect(Surrogate.program.reasonToDropByRule(other) == .outputs)
        // The same in the table: only a program shows the difference.
        let alike = try request(text, "price*2")
        #expect(Surrogate.output.reasonToDropByRule(alike) == nil)
        #expect(Surrogate.program.reasonToDropByRule(alike) == .outputs)
        // Only counted, and so not seen to be in another place.
        let turned = try request("price,stock: 4,12; 7,3 | Subtract price from stock.", "price-stock")
        #expect(Surrogate.classification.reasonToDropByRule(turned) == nil)
        #expect(Surrogate.output.reasonToDropByRule(turned) == .outputs)
        let odd = try request("price,stock: 4,12; 7,3 | Do something with price.", "price")
        #expect(Surrogate.output.reasonToDropByRule(odd) == .unreadable)
        #expect(Surrogate.program.reasonToDropByRule(odd) == .unreadable)
    }

    @Test(
        arguments: [
            (.output, "2; 7/2", nil), (.output, "So:\n 2 ;3.5\n\n", nil), (.output, "2; 3.4", .outputs),
            (.output, "2", .unreadable), (.output, "", .unreadable), (.output, "2; x", .outputs),
            (.output, "2; 7/0", .outputs), (.program, "$price 2 div", nil), (.program, "1 2 div $price mul", nil),
            (.program, "Here it is:\n$price 2 div\n", nil), (.program, "$price 2 mul", .outputs),
            (.program, "$cost 2 div", .unreadable), (.program, "price/2", .unreadable), (.classification, "Yes.", nil),
            (.classification, "I think\nyes", nil), (.classification, "No: the constants.", .constants),
            (.classification, "no", .description), (.classification, "perhaps", .unreadable),
            (.classification, "", .unreadable),
        ] as [(Surrogate, String, DropReason?)])
    func `the answer of a model is read`(surrogate: Surrogate, answer: String, reason: DropReason?) throws {
        let request = try request("price,stock: 4,12; 7,3 | Take half of the price.", "price/2")
        #expect(surrogate.reasonToDrop(request, for: answer) == reason)
    }

    @Test func `a model is asked once for each request, and what the task hides is not in the prompt`() async throws {
        let first = try request("price,stock: 4,12; 7,3 | Take half of the price.", "price/2")
        let second = try request("price,stock: 4,12; 7,3 | Take a third of it all.", "price*stock/3")
        let asked = Asked()
        let validation = RequestValidation([
            .output: .model { prompt in
                await asked.add(prompt)
                return prompt.contains("half") ? "2; 7/2" : "I cannot say"
            },
            .classification: .model { _ in "yes" },
        ])
        let report = try await validation.validate([first, second])
        #expect(report.kept == [first])
        #expect(report.rejected == [.init(request: second, reasons: [.output: .unreadable])])
        #expect(report.tallies[.output]?.kept == 1 && report.tallies[.output]?.dropped == [.unreadable: 1])
        #expect(report.tallies[.classification]?.kept == 2 && report.tallies[.program] == nil)
        let prompts = await asked.prompts
        #expect(
            prompts.count == 2 && prompts[0].contains("Take half of the price.") && prompts[0].contains("4,12; 7,3"))
        #expect(!prompts[1].contains("price*stock/3"))
        #expect(!Surrogate.program.prompt(for: second).contains("price*stock/3"))
        #expect(Surrogate.classification.prompt(for: second).contains("price*stock/3"))
    }

    @Test func `a model that fails is no judgement`() async throws {
        struct Failure: Error {}
        let request = try request("price,stock: 4,12; 7,3 | Take half of the price.", "price/2")
        let validation = RequestValidation([.program: .model { _ in throw Failure() }])
        await #expect(throws: Failure.self) { try await validation.validate([request]) }
    }
}

private actor Asked {
    private(set) var prompts: [String] = []
    func add(_ prompt: String) { prompts.append(prompt) }
}
