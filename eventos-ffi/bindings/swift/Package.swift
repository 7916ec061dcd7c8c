// swift-tools-version: 6.0

import PackageDescription

// The core, compiled: a library of the system on Linux, an XCFramework for Apple's platforms.
#if os(Linux)
let core: Target = .systemLibrary(name: "EventOSFFI")
#else
let core: Target = .binaryTarget(name: "EventOSFFI", path: "EventOSFFI.xcframework")
#endif

let package = Package(
    name: "EventOS",
    platforms: [.iOS(.v15), .macOS(.v12)],
    products: [.library(name: "EventOS", targets: ["EventOS"])],
    targets: [
        core,
        .target(name: "EventOS", dependencies: ["EventOSFFI"]),
        .testTarget(name: "EventOSTests", dependencies: ["EventOS"]),
    ],
    // What uniffi generates for protocols with asynchronous functions does not compile in Swift 6's mode.
    swiftLanguageModes: [.v5]
)
