//! The tables as the Python package has them: a class for each over what every table can do.

use std::fmt::Write;

use eventos_core::schema::{TABLES, TableDef};

use crate::generate::Generated;
use crate::mirrors::WITH_CARDS;
use crate::typescript::is_written;

const PATH: &str = "eventos-ffi/bindings/python/eventos/tables.py";

pub(crate) fn files() -> Vec<Generated> {
    vec![Generated { path: PATH, contents: tables() }]
}

fn tables() -> String {
    let mut out = String::from(
        "\"\"\"Each table of the client. Written by `cargo xtask generate` from the tables of eventos-core. Do not edit.\"\"\"\n\n\
         from ._native import *  # noqa: F403\n\
         from .table import Cards, ReadTable, Table\n",
    );
    for table in TABLES {
        push_table(&mut out, table);
    }
    out.push_str("\n\nclass Eventos(Client):\n    \"\"\"A client of one server, with its tables.\"\"\"\n");
    for TableDef { name, row, .. } in TABLES {
        let class = format!("{row}Table");
        let _ = writeln!(
            out,
            "\n    @property\n    def {name}(self) -> {class}:\n        \"\"\"Rows of `{name}`.\"\"\"\n        return {class}(self)"
        );
    }
    out
}

fn push_table(out: &mut String, table: &TableDef) {
    let TableDef { name, row, .. } = table;
    let class = format!("{row}Table");
    let has_cards = WITH_CARDS.contains(row);
    let written = is_written(table);
    let mut bases = vec![match written {
        true => format!("Table[{row}, {row}Filter, {row}Column, New{row}, {row}Change]"),
        false => format!("ReadTable[{row}, {row}Filter, {row}Column]"),
    }];
    bases.extend(has_cards.then(|| format!("Cards[{row}Card]")));
    let _ = writeln!(
        out,
        "\n\nclass {class}({}):\n    _query = {row}Query\n    _order = {row}Order\n    _in_any = TableQuery.{}\n    \
         _read_rows = Client.read_{name}\n    _page = Client.page_of_{name}",
        bases.join(", "),
        name.to_uppercase()
    );
    if written {
        let _ = writeln!(
            out,
            "    _insert = Client.insert_{name}\n    _update = Client.update_{name}\n    _all_of = {row}Filter.ALL\n    \
             _deletion = Deletion.{}",
            name.to_uppercase()
        );
    }
    if has_cards {
        let _ = writeln!(out, "    _cards = Client.{}_cards", row.to_lowercase());
    }
}
