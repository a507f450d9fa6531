import Recipe
import Testing

@Suite struct `An override` {
    static let yaml = """
        hub: {attempts: 5}
        stages:
          - supervised: {}
          - preference: {name: improve, beta: 0.2}
        """

    private func read(_ overrides: String...) throws -> Recipe {
        try Recipe(yaml: Self.yaml, file: "r.yaml", overrides: overrides)
    }

    @Test func `changes a value that the file has`() throws {
        #expect(try read("hub.attempts=7").hub.attempts == 7)
    }

    @Test func `sets a value whose section the file leaves out`() throws {
        #expect(try read("services.sampler.slots=16").services.sampler.slots == 16)
        #expect(try read("seed=9").seed == 9)
    }

    @Test(arguments: ["stages.improve", "stages.1", "stages.1.preference", "stages.improve.preference"])
    func `finds a stage by its name or place, with its kind or without`(stage: String) throws {
        var expected = PreferenceStage()
        expected.name = "improve"
        expected.beta = 0.1
        expected.rounds = 8
        #expect(try read("\(stage).beta=0.1", "\(stage).rounds=8").stages[1] == .preference(expected))
    }

    @Test func `finds a stage without a name by its kind`() throws {
        var expected = SupervisedStage()
        expected.epochs = 2
        #expect(try read("stages.supervised.epochs=2").stages[0] == .supervised(expected))
    }

    @Test func `takes lists, sections, null and text with an equals sign as values`() throws {
        #expect(try read("problems.steps=[1, 2]").problems.steps == 1...2)
        #expect(try read("model={from: a=b.gguf}").model == .file("a=b.gguf"))
        #expect(try read("hub=").hub == HubSettings())
    }

    @Test func `that comes later wins`() throws {
        #expect(try read("seed=1", "seed=2").seed == 2)
    }

    @Test(arguments: [
        ("seed", "--set seed: An override must be path=value. Write, say, --set seed=2."),
        (
            "hub..attempts=1",
            "--set hub..attempts=1: The path of an override must be keys with dots between them. Write, for example, "
                + "--set hub.attempts=5."
        ),
        ("hub.atempts=1", "--set hub.atempts=1: hub has no key atempts. Did you mean attempts?"),
        ("hbu.attempts=1", "--set hbu.attempts=1: A recipe has no key hbu. Did you mean hub?"),
        (
            "stages.improve.betta=1",
            "--set stages.improve.betta=1: stages.1.preference has no key betta. Did you mean beta?"
        ),
        (
            "stages.improv.beta=1",
            "--set stages.improv.beta=1: A list of 2 has no element improv. Did you mean improve?"
        ),
        (
            "stages.2.beta=1",
            "--set stages.2.beta=1: A list of 2 has no element 2. Choose among supervised, improve."
        ),
        (
            "hub.attempts=0",
            "--set hub.attempts=0: hub.attempts must be an integer from 1 to 100; got 0. Lost or failed leases after "
                + "which an item is a dead letter and the run goes on without it. The default is 3."
        ),
        (
            "seed.x=1",
            "--set seed.x=1: seed must be an integer from 0 to 18446744073709551615; got a mapping with the keys x. "
                + "Everything that is drawn at random follows from it. The default is 1."
        ),
    ])
    func `with a mistake is refused in one sentence that names it`(option: String, message: String) {
        #expect(faults(Self.yaml, option) == [message])
    }

    @Test func `with a mistake does not hide the faults of the file`() {
        let found = faults("sed: 1\nstages: [evaluate: {}]", "stages.9.problems=1", "hub.attempts=0")
        #expect(found.count == 3)
    }

    @Test func `whose value is not YAML is refused without a line`() {
        let found = faults(Self.yaml, "seed=[1")
        #expect(found.count == 1)
        #expect(found[0].hasPrefix("--set seed=[1: The text must be YAML; "))
    }
}
