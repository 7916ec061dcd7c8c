//! The Kotlin module that uniffi generates, mended: errors that read well, values that are printed without what is secret in them, and
//! memory that is given back at the end of a call.

use anyhow::{Result, ensure};

/// What errors say, and what they have to say instead. The numbers are how many errors there are of each shape.
const MESSAGES: [(&str, &str, usize); 3] = [
    ("get() = \"code=${ `code` }, detail=${ `detail` }\"", "get() = \"$code: $detail\"", 12),
    ("get() = \"code=${ `code` }, detail=${ `detail` }, answer=${ `answer` }\"", "get() = \"$code: $detail\"", 1),
    ("get() = \"detail=${ `detail` }\"", "get() = detail", 3),
];

/// What passes the boundary once and is done with. JNA would give it back when a thread of its own finds it dropped: calls from several
/// threads can outrun that one, and the more waits there, the slower is each call.
const RELEASED: [(&str, &str); 2] = [
    (
        "    var status = UniffiRustCallStatus()
    val return_value = callback(status)
    uniffiCheckCallStatus(errorHandler, status)
    return return_value
",
        "    var status = UniffiRustCallStatus()
    try {
        val return_value = callback(status)
        uniffiCheckCallStatus(errorHandler, status)
        return return_value
    } finally {
        release(status)
    }
",
    ),
    (
        "            UniffiLib.ffi_eventos_rustbuffer_free(buf, status)
        }
",
        "            UniffiLib.ffi_eventos_rustbuffer_free(buf, status)
        }.also { release(buf) }
",
    ),
];

/// The records that hold a key, a token or a ticket's code, with what is shown of them.
const SECRETIVE: [(&str, &[&str]); 11] = [
    ("DoorSettings", &["device", "gate", "window"]),
    ("HttpHeader", &["name"]),
    ("HttpRequest", &["method"]),
    ("HttpResponse", &["status"]),
    ("IssuedDoorToken", &["details"]),
    ("IssuedTicket", &["id", "ticketNumber", "status"]),
    ("NewTicket", &["id", "ticketNumber", "status"]),
    ("Session", &["userId", "expiresAt"]),
    ("Settings", &["url"]),
    ("Ticket", &["id", "ticketNumber", "status"]),
    ("TicketCard", &["id", "ticketNumber", "status"]),
];

/// The module with messages for people, and without secrets in what it prints.
pub(crate) fn legible(generated: &str) -> Result<String> {
    let mut module = generated.to_owned();
    for (old, new, expected) in MESSAGES {
        let found = module.matches(old).count();
        ensure!(found == expected, "{found} errors of the Kotlin module say this, not {expected}; {FOLLOW}:\n{old}");
        module = module.replace(old, new);
    }
    for (old, new) in RELEASED {
        ensure!(module.matches(old).count() == 1, "the Kotlin module does not release its memory so; {FOLLOW}:\n{old}");
        module = module.replace(old, new);
    }
    SECRETIVE.iter().try_fold(module, |module, (record, shown)| discreet(&module, record, shown))
}

const FOLLOW: &str = "uniffi generates it otherwise now, and xtask/src/kotlin_module.rs has to follow";

/// The module in which a record prints only some of its fields.
fn discreet(module: &str, record: &str, shown: &[&str]) -> Result<String> {
    let head = format!("\ndata class {record} (");
    let body = "\n){\n";
    let parts = module.split_once(&head).and_then(|(before, rest)| Some((before, rest.split_once(body)?)));
    let Some((before, (fields, after))) = parts else {
        anyhow::bail!("the Kotlin module has no record {record}; {FOLLOW}");
    };
    for field in shown {
        ensure!(fields.contains(&format!(" `{field}`: ")), "{record} has no field {field} to show");
    }
    let shown: Vec<String> = shown.iter().map(|field| format!("{field}=${field}")).collect();
    let to_string = format!("    override fun toString() = \"{record}({})\"\n", shown.join(", "));
    Ok(format!("{before}{head}{fields}{body}{to_string}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn generated() -> String {
        let mut calls: String = MESSAGES.iter().map(|(old, _, count)| format!("{old}\n").repeat(*count)).collect();
        calls.extend(RELEASED.iter().map(|(old, _)| *old));
        let record = |(name, shown): &(&str, &[&str])| {
            let fields: String =
                shown.iter().map(|field| format!("    var `{field}`: kotlin.String\n    , \n")).collect();
            format!("\ndata class {name} (\n{fields}    var `secret`: kotlin.String\n    \n){{\n}}\n")
        };
        SECRETIVE.iter().map(record).fold(calls, |module, record| module + &record)
    }

    #[test]
    fn what_is_printed_of_a_record_is_not_its_secret() {
        let module = legible(&generated()).unwrap();
        assert!(module.contains("    override fun toString() = \"Session(userId=$userId, expiresAt=$expiresAt)\"\n"));
        assert_eq!(module.matches("override fun toString()").count(), SECRETIVE.len());
        assert!(!module.contains("$secret"));
    }

    #[test]
    fn errors_say_what_they_are_and_what_happened() {
        let module = legible(&generated()).unwrap();
        assert_eq!(module.matches("get() = \"$code: $detail\"").count(), 13);
        assert!(!module.contains("detail=$"));
    }

    #[test]
    fn a_module_that_is_generated_otherwise_is_refused() {
        let mended = MESSAGES.iter().map(|(old, _, _)| *old).chain(RELEASED.iter().map(|(old, _)| *old));
        for old in mended {
            let error = legible(&generated().replacen(old, "", 1)).unwrap_err().to_string();
            assert!(error.contains("has to follow"), "{error}");
        }
        for (record, shown) in SECRETIVE {
            let renamed = generated().replace(&format!("data class {record} ("), "data class Other (");
            assert!(legible(&renamed).is_err(), "{record}");
            let field = format!("data class {record} (\n    var `{}`", shown[0]);
            let other = generated().replace(&field, &format!("data class {record} (\n    var `other`"));
            assert!(legible(&other).is_err(), "{record}");
        }
    }
}
