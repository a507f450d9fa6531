import Basics
import GeneratorCore
import Problems
import Testing
import Wire

@Suite struct `A generator` {
    private let credit = CreditPlan(
        negatives: 2, continuations: 5, wave: 5, layout: "next-step", sampling: SamplingPlan(rollouts: 8))

    private func order(count: Int = 3, firstIndex: UInt64 = 40, credit: CreditPlan? = nil) -> Order {
        Order(
            source: ProblemSource(family: "arithmetic", seed: 7, dials: ["steps=2..3", "operands=1..9"]),
            firstIndex: firstIndex, count: count,
            sampling: SamplingPlan(rollouts: 4, temperature: 1, topP: 1, maximumTokens: 64), credit: credit,
            policyVersion: 6)
    }

    private func lease(_ order: Order, for purpose: Purpose) -> Lease {
        Lease(
            id: 5,
            item: Item(id: "1.0.2", queue: .orders, purpose: purpose, stage: 1, round: 2, body: order.encoded()))
    }

    private func items(_ complete: Complete, in queue: Queue) -> [Item] {
        complete.items.map(\.item).filter { $0.queue == queue }
    }

    @Test(arguments: [Purpose.supervised, .preference, .evaluation])
    func `fills an order with problems named by their index, whatever it is for`(purpose: Purpose) throws {
        let lease = lease(order(credit: purpose == .preference ? credit : nil), for: purpose)
        let complete = try Generator.complete(lease)
        try checkByHub(complete, of: lease)
        #expect(complete.leases == [5])
        #expect(complete.groups[0].kind == .order)
        #expect(complete.groups[0].size == 3)
        let problems = items(complete, in: .problems)
        #expect(problems.map(\.id) == ["40", "41", "42"])
        #expect(problems.map(\.problem) == ["1.0.2.40", "1.0.2.41", "1.0.2.42"])
        #expect(try problems.map { try Wire.Problem(decoding: $0.body).index } == [40, 41, 42])
        #expect(complete.items.allSatisfy { $0.item.purpose == purpose && $0.item.stage == 1 && $0.item.round == 2 })
    }

    @Test func `turns solved problems into experience, and ends each with its outcome`() throws {
        let lease = lease(order(), for: .supervised)
        let complete = try Generator.complete(lease)
        #expect(items(complete, in: .requests).isEmpty)
        let problems = try items(complete, in: .problems).map { try Wire.Problem(decoding: $0.body) }
        let experience = try items(complete, in: .experience).map { try Experience(decoding: $0.body) }
        #expect(experience.map(\.solution) == problems.map(\.referenceSolution))
        #expect(experience.map(\.question) == problems.map(\.question))
        #expect(experience.allSatisfy { $0.kind == .weightedTokens && $0.weight == 1 && !$0.solution.isEmpty })
        #expect(complete.endings.map(\.slot) == [0, 1, 2])
        #expect(complete.endings.allSatisfy { $0.group == 1 && $0.end == .result })
        #expect(try complete.endings.map { try Outcome(decoding: $0.result).experience } == [1, 1, 1])
    }

    @Test func `asks for the rollouts of each problem, whose group goes on to the advantage service`() throws {
        let lease = lease(order(credit: credit), for: .preference)
        let complete = try Generator.complete(lease)
        #expect(complete.endings.isEmpty)
        #expect(items(complete, in: .experience).isEmpty)
        let requests = complete.items.filter { $0.item.queue == .requests }
        #expect(requests.map(\.group) == [2, 3, 4])
        #expect(requests.allSatisfy { $0.owns == SlotRange(first: 0, count: 4) })
        #expect(requests.map(\.item.refersTo) == [["1.0.2.40"], ["1.0.2.41"], ["1.0.2.42"]])
        let request = try Request(decoding: requests[0].item.body)
        #expect(request.sampling == order().sampling)
        #expect(request.policyVersion == 6)
        for (slot, group) in complete.groups.dropFirst().enumerated() {
            #expect(group.kind == .rollout && group.size == 4)
            #expect(group.group == 1 && group.owns == SlotRange(first: slot, count: 1))
            let whenFull = try #require(group.whenFull)
            #expect(whenFull.refersTo == [whenFull.problem])
            #expect(try Group(decoding: whenFull.body) == Group(credit: credit, policyVersion: 6))
        }
    }

