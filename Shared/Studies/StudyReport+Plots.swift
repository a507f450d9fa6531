public import Foundation

extension StudyReport {
    /// The plots as Vega-Lite 5 specifications, by the name of their file.
    public var plots: [String: Data] {
        get throws {
            let measured = rows.map(Self.values)
            let laws = fits.flatMap { fit in
                rows.filter { $0.method == fit.method }.map { row -> [String: Any] in
                    ["method": fit.method, "problems": row.size, "error": 100 * fit.law.error(at: Double(row.size))]
                }
            }
            var plots = [
                "error-by-problems": plot(
                    "Test error against problems", x: "problems", "Problems", measured, lines: laws,
                    ticks: Set(rows.map(\.size)).sorted().map(Double.init), format: ",d")
            ]
            // What samples nothing, as supervised learning does, has no place on a logarithmic axis.
            let sampled = measured.filter { $0["sampled"] as? Double ?? 0 > 0 }
            if !sampled.isEmpty {
                plots["error-by-sampled-tokens"] = plot(
                    "Test error against tokens sampled", x: "sampled", "Tokens sampled for training", sampled,
                    lines: sampled, ticks: Self.ticks(of: sampled.compactMap { $0["sampled"] as? Double }), format: "~s"
                )
            }
            return try plots.mapValues {
                try JSONSerialization.data(
                    withJSONObject: $0, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
            }
        }
    }

    private static func values(_ row: Row) -> [String: Any] {
        // The axis is logarithmic: half a problem stands for none.
        let least = 50 / Double(max(1, row.results.first?.evaluation(on: "test")?.problemCount ?? 1))
        let interval = row.interval ?? row.error...row.error
        return [
            "method": row.method, "problems": row.size, "error": max(least, 100 * row.error),
            "lower": max(least, 100 * interval.lowerBound), "upper": max(least, 100 * interval.upperBound),
            "sampled": row.cost.sampledTokens ?? 0,
        ]
    }

    private func plot(
        _ title: String, x: String, _ label: String, _ points: [[String: Any]], lines: [[String: Any]], ticks: [Double],
        format: String
    ) -> [String: Any] {
        let errors = Self.ticks(of: points.flatMap { [$0["lower"], $0["upper"]] }.compactMap { $0 as? Double })
        let axis: [String: Any] = [
            "field": x, "type": "quantitative", "title": label, "scale": ["type": "log", "nice": false],
            "axis": ["values": ticks, "format": format],
        ]
        // In the order of the study, no colour twice among twenty, and each method's the same in all plots.
        var methods: [String] = []
        for row in rows where !methods.contains(row.method) { methods.append(row.method) }
        let shown = Set(points.compactMap { $0["method"] as? String })
        let colour: [String: Any] = [
            "field": "method", "type": "nominal", "title": "Method",
            "scale": ["domain": methods, "scheme": methods.count > 10 ? "category20" : "category10"],
            "legend": ["values": methods.filter(shown.contains)],
        ]
        func error(_ field: String) -> [String: Any] {
            [
                "field": field, "type": "quantitative", "title": "Test error, %",
                "scale": ["type": "log", "nice": false], "axis": ["values": errors, "format": "~g"],
            ]
        }
        return [
            "$schema": "https://vega.github.io/schema/vega-lite/v5.json", "title": title, "width": 520, "height": 360,
            "layer": [
                [
                    "data": ["values": lines], "mark": ["type": "line", "opacity": 0.7],
                    "encoding": ["x": axis, "y": error("error"), "color": colour],
                ],
                [
                    "data": ["values": points], "mark": ["type": "rule", "opacity": 0.5],
                    "encoding": ["x": axis, "y": error("lower"), "y2": ["field": "upper"], "color": colour],
                ],
                [
                    "data": ["values": points], "mark": ["type": "point", "filled": true, "size": 50],
                    "encoding": ["x": axis, "y": error("error"), "color": colour],
                ],
            ],
        ]
    }

    /// Where a logarithmic axis is labelled: at each 1, 2 and 5 of a power of ten; where few of these would lie, at round
    /// steps.
    static func ticks(of values: [Double]) -> [Double] {
        guard let least = values.min(), let greatest = values.max(), least > 0, greatest > least else { return values }
        func rounded(_ value: Double) -> Double { (value * 1e6).rounded() / 1e6 }
        if greatest / least >= 20 {
            return (Int(log10(least).rounded(.down))...Int(log10(greatest).rounded(.up)))
                .flatMap { power in [1, 2, 5].map { rounded($0 * pow(10, Double(power))) } }
                .filter { (least...greatest).contains($0) }
        }
        let width = (greatest - least) / 8
        let power = pow(10, log10(width).rounded(.down))
        let step = [1, 2, 5].map { $0 * power }.first { $0 >= width } ?? 10 * power
        return stride(from: (least / step).rounded(.up), through: greatest / step, by: 1).map { rounded($0 * step) }
    }

    /// One page of HTML with the plots, which are files beside it, and the tables.
    public func page(plots: [String]) -> String {
        func escaped(_ text: some StringProtocol) -> String {
            String(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        }
        var body: [String] = []
        var isInTable = false
        for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("| ---") { continue }
            if line.hasPrefix("|") {
                let tag = isInTable ? "td" : "th"
                if !isInTable { body.append("<table>") }
                isInTable = true
                let cells = line.dropFirst(2).dropLast(2).split(separator: " | ", omittingEmptySubsequences: false)
                body.append("<tr>" + cells.map { "<\(tag)>\(escaped($0))</\(tag)>" }.joined() + "</tr>")
                continue
            }
            if isInTable { body.append("</table>") }
            isInTable = false
            if line.hasPrefix("# ") {
                body.append("<h1>\(escaped(line.dropFirst(2)))</h1>")
                body += plots.sorted().map { "<img src=\"\($0).svg\" alt=\"\($0)\">" }
            } else if !line.isEmpty {
                body.append("<p>\(escaped(line.replacing("`", with: "")))</p>")
            }
        }
        return """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>\(escaped(name))</title>
            <style>
            body { font: 15px/1.5 sans-serif; margin: 2rem; } table { border-collapse: collapse; margin: 1rem 0; }
            td, th { border-bottom: 1px solid #ccc; padding: .2rem .6rem; text-align: left; }
            </style></head><body>
            \(body.joined(separator: "\n"))
            </body></html>

            """
    }
}
