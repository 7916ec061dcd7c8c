// Values that hold a key, a token or a ticket's code are printed and dumped without it. Written by `cargo xtask generate`.
// Do not edit.

extension DoorSettings: CustomStringConvertible, CustomReflectable {
    public var customMirror: Mirror { Mirror(self, children: ["device": device as Any, "gate": gate as Any, "window": window as Any]) }
    public var description: String { described(by: customMirror) }
}

extension HttpHeader: CustomStringConvertible, CustomReflectable {
    public var customMirror: Mirror { Mirror(self, children: ["name": name as Any]) }
    public var description: String { described(by: customMirror) }
}

extension HttpRequest: CustomStringConvertible, CustomReflectable {
    public var customMirror: Mirror { Mirror(self, children: ["method": method as Any]) }
    public var description: String { described(by: customMirror) }
}

extension HttpResponse: CustomStringConvertible, CustomReflectable {
    public var customMirror: Mirror { Mirror(self, children: ["status": status as Any]) }
    public var description: String { described(by: customMirror) }
}

extension IssuedDoorToken: CustomStringConvertible, CustomReflectable {
    public var customMirror: Mirror { Mirror(self, children: ["details": details as Any]) }
    public var description: String { described(by: customMirror) }
}

extension IssuedTicket: CustomStringConvertible, CustomReflectable {
    public var customMirror: Mirror { Mirror(self, children: ["id": id as Any, "ticketNumber": ticketNumber as Any, "status": status as Any]) }
    public var description: String { described(by: customMirror) }
}

extension NewTicket: CustomStringConvertible, CustomReflectable {
    public var customMirror: Mirror { Mirror(self, children: ["id": id as Any, "ticketNumber": ticketNumber as Any, "status": status as Any]) }
    public var description: String { described(by: customMirror) }
}

extension Session: CustomStringConvertible, CustomReflectable {
    public var customMirror: Mirror { Mirror(self, children: ["userId": userId as Any, "expiresAt": expiresAt as Any]) }
    public var description: String { described(by: customMirror) }
}

extension Settings: CustomStringConvertible, CustomReflectable {
    public var customMirror: Mirror { Mirror(self, children: ["url": url as Any]) }
    public var description: String { described(by: customMirror) }
}

extension Ticket: CustomStringConvertible, CustomReflectable {
    public var customMirror: Mirror { Mirror(self, children: ["id": id as Any, "ticketNumber": ticketNumber as Any, "status": status as Any]) }
    public var description: String { described(by: customMirror) }
}

extension TicketCard: CustomStringConvertible, CustomReflectable {
    public var customMirror: Mirror { Mirror(self, children: ["id": id as Any, "ticketNumber": ticketNumber as Any, "status": status as Any]) }
    public var description: String { described(by: customMirror) }
}

extension TextTest: CustomStringConvertible, CustomReflectable {
    public var customMirror: Mirror { Mirror(self, children: [:]) }
    public var description: String { described(by: customMirror) }
}

private func described(by mirror: Mirror) -> String {
    let fields = mirror.children.map { "\($0.label ?? ""): \(String(reflecting: $0.value))" }
    return "\(mirror.subjectType)(\(fields.joined(separator: ", ")))"
}