    @Test func `lets the rollouts of an evaluation end their problem themselves`() throws {
        let complete = try Generator.complete(lease(order(), for: .evaluation))
        #expect(complete.groups.count == 4)
        #expect(complete.groups.allSatisfy { $0.whenFull == nil })
        #expect(items(complete, in: .requests).count == 3)
    }

    @Test func `tells the verifier how answers are found in an evaluation`() throws {
        for rule in [AnswerRule.strict, .lastNumber] {
            var order = order()
            order.answers = rule
            let problems = try items(Generator.complete(lease(order, for: .evaluation)), in: .problems)
            #expect(try problems.map { try Wire.Problem(decoding: $0.body).answers } == [rule, rule, rule])
        }
    }

    @Test func `keeps with each problem what it was evolved from, and its level`() throws {
        var order = order(credit: credit)
        order.source = ProblemSource(
            family: "words", seed: 7, dials: ["operations=1", "evolve=more-complex", "generations=2"])
        for item in items(try Generator.complete(lease(order, for: .preference)), in: .problems) {
            let problem = try Wire.Problem(decoding: item.body)
            #expect(problem.ancestry.map(\.strategy) == ["more-complex", "more-complex"])
            #expect(problem.ancestry[0].key.contains("ask q") && problem.level == "3 steps")
        }
    }

    @Test func `takes problems of a data set by their index, from the first again after the last`() throws {
        let dataSet = DataSet(
            problems: (0..<5).map {
                Problems.Problem(question: "q\($0)", referenceAnswer: "\($0)", referenceSolution: "s\n#### \($0)")
            })
        var order = order(count: 3, firstIndex: 8)
        order.source = ProblemSource(seed: 7, dataSet: ContentHash(of: [1]))
        let lease = lease(order, for: .supervised)
        let complete = try Generator.complete(lease, dataSet: dataSet)
        try checkByHub(complete, of: lease)
        let items = items(complete, in: .problems)
        #expect(items.map(\.id) == ["8", "9", "10"])
        let problems = try items.map { try Wire.Problem(decoding: $0.body) }
        #expect(problems.map(\.question) == ["q3", "q4", "q0"])
        #expect(problems.map(\.referenceAnswer) == ["3", "4", "0"])
        #expect(problems.allSatisfy { $0.source == order.source })
        let experience = try self.items(complete, in: .experience).map { try Experience(decoding: $0.body) }
        #expect(experience.map(\.solution) == ["s\n#### 3", "s\n#### 4", "s\n#### 0"])
    }

    @Test func `refuses an order whose data set is not at hand, and one of a family and a data set`() {
        let dataSet = DataSet(problems: [Problems.Problem(question: "q", referenceAnswer: "1", referenceSolution: nil)])
        var order = order()
        #expect(throws: (any Error).self) { try Generator.complete(lease(order, for: .evaluation), dataSet: dataSet) }
        order.source.dataSet = ContentHash(of: [1])
        #expect(throws: (any Error).self) { try Generator.complete(lease(order, for: .evaluation), dataSet: dataSet) }
        order.source.family = ""
        #expect(throws: (any Error).self) { try Generator.complete(lease(order, for: .evaluation)) }
        #expect(throws: Never.self) { try Generator.complete(lease(order, for: .evaluation), dataSet: dataSet) }
        // Without a reference solution there is nothing to teach.
        #expect(throws: (any Error).self) { try Generator.complete(lease(order, for: .supervised), dataSet: dataSet) }
    }

