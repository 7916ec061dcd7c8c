// swift-tools-version: 6.0

import PackageDescription

let package = Package(
    name: "check-in",
    platforms: [.iOS(.v17), .macOS(.v14)],
    products: [.executable(name: "check-in", targets: ["check-in"]), .library(name: "CheckInModel", targets: ["CheckInModel"])],
    // `cargo xtask swift` puts it there.
    dependencies: [.package(path: "../../target/swift/EventOS")],
    targets: [
        .target(name: "CheckInModel", dependencies: ["EventOS"]),
        .executableTarget(name: "check-in", dependencies: ["CheckInModel"]),
        .testTarget(name: "CheckInTests", dependencies: ["check-in", "CheckInModel", "EventOS"]),
    ]
)
