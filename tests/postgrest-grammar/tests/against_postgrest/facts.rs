//! What the server does with values and places that invite mistakes, one fact a line.

use postgrest_grammar::Request;

use crate::{ids_by_reader, ids_of, server_for};

/// How the server answers.
enum Server {
    /// With the rows of these ids.
    Finds(&'static [usize]),
    /// With this error code.
    Errs(&'static str),
    /// With a refusal, or as a later version that has learnt this.
    MayNotKnow,
}
use Server::{Errs, Finds, MayNotKnow};

/// A query on the table `sample`, and its answer.
const FACTS: &[(&str, Server)] = &[
    // The query string.
    ("t=eq.a;b", Finds(&[])), // `;` separates parameters: this is t=eq.a and a b without a value
    ("t=eq.a%3Bb", Finds(&[10])),
    ("t=eq.a+b", Finds(&[2])),
    ("t=eq.a%2Bb", Finds(&[3])),
    ("t=eq.a&b=c", Errs("PGRST100")),
    ("t=eq.a%26b=c", Finds(&[26])),
    ("t=eq.%zz", Finds(&[])),
    ("t=eq.abc&&id=gt.0", Finds(&[1])),
    ("t=eq.abc%00def", Finds(&[1])), // a value ends at its first NUL
    ("t=in.(abc%00def)", Finds(&[1])),
    ("=eq.1", Errs("PGRST100")),
    // Values at the top level are raw.
    ("t=eq.%22abc%22", Finds(&[4])),
    ("t=eq.", Finds(&[5])),
    ("t=eq.a)b", Finds(&[12])),
    ("t=eq.a,b", Finds(&[11])),
    ("t=eq.a.b", Finds(&[25])),
    ("t=eq.%20a", Finds(&[19])),
    ("t=eq.a%20", Finds(&[20])),
    ("t=eq.a%5Cb", Finds(&[14])),
    ("t=not.not.eq.abc", Errs("PGRST100")),
    ("t=neq(any).%7Babc%7D", Errs("PGRST100")),
    // Lists.
    ("t=in.()", Finds(&[])),
    ("t=in.(%22%22)", Finds(&[])), // a lone empty string is an empty list
    ("t=in.(abc,)", Finds(&[1, 5])),
    ("t=in.(%22%22,abc)", Finds(&[1, 5])),
    ("t=in.(%22a,b%22,%22a%5C%5Cb%22,%22a%5C%22b%22)", Finds(&[11, 14, 21])),
    ("t=in.(a%5Cb)", Finds(&[14])), // without quotes a backslash escapes nothing
    ("t=in.(a%22b)", Finds(&[21])),
    ("t=in.(%22abc%22x)", Finds(&[])),
    ("t=in.(%20a)", Finds(&[])), // a space after the parenthesis is lost
    ("t=in.(%22%20a%22)", Finds(&[19])),
    ("t=in.(abc,%20a)", Finds(&[1, 19])), // one after a comma is not
    ("t=in.(abc)junk", Finds(&[1])),      // what follows the list is ignored
    ("t=in.abc", Errs("PGRST100")),
    // Patterns.
    ("t=like.a*b", Finds(&[2, 3, 7, 8, 9, 10, 11, 12, 14, 15, 21, 25])),
    ("t=like.a%5C*b", Finds(&[8])), // an escaped star is an escaped percent sign
    ("t=like.a%5C%25b", Finds(&[8])),
    ("t=like.a%5C_b", Finds(&[9])),
    ("t=like.a%5C", Errs("22025")),
    ("t=like(any).%7B*%22c%22*,abc%7D", Errs("22P02")),
    ("t=like(any).%7Bab*,*x*%7D", Finds(&[1, 15])),
    ("t=like(all).%7Ba*,*bc%7D", Finds(&[1])),
    // Arrays of any and all.
    ("t=eq(any).%7Babc,%22a,b%22%7D", Finds(&[1, 11])),
    ("t=eq(any).%7B%20abc%20,NULL,%22null%22%7D", Finds(&[1, 16])),
    ("t=eq(any).%7Ba%5C,b%7D", Finds(&[11])),
    ("t=eq(any).%7B%7D", Finds(&[])),
    ("t=not.eq(any).%7B%7D&id=lt.3", Finds(&[1, 2])),
    ("t=eq(any).%7Ba,%7D", Errs("22P02")),
    ("t=eq(any).abc", Errs("22P02")),
    // is.
    ("t=is.null", Finds(&[6])),
    ("t=is.NULL", Finds(&[6])),
    ("t=is.nullish", Finds(&[6])), // what follows the word is ignored
    ("t=is.%22null%22", Errs("PGRST100")),
    ("t=is.not_null", MayNotKnow),
    ("t=not.is.null&id=lt.3", Finds(&[1, 2])),
    ("t=isdistinct.abc&id=in.(1,2,6)", Finds(&[2, 6])),
    // Trees.
    ("or=(t.eq.%22%22)", Finds(&[5])),
    ("or=(t.eq.)", Finds(&[5])),
    ("or=(t.eq.%22a,b%22,t.eq.%22a%5C%22b%22)", Finds(&[11, 21])),
    ("or=(t.eq.a%5Cb)", Finds(&[14])),
    ("or=(t.eq.%22a%5Cb%22)", Finds(&[])), // inside quotes a backslash is an escape
    ("or=(t.eq.%22a%5C%5Cb%22)", Finds(&[14])),
    ("or=(t.eq.%22%5C%22abc%5C%22%22)", Finds(&[4])),
    ("or=(t.eq.a.b)", Finds(&[25])),
    ("or=(t.eq.%7Ba,b%7D)", Finds(&[17])), // braces without braces inside hold a comma together
    ("or=(t.eq.a%20,t.eq.%20a)", Finds(&[19, 20])), // spaces around a bare value are part of it
    ("or=(%20t.eq.abc,%20id.eq.5)", Finds(&[1, 5])), // those before a name are not
    ("or=(t.eq.%22abc%22%20)", Finds(&[])), // a space after the closing quote makes the quotes part of the value
    ("or=(t.eq(any).%22%7Babc,%5C%22a,b%5C%22%7D%22)", Finds(&[1, 11])),
    ("or=(t.eq(any).%7Babc,axb%7D)", Finds(&[1, 15])),
    ("or=(t.in.(%22%22))", Finds(&[])),
    ("or=(t.in.(%22a,b%22,abc),t.is.null)", Finds(&[1, 6, 11])),
    ("or=(t.is.%22null%22)", Errs("PGRST100")),
    ("or=()", Errs("PGRST100")),
    ("and=()", Errs("PGRST100")),
    ("or=(t.eq.abc)junk", Finds(&[1])),
    ("not.or=(t.neq.abc,id.eq.0)", Finds(&[1])),
    ("and=(not.or(t.neq.abc,id.eq.0),not.and(id.eq.2))", Finds(&[1])),
    ("and=(t.not.eq.abc,id.lt.3)", Finds(&[2])),
    ("or=.eq.1", Errs("42703")),       // a column named or
    ("t=eq.abc&t=eq.axb", Finds(&[])), // both hold
    // Pages.
    ("limit=2&limit=3", Finds(&[1, 2, 3])), // the last one counts
    ("limit=abc&id=lt.3", Finds(&[1, 2])),  // one that is no number is ignored
    ("limit=abc&offset=1", Errs("PGRST103")),
    ("limit=-1", Errs("PGRST103")),
    ("limit=2&offset=1", Finds(&[2, 3])),
    // Keys and what follows them.
    ("%22t%22=eq.abc", Finds(&[1])),
    ("t)junk=eq.abc", Finds(&[1])),   // what follows the name is ignored
    ("order=eq.o", Errs("PGRST100")), // `order` is never a filter unless it is quoted
    ("select=id)junk&t=eq.abc", Finds(&[1])),
    ("select=&t=eq.abc", Finds(&[1])), // an empty selection selects all
    ("select=id&select=nonsense(&t=eq.abc", Finds(&[1])), // the first one counts
    ("select=id,part(id)%20&t=eq.abc", Errs("PGRST100")),
    ("select=id,part(id)%20,t&t=eq.abc", Finds(&[1])),
    ("select=id,part!innerx(id)&t=eq.abc", Errs("PGRST100")), // a hint must not begin with inner or left
    ("select=id,part!%22innerx%22(id)&t=eq.abc", Errs("PGRST200")),
    ("select=id,part(id)&parts.id=eq.1", Errs("PGRST108")),
    ("order=", Errs("PGRST100")),
    ("order=id.asc%20&t=eq.abc", Errs("PGRST100")),
    ("order=id.nullsfirst.desc", Errs("PGRST100")),
];

#[test]
fn the_reader_understands_what_the_server_answered() {
    for (query, server) in FACTS {
        let read = Request::read("GET", &format!("/sample?{query}"), &[]);
        match server {
            Finds(ids) => {
                let request = read.unwrap_or_else(|refusal| panic!("{query}: {refusal}"));
                assert_eq!(ids_by_reader(&request).as_deref(), Some(*ids), "{query}");
            }
            // These depend on the tables or, the last one, on PostgreSQL's patterns.
            Errs("42703" | "PGRST200" | "22025") => {}
            Errs(code) => assert!(read.is_err(), "{query}: the server answers {code}"),
            MayNotKnow => assert!(read.is_err(), "{query}: 12.2 does not know it"),
        }
    }
}

#[test]
fn the_server_still_answers_so() {
    let Some(postgrest) = server_for("the_server_still_answers_so") else {
        return;
    };
    for (query, expected) in FACTS {
        let answer = postgrest.get(&format!("/sample?{query}"));
        match expected {
            Finds(ids) => {
                assert_eq!(answer.status, 200, "{query}: {}", answer.body);
                assert_eq!(ids_of(&answer), *ids, "{query}");
            }
            Errs(code) => assert_eq!(answer.code(), *code, "{query}: {}", answer.body),
            MayNotKnow => assert!([200, 400].contains(&answer.status), "{query}"),
        }
    }
}

#[test]
fn calls_by_get_read_operators_in_their_arguments() {
    // What the server answers; each of these is meant to call echo with the text as its argument.
    const CALLS: [(&str, u16); 7] = [
        ("hello", 200),
        ("a.b", 200),
        ("notes", 200),
        ("not.here", 400),
        ("in.here", 400),
        ("is.here", 400),
        ("eq.hello", 404), // a filter on a function without arguments
    ];
    let postgrest = server_for("calls_by_get_read_operators_in_their_arguments");
    for (text, status) in CALLS {
        let call = format!("/rpc/echo?a={text}");
        let read = Request::read("GET", &call, &[]);
        match status {
            400 => assert!(read.is_err(), "{call}"),
            404 => assert_eq!(read.unwrap().filters.len(), 1, "{call}"),
            _ => assert_eq!(read.unwrap().arguments, [("a".into(), text.into())], "{call}"),
        }
        if let Some(postgrest) = &postgrest {
            assert_eq!(postgrest.get(&call).status, status, "{call}");
        }
    }
}

#[test]
fn a_path_leads_to_the_first_embed_called_so() {
    // The selection, a condition on one of its embeds, which one that is, and the row of id 1.
    const PATHS: [(&str, &str, &str, &str); 4] = [
        ("a:part(id),b:part(id)", "part.id=eq.1", "a", r#"{"a": [{"id": 1}], "b": [{"id": 1}, {"id": 2}]}"#),
        ("b:part(id),part(id)", "part.id=eq.1", "b", r#"{"b": [{"id": 1}], "part": [{"id": 1}, {"id": 2}]}"#),
        ("part(id),b:part(id)", "b.id=eq.1", "b", r#"{"part": [{"id": 1}, {"id": 2}], "b": [{"id": 1}]}"#),
        ("order:part(id,order)", "order.%22order%22=is.null", "order", r#"{"order": [{"id": 2, "order": null}]}"#),
    ];
    let postgrest = server_for("a_path_leads_to_the_first_embed_called_so");
    for (select, condition, embed, row) in PATHS {
        let path = format!("/sample?select={select}&{condition}&id=eq.1");
        let request = Request::read("GET", &path, &[]).unwrap();
        assert_eq!(request.filters[0].path, [embed], "{path}");
        if let Some(postgrest) = &postgrest {
            let row: serde_json::Value = serde_json::from_str(row).unwrap();
            assert_eq!(postgrest.get(&path).body[0], row, "{path}");
        }
    }
}
