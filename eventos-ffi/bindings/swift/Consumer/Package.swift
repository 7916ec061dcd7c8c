// swift-tools-version: 6.0

import PackageDescription

// A project that depends on the package as an app does, in Swift 6's mode.
let package = Package(
    name: "consumer",
    platforms: [.macOS(.v12)],
    dependencies: [.package(path: "../EventOS")],
    targets: [.executableTarget(name: "consumer", dependencies: ["EventOS"])]
)
