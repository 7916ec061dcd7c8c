//! The Python module that uniffi generates, mended: what Rust asks an app for is answered, come what may; values are compared, hashed
//! and printed as Python's own are, and without what is secret in them.

use anyhow::{Context, Result, ensure};

use crate::secrets::SECRETIVE;

/// The module as the package takes it.
pub(crate) fn mended(generated: &str) -> Result<String> {
    discreet(&comparable(&answering(generated)?)?)
}

/// How an app's coroutine is called, up to what holds those that run.
const CALLING: (&str, &str) =
    ("def _uniffi_trait_interface_call_async(", "_UNIFFI_FOREIGN_FUTURE_HANDLE_MAP = _UniffiHandleMap()");

/// What stands there instead. uniffi's own answers nothing for a task that is cancelled, so that Rust would wait for ever and keep the
/// call's memory, and it prints an app's exception with its words. What is not expected is told without a buffer: where Rust gave the
/// call up meanwhile, nobody would free it.
const ANSWERING: &str = r#"def _uniffi_trait_interface_call_async_with_error(make_call, uniffi_out_dropped_callback, handle_success, handle_error, error_type, lower_error):
    unanswered = threading.Lock()

    def unexpected():
        handle_error(_UniffiRustCallStatus.CALL_UNEXPECTED_ERROR, _UniffiRustBuffer.default())

    def answer(handle):
        if unanswered.acquire(blocking=False):
            try:
                handle()
            except Exception:
                unexpected()

    async def call():
        try:
            result = await make_call()
        except error_type as error:
            answer(lambda: handle_error(_UniffiRustCallStatus.CALL_ERROR, lower_error(error)))
        except Exception:
            answer(unexpected)
        else:
            answer(lambda: handle_success(result))

    eventloop = _uniffi_get_event_loop()
    task = asyncio.run_coroutine_threadsafe(call(), eventloop)
    handle = _UNIFFI_FOREIGN_FUTURE_HANDLE_MAP.insert((eventloop, task))
    uniffi_out_dropped_callback[0] = _UniffiForeignFutureDroppedCallbackStruct(handle, _uniffi_future_dropped_callback)
    task.add_done_callback(lambda _: answer(unexpected))

"#;

/// How a call that Rust gave up is cancelled: from any thread, and not where its loop is gone.
const CANCELLED: (&str, &str) = (
    "    eventloop.call_soon(_uniffi_cancel_task, task)\n",
    "    if not eventloop.is_closed():\n        eventloop.call_soon_threadsafe(_uniffi_cancel_task, task)\n",
);

/// The module in which a coroutine of the app's answers once, also when it is cancelled.
fn answering(generated: &str) -> Result<String> {
    let follow = "apps' coroutines are called otherwise by uniffi now, and xtask/src/python_module.rs has to follow";
    let (start, end) = (CALLING.0, CALLING.1);
    let (before, calling) = generated.split_once(start).context(follow)?;
    let (calling, after) = calling.split_once(end).context(follow)?;
    let is_known = calling.contains("def _uniffi_trait_interface_call_async_with_error(")
        && calling.matches("asyncio.run_coroutine_threadsafe(make_call_and_call_callback(), eventloop)").count() == 2;
    // Each method of what an app lends can fail: no one is called by the first of uniffi's two.
    ensure!(is_known && !after.contains(start.trim_start_matches("def ")) && after.contains(CANCELLED.0), follow);
    Ok(format!("{before}{ANSWERING}{end}{}", after.replacen(CANCELLED.0, CANCELLED.1, 1)))
}

/// How a record is compared, with the start of what comes before and after in it, and how a value of an enumeration is.
const COMPARED: (&str, &str, &str) = (
    "\n@dataclass\nclass ",
    "\n    def __eq__(self, other):\n        if self.",
    "\n        def __eq__(self, other):\n            if not isinstance(other, ",
);

/// The start of ids and amounts, which are keys of dictionaries as well.
const WRAPPED: &str = "\n    def __init__(self, *, value:";

/// The module whose records are equal to none of another type and print their fields, and whose ids, amounts and enumerations have a
/// hash. uniffi's own raise an error beside `None`, hold one table's id for another's, and print `Event()`.
fn comparable(module: &str) -> Result<String> {
    let (record, compared, variant) = COMPARED;
    let follow = "values are compared otherwise by uniffi now, and xtask/src/python_module.rs has to follow";
    ensure!(module.matches(record).count() == module.matches(compared).count(), follow);
    ensure!(module.contains(WRAPPED) && module.contains(variant), follow);
    let typed = "\n    __repr__ = __str__\n\n    def __eq__(self, other):\n        if type(other) is not type(self):\n            return NotImplemented\n        if self.";
    let hashed =
        format!("\n    def __hash__(self):\n        return hash((type(self).__name__, self.value))\n{WRAPPED}");
    let hashed_variant =
        format!("\n        def __hash__(self):\n            return hash(type(self).__name__)\n{variant}");
    Ok(module.replace(compared, typed).replace(WRAPPED, &hashed).replace(variant, &hashed_variant))
}

