#if canImport(SwiftUI)
import EventOS
import SwiftUI

/// The door as a screen: the last verdict, the live figures, and undo. A camera gives its codes to `door.scan`.
public struct DoorView: View {
    let door: DoorModel
    @State private var code = ""
    @State private var notice: String?

    public init(door: DoorModel) {
        self.door = door
    }

    public var body: some View {
        VStack(spacing: 24) {
            Text("\(door.figures.admitted) in, \(door.figures.expected) to come").monospacedDigit()
            if let verdict = door.verdict {
                VerdictView(verdict: verdict)
            }
            TextField("Code", text: $code).onSubmit {
                let scanned = code
                code = ""
                Task { await door.scan(scanned) }
            }
            Button("Undo") { Task { notice = await door.undo(because: "scanned by mistake") } }
            if let notice { Text(notice) }
        }
        .padding()
        .navigationTitle(door.title)
        .task { await door.keepCounting() }
    }
}

struct VerdictView: View {
    let verdict: Verdict

    var body: some View {
        VStack {
            Text(verdict.word).font(.largeTitle.bold())
            if let holder = verdict.holder { Text(holder).font(.title) }
            if let sentence = verdict.sentence { Text(sentence) }
        }
        .frame(maxWidth: .infinity)
        .padding()
        .background(verdict.kind == .admitted ? .green : verdict.kind == .refused ? .red : .orange)
    }
}
#endif
