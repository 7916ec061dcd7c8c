//! The Kotlin module that uniffi generates, mended: errors that read well, values that are printed without what is secret in them, and
//! memory that is given back at the end of a call, whatever is cancelled and whatever a string holds.

use anyhow::{Result, ensure};

use crate::mirrors::camel;
use crate::secrets::{COMPARED, SECRETIVE};

/// What errors say, and what they have to say instead. The numbers are how many errors there are of each shape.
const MESSAGES: [(&str, &str, usize); 3] = [
    ("get() = \"code=${ `code` }, detail=${ `detail` }, advice=${ `advice` }\"", "get() = \"$code: $detail\"", 12),
    (
        "get() = \"code=${ `code` }, detail=${ `detail` }, advice=${ `advice` }, answer=${ `answer` }\"",
        "get() = \"$code: $detail\"",
        1,
    ),
    ("get() = \"detail=${ `detail` }\"", "get() = detail", 3),
];

/// What would leave the memory of a call behind, and what does not. A job that is cancelled before its first step has to run all the same,
/// because its first step takes what it was given; a lone surrogate becomes U+FFFD, because an exception would come amid the arguments.
/// What an app throws is answered too where it is no exception but an error, as of a class that is missing.
/// Where Rust gave a call up meanwhile, it is answered without a buffer, which nobody would free.
const CARRIED_THROUGH: [(&str, &str, usize); 6] = [
    (
        "GlobalScope.launch coroutineBlock@ {",
        "GlobalScope.launch(start = kotlinx.coroutines.CoroutineStart.ATOMIC) coroutineBlock@ {",
        2,
    ),
    (
        "            onMalformedInput(CodingErrorAction.REPORT)\n",
        "            onMalformedInput(CodingErrorAction.REPLACE)
            replaceWith(\"\\uFFFD\".encodeToByteArray())
",
        1,
    ),
    ("catch(e: kotlin.Exception)", "catch(e: kotlin.Throwable)", 4),
    ("FfiConverterString.lower(e.toString())", "RustBuffer.ByValue()", 2),
    ("            if (e is E) {\n", "            if (e is E && coroutineContext[Job]?.isActive != false) {\n", 1),
    (
        "        handleSuccess(callResult)\n    }\n",
        "        if (coroutineContext[Job]?.isActive != false) {
            handleSuccess(callResult)
        } else {
            handleError(UniffiRustCallStatus.create(UNIFFI_CALL_UNEXPECTED_ERROR, RustBuffer.ByValue()))
        }
    }
",
        2,
    ),
];

/// A call reads its answer by the package's `offMain`: an app calls from the thread that draws.
const OFF_MAIN: [(&str, &str); 2] = [
    (
        "    try {
        do {
            val pollResult = suspendCancellableCoroutine<Byte>",
        "    try {
        return offMain {
        do {
            val pollResult = suspendCancellableCoroutine<Byte>",
    ),
    (
        "        return liftFunc(
            uniffiRustCallWithError(errorHandler, { status -> completeFunc(rustFuture, status) })
        )
",
        "        liftFunc(
            uniffiRustCallWithError(errorHandler, { status -> completeFunc(rustFuture, status) })
        )
        }
",
    ),
];

/// A value without fields, which prints its name.
const BARE: (&str, &str) = ("\n    object ", "\n    data object ");

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

/// The module with messages for people, and without secrets in what it prints.
pub(crate) fn legible(generated: &str) -> Result<String> {
    let mut module = generated.to_owned();
    for (old, new, expected) in MESSAGES.into_iter().chain(CARRIED_THROUGH) {
        let found = module.matches(old).count();
        ensure!(found == expected, "the Kotlin module has this {found} times, not {expected}; {FOLLOW}:\n{old}");
        module = module.replace(old, new);
    }
    for (old, new) in RELEASED.into_iter().chain(OFF_MAIN) {
        let found = module.matches(old).count();
        ensure!(found == 1, "the Kotlin module has this {found} times, not once; {FOLLOW}:\n{old}");
        module = module.replace(old, new);
    }
    ensure!(module.contains(BARE.0), "the Kotlin module has no value without fields; {FOLLOW}");
    module = module.replace(BARE.0, BARE.1);
    let compared = format!("\nsealed class {COMPARED} {{\n");
    ensure!(module.contains(&compared), "the Kotlin module has no {COMPARED}; {FOLLOW}");
    let silent = format!("{compared}    final override fun toString() = \"{COMPARED}.${{javaClass.simpleName}}\"\n");
    module = module.replace(&compared, &silent);
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
    let shown: Vec<String> = shown.iter().map(|field| camel(field)).collect();
    for field in &shown {
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
        let counted = MESSAGES.into_iter().chain(CARRIED_THROUGH);
        let mut calls: String = counted.map(|(old, _, count)| format!("{old}\n").repeat(count)).collect();
        calls.extend(RELEASED.into_iter().chain(OFF_MAIN).chain([BARE]).map(|(old, _)| old));
        calls.push_str("\nsealed class TextTest {\n}\n");
        let record = |(name, shown): &(&str, &[&str])| {
            let fields: String =
                shown.iter().map(|field| format!("    var `{}`: kotlin.String\n    , \n", camel(field))).collect();
            format!("\ndata class {name} (\n{fields}    var `secret`: kotlin.String\n    \n){{\n}}\n")
        };
        SECRETIVE.iter().map(record).fold(calls, |module, record| module + &record)
    }

    #[test]
    fn what_is_printed_of_a_record_is_not_its_secret() {
        let module = legible(&generated()).unwrap();
        assert!(module.contains("    override fun toString() = \"Session(userId=$userId, expiresAt=$expiresAt)\"\n"));
        assert!(module.contains("sealed class TextTest {\n    final override fun toString() = "));
        assert_eq!(module.matches("override fun toString()").count(), SECRETIVE.len() + 1);
        assert!(!module.contains("$secret"));
    }

    #[test]
    fn errors_say_what_they_are_and_what_happened() {
        let module = legible(&generated()).unwrap();
        assert_eq!(module.matches("get() = \"$code: $detail\"").count(), 13);
        assert!(!module.contains("detail=$"));
    }

    #[test]
    fn a_job_runs_although_it_was_cancelled_and_no_string_is_refused() {
        let module = legible(&generated()).unwrap();
        assert_eq!(module.matches("CoroutineStart.ATOMIC) coroutineBlock@ {").count(), 2);
        assert!(module.contains("replaceWith(\"\\uFFFD\".encodeToByteArray())\n"));
        assert!(!module.contains("CodingErrorAction.REPORT"));
    }

    #[test]
    fn a_module_that_is_generated_otherwise_is_refused() {
        let counted = MESSAGES.into_iter().chain(CARRIED_THROUGH).map(|(old, _, _)| old);
        let once = RELEASED.into_iter().chain(OFF_MAIN).chain([BARE, ("\nsealed class TextTest {\n", "")]);
        for old in counted.chain(once.map(|(old, _)| old)) {
            let error = legible(&generated().replacen(old, "", 1)).unwrap_err().to_string();
            assert!(error.contains("has to follow"), "{error}");
        }
        for (record, shown) in SECRETIVE {
            let renamed = generated().replace(&format!("data class {record} ("), "data class Other (");
            assert!(legible(&renamed).is_err(), "{record}");
            let field = format!("data class {record} (\n    var `{}`", camel(shown[0]));
            let other = generated().replace(&field, &format!("data class {record} (\n    var `other`"));
            assert!(legible(&other).is_err(), "{record}");
        }
    }
}