/// The module without secrets in what it prints.
fn discreet(module: &str) -> Result<String> {
    SECRETIVE.iter().try_fold(module.to_owned(), |module, (record, shown)| {
        let head = format!("class {record}:\n");
        let start = module.find(&head).with_context(|| format!("the Python module has no record {record}"))?;
        let (before, class) = module.split_at(start);
        let (fields, after) = printed(class).with_context(|| {
            format!("{record} is printed otherwise by uniffi now, and xtask/src/python_module.rs has to follow")
        })?;
        let texts: Vec<String> = shown.iter().map(|field| format!("{field}={{self.{field}!r}}")).collect();
        let text = format!("        return f\"{record}({})\"\n", texts.join(", "));
        Ok(format!("{before}{fields}{text}{after}"))
    })
}

/// A class up to what its `__str__` returns, and what follows that.
fn printed(class: &str) -> Option<(&str, &str)> {
    let head = "    def __str__(self):\n";
    let returned = class.find(head)? + head.len();
    let next = class.find("\nclass ").unwrap_or(class.len());
    let end = returned + class[returned..].find('\n')? + 1;
    (returned < next && class[returned..].starts_with("        return "))
        .then(|| class.split_at(returned))
        .map(|(fields, _)| (fields, &class[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn generated() -> String {
        let record = |(name, _): &(&str, &[&str])| {
            format!(
                "\nclass {name}:\n    def __str__(self):\n        return \"{name}(secret={{}})\".format(self.secret)\n    def __eq__(self, other):\n        pass\n"
            )
        };
        SECRETIVE.iter().map(record).collect()
    }

    /// As uniffi has them, both by one pattern.
    fn calling() -> String {
        let function = |name: &str| {
            format!(
                "def {name}(make_call):\n    task = asyncio.run_coroutine_threadsafe(make_call_and_call_callback(), eventloop)\n"
            )
        };
        let [first, second] =
            ["_uniffi_trait_interface_call_async", "_uniffi_trait_interface_call_async_with_error"].map(function);
        format!("import asyncio\n{first}{second}{}\n{}", CALLING.1, CANCELLED.0)
    }

    #[test]
    fn what_rust_asks_an_app_for_is_answered_whatever_becomes_of_it() {
        let module = answering(&calling()).unwrap();
        assert!(module.starts_with("import asyncio\ndef _uniffi_trait_interface_call_async_with_error(make_call, "));
        assert!(!module.contains("make_call_and_call_callback") && module.ends_with(CANCELLED.1));
    }

    #[test]
    fn calls_that_are_made_otherwise_are_refused() {
        let no_longer = ["_with_error", "asyncio.run", "eventloop.call_soon(", CALLING.0, CALLING.1];
        for gone in no_longer {
            assert!(answering(&calling().replacen(gone, "", 1)).is_err(), "{gone}");
        }
        assert!(answering(&format!("{}    _uniffi_trait_interface_call_async(", calling())).is_err());
    }

    #[test]
    fn what_is_printed_of_a_record_is_not_its_secret() {
        let module = discreet(&generated()).unwrap();
        assert!(module.contains("return f\"Session(user_id={self.user_id!r}, expires_at={self.expires_at!r})\"\n"));
        assert!(!module.contains("self.secret"));
    }

    #[test]
    fn values_are_compared_within_their_type_hashed_and_printed() {
        let id = format!("{}EventId:{WRAPPED}str):\n        pass\n{}value:\n", COMPARED.0, COMPARED.1);
        let label = format!("    class DRAFT:\n{}EventStatus):\n", COMPARED.2);
        let module = comparable(&format!("{id}{label}")).unwrap();
        assert_eq!(module.matches("return NotImplemented").count(), 1);
        assert_eq!(module.matches("__repr__ = __str__").count(), 1);
        assert_eq!(module.matches("def __hash__(self):").count(), 2);
        for gone in [COMPARED.0, COMPARED.1, COMPARED.2, WRAPPED] {
            assert!(comparable(&format!("{id}{label}").replace(gone, "")).is_err(), "{gone}");
        }
    }

    #[test]
    fn a_module_that_is_generated_otherwise_is_refused() {
        assert!(discreet(&generated().replace("class Session:", "class Other:")).is_err());
        assert!(discreet(&generated().replace("__str__", "__text__")).is_err());
    }
}
