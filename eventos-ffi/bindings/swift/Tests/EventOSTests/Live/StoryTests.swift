import EventOS
import Foundation
import XCTest

/// The specification's story against a real server.
final class StoryTests: XCTestCase {
    func testTheStoriesPlayToTheirEnd() async throws {
        let server = try LiveServer()
        let stories = try ScenarioFiles.scenarios(in: "live")
        XCTAssertFalse(stories.isEmpty)
        for story in stories {
            var play = Story(server: server, fresh: story.json["fresh"]?.list.compactMap(\.string) ?? [])
            var wrong = try await play.wrong(in: story.json["steps"]!.list)
            for step in story.json["cleanup"]?.list ?? [] {
                wrong += try await play.wrong(in: [step])
            }
            XCTAssertEqual(wrong, [], story.title)
        }
    }
}

/// A story as it is played: step by step, each held against its pattern.
private struct Story {
    let server: LiveServer
    var kept: [String: JSON]

    init(server: LiveServer, fresh: [String]) {
        self.server = server
        kept = Dictionary(uniqueKeysWithValues: fresh.map { ($0, .string(UUID().uuidString.lowercased())) })
    }

    /// What is wrong with the first step that goes wrong.
    mutating func wrong(in steps: [JSON]) async throws -> [String] {
        for step in steps {
            let wrong = try await wrong(with: step)
            if !wrong.isEmpty { return wrong.map { "\(step["name"]!): \($0)" } }
        }
        return []
    }

    private mutating func wrong(with step: JSON) async throws -> [String] {
        let observed: JSON
        do {
            let server = server
            observed = try await made(step["call"]!.string!, filled(step["input"] ?? .object([]))) {
                try await server.client(of: step["as"]?.string ?? "visitor")
            }
        } catch let error as EventosError {
            guard let expected = step["error"] else { return ["expected a result, got \(error)"] }
            return filled(expected).unmet(by: told(error, as: expected))
        }
        guard let expected = step["result"] else { return ["expected an error, got \(observed)"] }
        for (name, pointer) in step["save"]?.fields ?? [] {
            kept[name] = pointer.string!.split(separator: "/").reduce(observed) { $0?[String($1)] }
        }
        return filled(expected).unmet(by: observed)
    }

    /// A value with `${name}` in its texts replaced: by the value itself where nothing else stands there.
    private func filled(_ value: JSON) -> JSON {
        switch value {
        case .list(let elements): return .list(elements.map(filled))
        case .object(let fields): return .object(fields.map { ($0.name, filled($0.value)) })
        case .string(let text):
            for (name, value) in kept where text == "${\(name)}" { return value }
            return .string(kept.reduce(text) { $0.replacingOccurrences(of: "${\($1.key)}", with: $1.value.string ?? "\($1.value)") })
        default: return value
        }
    }
}

extension JSON {
    private static let types = [
        "uuid": #"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"#,
        "time": #"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"#,
        "slug": #"^[a-z0-9]+(-[a-z0-9]+)*$"#,
        "order_number": #"^ORD-\d{8}-[0-9A-F]{8}$"#,
        "ticket_number": #"^TKT-[0-9A-F]{8}-\d{6}$"#,
        "qr_payload": #"^[A-Za-z0-9+/]{43}=$"#,
    ]

    /// Where a value does not meet this pattern.
    fileprivate func unmet(by value: JSON?, at place: String = "it") -> [String] {
        let differs = ["\(place) is \(value.map(\.description) ?? "missing"), not \(self)"]
        guard let value else { return differs }
        switch self {
        case .list(let patterns):
            guard case .list(let elements) = value, elements.count == patterns.count else { return differs }
            return zip(patterns, elements).enumerated().flatMap { $1.0.unmet(by: $1.1, at: "\(place)[\($0)]") }
        case .object(let fields):
            if let matcher = fields.first(where: { $0.name.hasPrefix("$") }) {
                return Self.meets(matcher.name, matcher.value, value) ? [] : differs
            }
            return fields.flatMap { $0.value.unmet(by: value[$0.name], at: "\(place).\($0.name)") }
        default:
            return self == value ? [] : differs
        }
    }

    private static func meets(_ matcher: String, _ expected: JSON, _ value: JSON) -> Bool {
        switch matcher {
        case "$type": value.string?.range(of: types[expected.string!]!, options: .regularExpression) != nil
        case "$at_least": value.int.map { $0 >= expected.int! } ?? false
        case "$starts_with": value.string?.hasPrefix(expected.string!) ?? false
        case "$contains": expected.list.allSatisfy { wanted in value.list.contains { wanted.unmet(by: $0).isEmpty } }
        default: false
        }
    }
}