    @Test func `makes the same of the same order each time`() throws {
        let lease = lease(order(credit: credit), for: .preference)
        #expect(try Generator.complete(lease) == Generator.complete(lease))
    }

    @Test func `makes a problem that does not depend on the order it is asked in`() throws {
        let whole = try Generator.complete(lease(order(), for: .supervised))
        let last = try Generator.complete(lease(order(count: 1, firstIndex: 42), for: .supervised))
        #expect(items(whole, in: .problems).last?.body == items(last, in: .problems).first?.body)
        #expect(items(whole, in: .problems).first?.body != items(last, in: .problems).first?.body)
    }

    @Test func `makes other problems for the test split`() throws {
        var test = order()
        test.source.split = .test
        let questions = try [order(), test].map { order in
            try items(Generator.complete(lease(order, for: .evaluation)), in: .problems).map {
                try Wire.Problem(decoding: $0.body).question
            }
        }
        #expect(Set(questions[0]).isDisjoint(with: questions[1]))
    }

    @Test func `makes problems of every split that the family has, for evaluations alone`() throws {
        for split in [Split.rangeShift, .formShift] {
            var shifted = order()
            shifted.source.split = split
            let lease = lease(shifted, for: .evaluation)
            let problems = try items(Generator.complete(lease), in: .problems).map {
                try Wire.Problem(decoding: $0.body)
            }
            let numerals = problems.map { $0.question.split { !$0.isNumber }.compactMap { Int($0) } }
            // The dials say 2 to 3 steps and operands of 1 to 9.
            if split == .rangeShift {
                #expect(numerals.allSatisfy { $0.allSatisfy { $0 > 9 } })
            } else {
                #expect(numerals.allSatisfy { $0.count > 4 })
            }
            for purpose in [Purpose.supervised, .preference] {
                var trained = shifted
                trained.credit = purpose == .preference ? credit : nil
                #expect(throws: (any Error).self) { try Generator.complete(self.lease(trained, for: purpose)) }
            }
        }
    }

    @Test(arguments: [("puzzle", Wire.SolutionCheck.puzzle), ("star-graph", .path), ("arithmetic", .finalAnswer)])
    func `tells the verifier how solutions are checked`(family: String, check: Wire.SolutionCheck) throws {
        var order = order()
        order.source = ProblemSource(family: family, seed: 7)
        let problems = try items(Generator.complete(lease(order, for: .evaluation)), in: .problems)
        #expect(try problems.map { try Wire.Problem(decoding: $0.body).check } == [check, check, check])
    }

    @Test(
        arguments: [
            ("no such family", Order(source: ProblemSource(family: "geometry"), count: 1)),
            ("an unknown dial", Order(source: ProblemSource(family: "arithmetic", dials: ["colour=red"]), count: 1)),
            ("a dial without a value", Order(source: ProblemSource(family: "arithmetic", dials: ["steps"]), count: 1)),
            (
                "indices beyond the last",
                Order(source: ProblemSource(family: "arithmetic"), firstIndex: .max, count: 2)
            ),
        ])
    func `refuses an order that it cannot carry out`(what: String, order: Order) {
        #expect(throws: (any Error).self, "\(what)") { try Generator.complete(lease(order, for: .supervised)) }
    }

    @Test func `refuses an order for control`() {
        #expect(throws: (any Error).self) { try Generator.complete(lease(order(), for: .control)) }
    }

    @Test func `refuses an order for preference without a plan for credit, and an evaluation with one`() {
        #expect(throws: (any Error).self) { try Generator.complete(lease(order(), for: .preference)) }
        #expect(throws: (any Error).self) { try Generator.complete(lease(order(credit: credit), for: .evaluation)) }
    }

    @Test func `refuses a body that is no order`() {
        let item = Item(id: "1.0.2", queue: .orders, purpose: .supervised, body: [0xff])
        #expect(throws: WireError.self) { try Generator.complete(Lease(id: 1, item: item)) }
    }
}
