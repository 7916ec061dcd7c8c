//! The Python module that uniffi generates, mended: values are printed without what is secret in them.

use anyhow::{Context, Result};

use crate::secrets::SECRETIVE;

/// The module without secrets in what it prints.
pub(crate) fn discreet(generated: &str) -> Result<String> {
    SECRETIVE.iter().try_fold(generated.to_owned(), |module, (record, shown)| {
        let head = format!("class {record}:\n");
        let start = module.find(&head).with_context(|| format!("the Python module has no record {record}"))?;
        let (before, class) = module.split_at(start);
        let (fields, after) = printed(class).with_context(|| {
            format!("{record} is printed otherwise by uniffi now, and xtask/src/python_module.rs has to follow")
        })?;
        let texts: Vec<String> = shown.iter().map(|field| format!("{field}={{self.{field}!r}}")).collect();
        let text = format!("        return f\"{record}({})\"\n\n    __repr__ = __str__\n", texts.join(", "));
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

    #[test]
    fn what_is_printed_of_a_record_is_not_its_secret() {
        let module = discreet(&generated()).unwrap();
        assert!(module.contains("return f\"Session(user_id={self.user_id!r}, expires_at={self.expires_at!r})\"\n"));
        assert_eq!(module.matches("__repr__ = __str__").count(), SECRETIVE.len());
        assert!(!module.contains("self.secret"));
    }

    #[test]
    fn a_module_that_is_generated_otherwise_is_refused() {
        assert!(discreet(&generated().replace("class Session:", "class Other:")).is_err());
        assert!(discreet(&generated().replace("__str__", "__text__")).is_err());
    }
}
