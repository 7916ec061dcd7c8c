//! Which records hold a key, a token or a ticket's code, and what is printed of them in every language.

/// The records, with the fields that are shown.
pub(crate) const SECRETIVE: [(&str, &[&str]); 11] = [
    ("DoorSettings", &["device", "gate", "window"]),
    ("HttpHeader", &["name"]),
    ("HttpRequest", &["method"]),
    ("HttpResponse", &["status"]),
    ("IssuedDoorToken", &["details"]),
    ("IssuedTicket", &["id", "ticket_number", "status"]),
    ("NewTicket", &["id", "ticket_number", "status"]),
    ("Session", &["user_id", "expires_at"]),
    ("Settings", &["url"]),
    ("Ticket", &["id", "ticket_number", "status"]),
    ("TicketCard", &["id", "ticket_number", "status"]),
];

/// Texts that columns are compared with, a ticket's code among them: nothing of one is printed.
pub(crate) const COMPARED: &str = "TextTest";

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::workspace;

    /// The names of fields that are secrets.
    const SECRETS: [&str; 6] = ["key", "token", "access_token", "qr_code", "headers", "body"];

    #[test]
    fn no_record_with_a_secret_is_missing() {
        let folder = workspace::root().join("eventos-ffi/src");
        let mut found = Vec::new();
        for entry in fs::read_dir(folder).unwrap() {
            let source = fs::read_to_string(entry.unwrap().path()).unwrap();
            let mut record = String::new();
            for line in source.lines() {
                let line = line.trim();
                let head = line.strip_prefix("pub struct ").unwrap_or(line).strip_suffix(" {");
                if let Some(name) = head.filter(|name| name.chars().all(char::is_alphanumeric)) {
                    record = name.to_owned();
                }
                let field = line.strip_prefix("pub ").unwrap_or(line).split(':').next().unwrap_or_default();
                if line.ends_with(',') && SECRETS.contains(&field) && !found.contains(&record) {
                    found.push(record.clone());
                }
            }
        }
        found.retain(|record| !record.is_empty() && SECRETIVE.iter().all(|(listed, _)| listed != record));
        assert_eq!(found, [""; 0], "records that hold a secret and are printed whole");
    }
}
