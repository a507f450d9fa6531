extension Theme {
    /// The worlds that problems are told in, each as likely.
    static let all = [
        Theme(
            place: "at the orchard", verb: Verb("picks", "pick"), thing: Noun("apple", "apples"), quality: "red",
            container: Noun("basket", "baskets"), loss: Verb("gives away", "give away"), gain: Verb("gets", "get"),
            sells: true, pack: Noun("bag", "bags"), pace: hourly),
        Theme(
            place: "in the bakery", verb: Verb("bakes", "bake"), thing: Noun("roll", "rolls"), quality: "sweet",
            container: Noun("box", "boxes"), loss: Verb("drops", "drop"), gain: Verb("gets", "get"), sells: true,
            pace: hourly, bundle: Bundle(noun: Noun("tray of a dozen rolls", "trays of a dozen rolls"), size: 12)),
        Theme(
            place: "on the farm", verb: Verb("gathers", "gather"), thing: Noun("egg", "eggs"), quality: "brown",
            container: Noun("bowl", "bowls"), loss: Verb("breaks", "break"), gain: Verb("finds", "find"), sells: true,
            pace: daily, bundle: Bundle(noun: Noun("carton of a dozen eggs", "cartons of a dozen eggs"), size: 12)),
        Theme(
            place: "at the beach", verb: Verb("collects", "collect"), thing: Noun("shell", "shells"), quality: "white",
            container: Noun("jar", "jars"), loss: Verb("loses", "lose"), gain: Verb("finds", "find"),
            pack: Noun("bucket", "buckets"), pace: hourly),
        Theme(
            place: "in the workshop", verb: Verb("makes", "make"), thing: Noun("candle", "candles"), quality: "blue",
            container: Noun("crate", "crates"), loss: Verb("uses up", "use up"), gain: Verb("gets", "get"),
            sells: true, pack: Noun("box", "boxes"), pace: daily),
        Theme(
            place: "at the market", verb: Verb("buys", "buy"), thing: Noun("tulip", "tulips"), quality: "yellow",
            container: Noun("vase", "vases"), loss: Verb("gives away", "give away"), gain: Verb("gets", "get"),
            bundle: Bundle(noun: Noun("bunch of ten tulips", "bunches of ten tulips"), size: 10)),
        Theme(
            place: "at home", verb: Verb("knits", "knit"), thing: Noun("sock", "socks"), quality: "striped",
            container: Noun("drawer", "drawers"), loss: Verb("gives away", "give away"), gain: Verb("finds", "find"),
            sells: true, pace: weekly, bundle: Bundle(noun: Noun("pair of socks", "pairs of socks"), size: 2)),
        Theme(
            place: "in the library", verb: Verb("reads", "read"), thing: Noun("page", "pages"), quality: "illustrated",
            pace: daily),
        Theme(
            place: "in the gym", verb: Verb("trains", "train"), thing: Noun("minute", "minutes"),
            pace: Pace(period: Noun("day", "days"), article: "a", name: "routine"),
            bundle: Bundle(noun: Noun("hour", "hours"), size: 60)),
        Theme(
            place: "at the office", verb: Verb("writes", "write"), thing: Noun("letter", "letters"), quality: "long",
            container: Noun("folder", "folders"), loss: Verb("sends off", "send off"), gain: Verb("gets", "get"),
            pace: daily),
        Theme(
            place: "at the fair", verb: Verb("wins", "win"), thing: Noun("ticket", "tickets"), quality: "green",
            container: Noun("envelope", "envelopes"), loss: Verb("uses up", "use up"), gain: Verb("gets", "get"),
            sells: true),
        Theme(
            place: "on a long journey", verb: Verb("travels", "travel"), thing: Noun("day", "days"), quality: "rainy",
            bundle: Bundle(noun: Noun("week", "weeks"), size: 7)),
    ]

    private static let hourly = Pace(period: Noun("hour", "hours"), article: "an", name: "pace")
    private static let daily = Pace(period: Noun("day", "days"), article: "a", name: "pace")
    private static let weekly = Pace(period: Noun("week", "weeks"), article: "a", name: "pace")
}
