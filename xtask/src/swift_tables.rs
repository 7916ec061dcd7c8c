//! The tables as Swift has them, on top of the module that uniffi generates: how each row is read and written, and its values
//! in JSON.

use std::fmt::Write;

use eventos_core::schema::{TABLES, TableDef};

use crate::generate::Generated;
use crate::mirrors::{WITH_CARDS, camel, pascal};
use crate::secrets::{COMPARED, SECRETIVE};
use crate::shell::Shell;
use crate::typescript::{enumerations, ids, is_written};

const PATH: &str = "eventos-ffi/bindings/swift/Sources/EventOS/Generated/Tables.swift";
const SECRETS: &str = "eventos-ffi/bindings/swift/Sources/EventOS/Generated/Secrets.swift";

/// The package's `Tables.swift`.
pub(crate) fn files(_: &mut Shell) -> anyhow::Result<Vec<Generated>> {
    Ok(vec![Generated { path: PATH, contents: tables() }, Generated { path: SECRETS, contents: secrets() }])
}

/// How values with a secret print and dump themselves.
fn secrets() -> String {
    let mut out = String::from(
        "// Values that hold a key, a token or a ticket's code are printed and dumped without it. Written by `cargo xtask generate`.\n\
         // Do not edit.\n",
    );
    for (record, shown) in SECRETIVE.into_iter().chain([(COMPARED, [].as_slice())]) {
        let fields: Vec<String> = shown.iter().map(|field| camel(field)).collect();
        let children: Vec<String> = fields.iter().map(|field| format!("\"{field}\": {field} as Any")).collect();
        let _ = writeln!(
            out,
            "\nextension {record}: CustomStringConvertible, CustomReflectable {{\n    \
             public var customMirror: Mirror {{ Mirror(self, children: [{}]) }}\n    \
             public var description: String {{ described(by: customMirror) }}\n}}",
            if children.is_empty() { ":".to_owned() } else { children.join(", ") }
        );
    }
    out.push_str(
        "\nprivate func described(by mirror: Mirror) -> String {\n    \
         let fields = mirror.children.map { \"\\($0.label ?? \"\"): \\(String(reflecting: $0.value))\" }\n    \
         return \"\\(mirror.subjectType)(\\(fields.joined(separator: \", \")))\"\n}\n",
    );
    out
}

fn tables() -> String {
    let mut out = String::from(
        "// The tables. Written by `cargo xtask generate` from the tables of eventos-core. Do not edit.\n\n\
         extension Client {\n",
    );
    for TableDef { name, row, .. } in TABLES {
        let _ = writeln!(out, "    public var {}: TableHandle<{row}> {{ TableHandle(client: self) }}", camel(name));
    }
    out.push_str("}\n");
    for table in TABLES {
        push_reading(&mut out, table);
        if is_written(table) {
            push_writing(&mut out, table);
        }
        if WITH_CARDS.contains(&table.row) {
            push_cards(&mut out, table);
        }
    }
    out.push('\n');
    for name in ids() {
        let _ = writeln!(out, "extension {name}: RowId {{}}");
    }
    for (name, labels) in enumerations() {
        push_labels(&mut out, name, labels);
    }
    out
}

fn push_reading(out: &mut String, table: &TableDef) {
    let TableDef { name, row, .. } = table;
    let (read, page, case) = (format!("read{}", pascal(name)), format!("pageOf{}", pascal(name)), camel(name));
    let _ = write!(
        out,
        "
extension {row}Query: QueryRecord {{}}
extension {row}Order: OrderRecord {{}}

extension {row}: TableRow {{
    public static func read(_ query: {row}Query, _ expected: Expected, from client: Client) async throws -> [{row}] {{
        try await client.{read}(query: query, expected: expected)
    }}

    public static func page(of query: {row}Query, size: UInt64, after cursor: String?, from client: Client) async throws -> Page<{row}> {{
        let page = try await client.{page}(query: query, size: size, cursor: cursor)
        return Page(rows: page.rows, cursor: page.cursor)
    }}

    public static func table(_ query: {row}Query) -> TableQuery {{ .{case}(query) }}
}}
"
    );
    if table.column("id").is_some() {
        let _ = writeln!(out, "\nextension {row}: Identifiable {{}}");
    }
}

fn push_writing(out: &mut String, table: &TableDef) {
    let TableDef { name, row, .. } = table;
    let (table, case) = (pascal(name), camel(name));
    let _ = write!(
        out,
        "
extension {row}: WritableRow {{
    public static func insert(_ rows: [New{row}], to client: Client) async throws -> [{row}] {{
        try await client.insert{table}(rows: rows)
    }}

    public static func update(_ changes: [{row}Change], where filter: {row}Filter, in client: Client) async throws -> [{row}] {{
        try await client.update{table}(changes: changes, filter: filter)
    }}

    public static func deletion(where filter: {row}Filter) -> Deletion {{ .{case}(filter) }}
}}
"
    );
}

fn push_cards(out: &mut String, table: &TableDef) {
    let row = table.row;
    let cards = camel(&format!("{}_cards", row.to_lowercase()));
    let _ = write!(
        out,
        "
extension {row}: CardRow {{
    public static func readCards(_ query: {row}Query, _ expected: Expected, from client: Client) async throws -> [{row}Card] {{
        try await client.{cards}(query: query, expected: expected)
    }}
}}

extension {row}Card: Identifiable {{}}
"
    );
}

fn push_labels(out: &mut String, name: &str, labels: &[&str]) {
    let _ = write!(
        out,
        "\nextension {name}: LabelledValue {{\n    public init(label: String) {{\n        switch label {{\n"
    );
    for label in labels {
        let _ = writeln!(out, "        case \"{label}\": self = .{}", camel(label));
    }
    out.push_str(
        "        default: self = .unrecognized(label: label)\n        }\n    }\n\n    \
         public var label: String {\n        switch self {\n",
    );
    for label in labels {
        let _ = writeln!(out, "        case .{}: \"{label}\"", camel(label));
    }
    out.push_str("        case .unrecognized(let label): label\n        }\n    }\n}\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_there_and_only_those_that_are_written_are_writable() {
        let swift = tables();
        for TableDef { name, row, .. } in TABLES {
            assert!(swift.contains(&format!("public var {}: TableHandle<{row}>", camel(name))), "{name}");
        }
        assert!(swift.contains("extension Event: WritableRow"));
        assert!(!swift.contains("extension EventStats: WritableRow"));
    }
}
