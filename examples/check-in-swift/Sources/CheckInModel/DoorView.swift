#if canImport(SwiftUI)
import EventOS
import SwiftUI

/// The door as a screen: the last verdict, the live figures, and undo. A camera gives its codes to `door.scan`; its door ignores repeats
/// for `DoorModel.stillInView`.
public struct DoorView: View {
    let door: DoorModel
    @State private var code = ""
    @State private var notice: String?
    @FocusState private var isEntering: Bool

    public init(door: DoorModel) {
        self.door = door
    }

    public var body: some View {
        VStack(spacing: 24) {
            Text("\(door.figures.admitted) in, \(door.figures.expected) to come").monospacedDigit()
            if let problem = door.problem { Text(words(ofDoor: problem)) }
            if door.isAsking { Text("Asking…").font(.largeTitle) }
            if let verdict = door.verdict { VerdictView(verdict: verdict) }
            TextField("Code", text: $code)
                .autocorrectionDisabled()
                #if os(iOS)
                .textInputAutocapitalization(.never)
                .keyboardType(.asciiCapable)
                #endif
                .focused($isEntering)
                .onSubmit { scan() }
            Button("Undo") { Task { notice = await door.undo(because: "scanned by mistake") } }
            if let notice { Text(notice) }
        }
        .padding()
        .navigationTitle(door.title)
        .onAppear { isEntering = true }
        .task { await door.keepCounting() }
    }

    /// Its task outlives the page.
    private func scan() {
        let scanned = code.trimmingCharacters(in: .whitespaces)
        code = ""
        isEntering = true
        if scanned.isEmpty { return }
        Task { await door.scan(scanned) }
    }
}

/// A verdict as a light, and the words with it.
public struct VerdictView: View {
    let verdict: Verdict

    public init(verdict: Verdict) {
        self.verdict = verdict
    }

    public var body: some View {
        VStack {
            Text(verdict.word).font(.largeTitle.bold())
            if let holder = verdict.holder { Text(holder).font(.title) }
            if let sentence = verdict.sentence { Text(sentence) }
        }
        .frame(maxWidth: .infinity)
        .padding()
        .background(light)
    }

    private var light: Color {
        switch verdict.kind {
        case .admitted: .green
        case .refused, .notScanned: .red
        case .unknown: .orange
        }
    }
}
#endif
