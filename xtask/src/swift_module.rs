//! The Swift module that uniffi generates, mended: calls that can be given up, errors that read well, and dates that end no app.

use anyhow::{Result, ensure};

/// Where Rust's future is made in each asynchronous function.
const CALL: &str = "await uniffiRustCallAsync(";

/// What every call of it passes.
const FREED: &str = "            freeFunc: ffi_eventos_rust_future_free_";

/// The head and the body of the function that waits for a future of Rust's.
const PARAMETER: &str = "    freeFunc: (UInt64) -> (),\n";
const WAITED: &str = "    var pollResult: Int8;
    repeat {
        pollResult = await withUnsafeContinuation {
            pollFunc(
                rustFuture,
                { handle, pollResult in
                    uniffiFutureContinuationCallback(handle: handle, pollResult: pollResult)
                },
                uniffiContinuationHandleMap.insert(obj: $0)
            )
        }
    } while pollResult != UNIFFI_RUST_FUTURE_POLL_READY
";

const FATAL: &str = "            fatalError(\"Cancellation not supported yet\")\n";
const THROWN: &str = "            callStatus.errorBuf.deallocate()\n            throw CancellationError()\n";

/// Where a date is too far away to be passed on, and the date that goes instead: the core refuses it.
const OVERFLOW: &str = "        if delta.rounded(.down) > Double(Int64.max) {
            fatalError(\"Timestamp overflow, exceeds max bounds supported by Uniffi\")
        }
";
const REFUSED: &str = "        // NaN, and what is beyond every calendar, goes as a time that the core refuses.
        if !(delta < 1.0e15) {
            delta = 1.0e15
        }
";

/// How what an app lends is answered, and how it is where Rust gave the call up meanwhile: without a buffer, which nobody would free.
const ANSWERED: &str = "        } catch let error as E {
            handleError(CALL_ERROR, lowerError(error))
            return
        } catch {
            handleError(CALL_UNEXPECTED_ERROR, FfiConverterString.lower(String(describing: error)))
            return
        }
        handleSuccess(callResult)
";
const ANSWERED_OR_LEFT: &str = "        } catch let error as E where !Task.isCancelled {
            handleError(CALL_ERROR, lowerError(error))
            return
        } catch {
            handleError(CALL_UNEXPECTED_ERROR, RustBuffer.empty())
            return
        }
        if Task.isCancelled {
            handleError(CALL_UNEXPECTED_ERROR, RustBuffer.empty())
            return
        }
        handleSuccess(callResult)
";

/// How errors describe themselves, and how many types of them there are: `EventosError` and `PlatformError`.
const REFLECTED: &str = "        String(reflecting: self)\n";
const ERRORS: usize = 2;

/// The module in which cancelling a task gives up what Rust does for it, errors describe themselves by their detail, and any date can
/// be passed. uniffi's own would wait to the end, and could end the app.
pub(crate) fn cancellable(generated: &str) -> Result<String> {
    let calls = generated.matches(CALL).count();
    ensure!(calls > 0, "the Swift module has no asynchronous function: its generator writes `{CALL}` otherwise now");
    let mut module =
        replaced(generated, PARAMETER, &format!("    cancelFunc: @convention(c) (UInt64) -> (),\n{PARAMETER}"), 1)?;
    module = replaced(&module, WAITED, &given_up(), 1)?;
    module = replaced(&module, FATAL, THROWN, 1)?;
    module = replaced(&module, OVERFLOW, REFUSED, 1)?;
    module = replaced(&module, ANSWERED, ANSWERED_OR_LEFT, 1)?;
    module = replaced(&module, REFLECTED, "        detail\n", ERRORS)?;
    let found = module.matches(FREED).count();
    ensure!(found == calls, "of {calls} asynchronous calls in the Swift module {found} free their future as expected");
    Ok(module.lines().map(with_cancel).collect())
}

/// Waits, where a task that is cancelled gives the future up. It is freed after both: the handler has ended when
/// `withTaskCancellationHandler` returns.
fn given_up() -> String {
    let waited: String = WAITED.lines().map(|line| format!("    {line}\n")).collect();
    format!(
        "    await withTaskCancellationHandler {{\n{waited}    }} onCancel: {{\n        cancelFunc(rustFuture)\n    }}\n"
    )
}

/// A line, and before one that names how to free a future another that names how to cancel it.
fn with_cancel(line: &str) -> String {
    let Some(of) = line.strip_prefix(FREED) else {
        return format!("{line}\n");
    };
    format!("            cancelFunc: ffi_eventos_rust_future_cancel_{of}\n{line}\n")
}

fn replaced(module: &str, old: &str, new: &str, expected: usize) -> Result<String> {
    let found = module.matches(old).count();
    ensure!(
        found == expected,
        "the Swift module has this {found} times instead of {expected}; uniffi generates it otherwise now, and \
         xtask/src/swift_module.rs has to follow:\n{old}"
    );
    Ok(module.replace(old, new))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn generated() -> String {
        format!(
            "        case CALL_CANCELLED:\n{FATAL}{OVERFLOW}{ANSWERED}{REFLECTED}{REFLECTED}\
             fileprivate func uniffiRustCallAsync<F, T>(\n{PARAMETER}) {{\n{WAITED}}}\n\
             try  {CALL}\n{FREED}u64,\n)\ntry  {CALL}\n{FREED}rust_buffer,\n)\n"
        )
    }

    #[test]
    fn each_call_says_how_to_cancel_its_own_kind_of_future() {
        let module = cancellable(&generated()).unwrap();
        for of in ["u64", "rust_buffer"] {
            let call = format!("            cancelFunc: ffi_eventos_rust_future_cancel_{of},\n{FREED}{of},\n");
            assert_eq!(module.matches(&call).count(), 1, "{module}");
        }
        assert!(module.contains(&given_up()) && module.contains("cancelFunc: @convention(c)"));
    }

    #[test]
    fn nothing_ends_the_app_and_errors_tell_their_detail() {
        let module = cancellable(&generated()).unwrap();
        assert!(!module.contains("fatalError") && !module.contains("reflecting"));
        assert!(module.contains("throw CancellationError()"));
    }

    #[test]
    fn a_module_that_is_generated_otherwise_is_refused() {
        for missing in [PARAMETER, WAITED, FATAL, OVERFLOW, REFLECTED] {
            let error = cancellable(&generated().replacen(missing, "", 1)).unwrap_err().to_string();
            assert!(error.contains("instead of"), "{error}");
        }
        let error = cancellable(&generated().replacen(FREED, "", 1)).unwrap_err().to_string();
        assert!(error.contains("of 2 asynchronous calls"), "{error}");
        assert!(cancellable("").is_err());
    }
}
