import Recipe
import Testing
import Wire

@testable import OperatorCore

@Suite struct `The progress of a run` {
    private let recipe: Recipe

    init() throws {
        recipe = try Recipe(
            yaml: """
                stages:
                  - supervised: {name: warm, epochs: 4}
                  - evaluate: {name: before, problems: 100}
                  - preference: {name: improve, rounds: 2, problems_per_round: 50, rollouts_per_problem: 4}
                """, file: "test")
    }

    private func status(
        _ stage: String, round: Int = 0, of rounds: Int = 1, update: Int = 0, updates: Int = 0, correct: UInt64 = 0,
        graded: UInt64 = 0, evaluated: (correct: UInt64, all: UInt64) = (0, 0), rollouts: UInt64 = 0,
        tokens: UInt64 = 0, more: String = ""
    ) -> Status {
        Status(
            workers: [WorkerStatus(name: "sampler-1", role: .sampler, leases: 1, tokens: tokens)],
            counters: [
                Counter(name: "graded.correct", value: correct),
                Counter(name: "graded.incorrect", value: graded - correct),
                Counter(name: "evaluated.correct", value: evaluated.correct),
                Counter(name: "evaluated.no-answer", value: evaluated.all - evaluated.correct),
            ],
            policyVersion: 1,
            progress:
                #"{"stage":"\#(stage)","round":\#(round),"rounds":\#(rounds),"update":\#(update),"updates":\#(updates),"token_loss":0.5\#(more)}"#,
            rollouts: rollouts)
    }

    private let start = ContinuousClock.now

    @Test func `training shows round, update, loss and when the stage ends`() {
        var view = ProgressView(recipe: recipe)
        // At decision point 1 epoch 0 is trained on.
        _ = view.lines(status("warm", round: 1, of: 4, update: 0, updates: 100), [], at: start)
        let line = view.lines(
            status("warm", round: 1, of: 4, update: 40, updates: 100, tokens: 5_000), [], at: start + .seconds(4))[0]
        #expect(
            line.hasPrefix("warm, round 1 of 4, update 40 of 100 · 0 rollouts/s, 1250 tokens/s · loss 0.5 · policy v1"))
        // A tenth of the stage took 4 s.
        #expect(line.hasSuffix("stage ends in about 36 s"))
    }

    @Test func `examples that are not trained on are counted, until the next training`() {
        var view = ProgressView(recipe: recipe)
        let more = #","too_long":3"#
        let during = view.lines(status("warm", round: 1, of: 4, updates: 9, more: more), [], at: start)[0]
        #expect(during.contains(" · 3 examples too long · "))
        #expect(view.lines(status("before", more: more), [], at: start)[0].contains("3 examples too long"))
        #expect(!view.lines(status("improve", round: 1, of: 2), [], at: start)[0].contains("too long"))
        #expect(Progress(status("warm", more: more).progress).json.json.contains(#""too_long":3"#))
    }

    @Test func `an evaluation shows its accuracy so far, and the next stages what it was`() {
        var view = ProgressView(recipe: recipe)
        _ = view.lines(status("before"), [], at: start)
        let during = view.lines(status("before", evaluated: (30, 50), rollouts: 50), [], at: start + .seconds(5))[0]
        #expect(during.contains("10 rollouts/s"))
        #expect(during.contains("accuracy 60.0% so far"))
        #expect(during.contains("stage ends in about 5 s"))
        // The next stage's first rollouts are graded before its progress is told; they do not count.
        let after = view.lines(
            status("improve", of: 2, correct: 1, graded: 9, evaluated: (60, 100), rollouts: 100), [],
            at: start + .seconds(10))[0]
        #expect(after.contains("accuracy 60.0% (before)"))
        #expect(!after.contains("so far"))
    }

    @Test func `an evaluation's first grades count though its stage is not known yet`() {
        var view = ProgressView(recipe: recipe)
        _ = view.lines(status("warm", of: 4), [], at: start)
        _ = view.lines(status("warm", round: 3, of: 4, evaluated: (40, 40)), [], at: start + .seconds(1))
        _ = view.lines(status("before", evaluated: (40, 60)), [], at: start + .seconds(2))
        // Its round ends before the next stage begins.
        _ = view.lines(status("before", round: 1, evaluated: (50, 100)), [], at: start + .seconds(3))
        let after = view.lines(status("improve", of: 2, evaluated: (50, 100)), [], at: start + .seconds(4))[0]
        #expect(after.contains("accuracy 50.0% (before)"))
    }

    @Test func `a round of preference shows its own reward`() {
        var view = ProgressView(recipe: recipe)
        _ = view.lines(status("improve", round: 0, of: 2), [], at: start)
        _ = view.lines(status("improve", round: 0, of: 2, correct: 10, graded: 100), [], at: start + .seconds(1))
        _ = view.lines(status("improve", round: 1, of: 2, correct: 10, graded: 100), [], at: start + .seconds(2))
        let line = view.lines(
            status("improve", round: 1, of: 2, correct: 19, graded: 120), [], at: start + .seconds(3))[0]
        #expect(line.contains("reward 0.45"))
    }

    @Test func `a hub or a worker that starts again at 0 takes nothing away`() {
        var view = ProgressView(recipe: recipe)
        _ = view.lines(status("before"), [], at: start)
        _ = view.lines(status("before", evaluated: (10, 20), tokens: 100), [], at: start + .seconds(1))
        let line = view.lines(status("before", evaluated: (5, 5), tokens: 50), [], at: start + .seconds(2))[0]
        #expect(line.contains("accuracy 60.0% so far"))
        #expect(line.contains("75 tokens/s"))
    }

    @Test func `any number of tokens that a worker says is stood`() {
        var view = ProgressView(recipe: recipe)
        for (second, tokens) in [0, UInt64.max, 75].enumerated() {
            _ = view.lines(status("before", tokens: tokens), [], at: start + .seconds(second))
        }
        let line = view.lines(status("before", tokens: .max), [], at: start + .seconds(3))[0]
        #expect(line.contains("12297829382473033728 tokens/s"))
    }

    @Test func `the services' line tells who is there, who is not and why`() {
        var view = ProgressView(recipe: recipe)
        let children: [Supervisor.ChildStatus] = [
            .init(name: "hub", processID: 1, startCount: 1), .init(name: "sampler-1", processID: 2, startCount: 2),
            .init(name: "sampler-2", processID: nil, startCount: 1, lastEnd: "was ended by signal 9"),
            .init(name: "sampler-3", processID: 4, startCount: 1, isEnding: true),
            .init(name: "learner-1", processID: 5, startCount: 1),
        ]
        #expect(
            view.lines(status("before"), children, at: start)[1]
                == "learner 0/1 to come · sampler 1/2 at work · sampler-2 is down: it was ended by signal 9 · sampler-1 was started 2 times"
        )
    }
}
