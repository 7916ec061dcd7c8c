import EventOS
import Foundation

@main
struct Consumer {
    static func main() async throws {
        let environment = ProcessInfo.processInfo.environment
        let eventos = try Client(url: environment["EVENTOS_URL"] ?? "", key: environment["EVENTOS_ANON_KEY"] ?? "")
        let upcoming = try await eventos.events.where(.status(.is(.published))).order(by: .startAt).limit(10).cards()
        for event in upcoming {
            print("\(event.name), \(event.startAt), \(event.priceCents), \(event.stats?.ticketsAvailable ?? 0) left")
        }
        precondition(!upcoming.isEmpty, "the example data has events")
    }
}
