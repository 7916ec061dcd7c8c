import Foundation

/// The scenarios that every surface plays: `tests/scenarios`, or where EVENTOS_SCENARIOS says.
enum ScenarioFiles {
    struct Scenario {
        /// `folder/file: name`.
        let title: String
        let json: JSON
    }

    static let folder: URL = {
        if let named = ProcessInfo.processInfo.environment["EVENTOS_SCENARIOS"] {
            return URL(fileURLWithPath: named)
        }
        let here = URL(fileURLWithPath: #filePath)
        let workspace = (0..<7).reduce(here) { folder, _ in folder.deletingLastPathComponent() }
        return workspace.appendingPathComponent("tests/scenarios")
    }()

    static func callers() throws -> JSON {
        try JSON(Data(contentsOf: folder.appendingPathComponent("callers.json")))
    }

    /// The scenarios of a folder, file by file.
    static func scenarios(in name: String) throws -> [Scenario] {
        let files = try FileManager.default.contentsOfDirectory(at: folder.appendingPathComponent(name), includingPropertiesForKeys: nil)
        return try files.sorted { $0.path < $1.path }.flatMap { file in
            try JSON(Data(contentsOf: file))["scenarios"]!.list.map { scenario in
                let title = "\(name)/\(file.deletingPathExtension().lastPathComponent): \(scenario["name"]!.string!)"
                return Scenario(title: title, json: scenario)
            }
        }
    }
}
