// swift-tools-version: 6.0

import PackageDescription

// What crossing into the core costs. `cargo xtask bench swift` builds it for speed and runs it.
let package = Package(
    name: "benchmark",
    platforms: [.macOS(.v13)],
    dependencies: [.package(path: "../EventOS")],
    targets: [.executableTarget(name: "benchmark", dependencies: ["EventOS"])]
)
