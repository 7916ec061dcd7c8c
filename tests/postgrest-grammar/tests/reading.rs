//! What a request is read as, part by part, and what must hold for any text.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

use postgrest_grammar::{
    Aggregate, Column, Condition, Count, Direction, Handling, Join, JsonKey, JsonStep, MediaType, Method, Nulls,
    Operator, OrderTerm, Page, Request, Returning, Search, SelectItem, Target, Test,
};
use proptest::prelude::*;

#[test]
fn a_selection() {
    let request = read(
        "/events?select=*,title:name,price_cents::text,total:price_cents.sum()::int,\
         venue:venues!venue_id!inner(name,w:amenities->\"wi fi\"->>-1::text),...profiles!organizer_id(full_name)",
    );
    let expected = [
        SelectItem::all_columns(),
        SelectItem::Field { alias: Some("title".into()), column: Column::named("name"), cast: None, aggregate: None },
        SelectItem::Field {
            alias: None,
            column: Column::named("price_cents"),
            cast: Some("text".into()),
            aggregate: None,
        },
        SelectItem::Field {
            alias: Some("total".into()),
            column: Column::named("price_cents"),
            cast: None,
            aggregate: Some(Aggregate { function: "sum".into(), cast: Some("int".into()) }),
        },
        SelectItem::Embed {
            alias: Some("venue".into()),
            relation: "venues".into(),
            hint: Some("venue_id".into()),
            join: Some(Join::Inner),
            select: vec![
                SelectItem::column(Column::named("name")),
                SelectItem::Field {
                    alias: Some("w".into()),
                    column: Column {
                        name: "amenities".into(),
                        json: vec![
                            JsonStep { as_text: false, to: JsonKey::Member("wi fi".into()) },
                            JsonStep { as_text: true, to: JsonKey::Element("-1".into()) },
                        ],
                    },
                    cast: Some("text".into()),
                    aggregate: None,
                },
            ],
        },
        SelectItem::Spread {
            relation: "profiles".into(),
            hint: Some("organizer_id".into()),
            join: None,
            select: vec![SelectItem::column(Column::named("full_name"))],
        },
    ];
    assert_eq!(request.select, expected);
    assert_eq!(request.ignored, [""; 0]);
}

#[test]
fn filters_and_their_embeds() {
    let request = read(
        "/events?select=id,venue:venues(id)&venues.city=eq.Toronto&venue.not.or=(capacity.gt.5)\
         &amenities->>wifi=wfts(english).fast%20one",
    );
    let [city, capacity, wifi] = request.filters.as_slice() else { panic!("{:?}", request.filters) };
    assert_eq!(city.path, ["venue"], "an embed is called by its alias");
    let compare = |name: &str, operator, value: &str| Condition::Column {
        column: Column::named(name),
        negated: false,
        test: Test::Compare(operator, value.into()),
    };
    assert_eq!(city.condition, compare("city", Operator::Eq, "Toronto"));
    let of = vec![compare("capacity", Operator::Gt, "5")];
    assert_eq!(capacity.path, ["venue"]);
    assert_eq!(capacity.condition, Condition::Any { negated: true, of });
    let Condition::Column { column, test, .. } = &wifi.condition else { panic!("{wifi:?}") };
    assert_eq!(column.json.len(), 1);
    let search = Test::Search(Search::Web, Some("english".into()), "fast one".into());
    assert_eq!(*test, search);
    assert!(reason("GET", "/events?select=id&venue.city=eq.x", &[]).contains("not embedded"));
}

#[test]
fn orders_and_pages() {
    let request = read(
        "/events?select=id,tickets(id)&order=venue(name).desc.nullslast,amenities->0&tickets.order=id\
         &limit=5&offset=10&tickets.limit=2",
    );
    let expected = [
        OrderTerm {
            relation: Some("venue".into()),
            column: Column::named("name"),
            direction: Some(Direction::Descending),
            nulls: Some(Nulls::Last),
        },
        OrderTerm {
            relation: None,
            column: Column {
                name: "amenities".into(),
                json: vec![JsonStep { as_text: false, to: JsonKey::Element("0".into()) }],
            },
            direction: None,
            nulls: None,
        },
    ];
    let (root, tickets) = (Vec::new(), vec!["tickets".to_owned()]);
    assert_eq!(request.orders[&root], expected);
    assert_eq!(request.orders[&tickets][0].column.name, "id");
    let page = |offset, limit| Page { offset, limit: Some(limit) };
    assert_eq!(request.pages[&root], page(10, 5));
    assert_eq!(request.pages[&tickets], page(0, 2));

    let ranged = |range| read_with("GET", "/events?limit=2", &[("Range", range)]).pages[&root];
    assert_eq!(ranged("1-5"), page(1, 1));
    assert_eq!(ranged("0-"), page(0, 2));
    let alone = read_with("GET", "/events", &[("Range", "2-4")]);
    assert_eq!(alone.pages[&root], page(2, 3));
    assert_eq!(ranged("items=1-5"), page(0, 2), "that is not how the server wants it");
    assert!(reason("GET", "/events?limit=2", &[("Range", "2-2")]).contains("in common"));
    assert!(reason("GET", "/events", &[("Range", "5-4")]).contains("before the first"));
    let head = read_with("HEAD", "/events", &[("Range", "0-4")]);
    assert!(head.pages.is_empty() && !head.ignored.is_empty());
    for method in ["PUT", "PATCH", "DELETE"] {
        assert!(reason(method, "/events?id=eq.1&limit=1", &[]).contains("takes no notice"));
    }
    for path in ["/events?offset=-1", "/events?limit=-1", "/events?limit=99999999999999999999"] {
        assert!(reason("GET", path, &[]).contains("too large"), "{path}");
    }
}

#[test]
fn headers() {
    let request = read_with(
        "PATCH",
        "/tickets?id=eq.1",
        &[
            ("Prefer", "return=representation, count=exact,handling=strict"),
            ("prefer", "max-affected=1, count=planned"),
            ("Content-Profile", "private"),
            ("Accept-Profile", "public"),
            ("Accept", "text/csv;q=0.5, application/vnd.pgrst.object+json; nulls=stripped"),
        ],
    );
    assert_eq!(request.preferences.returning, Some(Returning::Representation));
    assert_eq!(request.preferences.count, Some(Count::Exact), "the first one counts");
    assert_eq!(request.preferences.handling, Some(Handling::Strict));
    assert_eq!(request.preferences.max_affected, Some(1));
    assert_eq!(request.schema.as_deref(), Some("private"));
    let object = MediaType::Object { without_nulls: true };
    assert_eq!(request.accept, [object, MediaType::Csv]);
    assert_eq!(request.ignored.len(), 2, "{:?}", request.ignored);

    let plan = "application/vnd.pgrst.plan+json; for=\"text/csv\"; options=analyze|nonsense;";
    let expected =
        MediaType::Plan { of: Box::new(MediaType::Csv), as_json: true, options: ["analyze".to_owned()].into() };
    assert_eq!(read_with("GET", "/events", &[("Accept", plan)]).accept, [expected]);

    let lax = read_with("DELETE", "/events?id=eq.1", &[("Prefer", "max-affected=1,wish=granted")]);
    assert_eq!(lax.preferences.max_affected, None);
    assert_eq!(lax.ignored.len(), 2, "{:?}", lax.ignored);
    let strict = [("Prefer", "handling=strict,wish=granted")];
    assert!(reason("GET", "/events", &strict).contains("wish=granted"));
}

#[test]
fn targets_and_methods() {
    assert_eq!(read("/").target, Target::Root);
    assert_eq!(read("/my%20events+").target, Target::Table("my events+".into()));
    let call = read_with("POST", "/rpc/check_in?select=id", &[]);
    assert_eq!(call.target, Target::Function("check_in".into()));
    assert_eq!(call.method, Method::Post);
    for (method, path) in [
        ("GET", "events"),
        ("GET", "/events/1"),
        ("GET", "/rpc/"),
        ("PATCH", "/rpc/check_in"),
        ("POST", "/"),
        ("BREW", "/events"),
    ] {
        assert!(Request::read(method, path, &[]).is_err(), "{method} {path}");
    }
    let write = read_with("POST", "/events?columns=%22id%22,name&on_conflict=slug,id", &[]);
    assert_eq!(write.columns, Some(["id".to_owned(), "name".to_owned()].into()));
    assert_eq!(write.on_conflict, Some(vec!["slug".to_owned(), "id".to_owned()]));
}

#[test]
fn what_is_ignored_is_told() {
    for path in [
        "/events?select=id)junk",
        "/events?select=id&select=name",
        "/events?id=in.(1)junk",
        "/events?or=(id.eq.1)junk",
        "/events?id)junk=eq.1",
        "/events?id=is.nullish",
        "/events?id",
        "/events?limit=many",
        "/events?order=id&order=name",
        "/events?select=id::text::int",
        "/events?columns=id)junk",
        "/events?name=eq.a;b",
    ] {
        assert_eq!(read(path).ignored.len(), 1, "{path}");
    }
}

#[test]
fn equal_meanings_have_one_canonical_form() {
    const SAME: &[(&str, &str)] = &[
        ("", "select=*"),
        ("select=", "select=*"),
        ("a=eq.1&b=eq.2", "b=eq.2&a=eq.1"),
        ("a=eq.1&b=eq.2", "and=(b.eq.2,a.eq.1)"),
        ("a=eq.1&a=eq.1", "a=eq.1"),
        ("a=eq.1", "or=(a.eq.%221%22)"),
        ("a=eq.1", "not.or=(a.not.eq.1)"),
        ("or=(a.eq.1,or(b.eq.2,c.is.null))", "or=(c.is.NULL,b.eq.2,a.eq.1)"),
        ("a=in.(x,y)", "a=in.(%22y%22,%22x%22,x)"),
        ("a=eq(any).%7Bx,y%7D", "a=eq(any).%7B%22y%22,x%7D"),
        ("a=like.x*", "a=like.x%25"),
        ("order=a", "order=a.asc.nullslast"),
        ("order=a.desc", "order=a.desc.nullsfirst"),
        ("offset=0", ""),
        ("select=id:id,kid:kid!left(id)", "select=id,kid(id)"),
        ("select=id,k:kid(id)&kid.id=eq.1", "select=id,k:kid(id)&k.id=eq.1"),
        ("on_conflict=a,b", "on_conflict=b,a"),
    ];
    const DIFFERENT: &[(&str, &str)] = &[
        ("select=a,b", "select=b,a"),
        ("a=eq.1", "a=neq.1"),
        ("a=eq.1", "a=not.eq.1"),
        ("a=eq.1", "b=eq.1"),
        ("a=eq.1&b=eq.2", "or=(a.eq.1,b.eq.2)"),
        ("not.or=(a.eq.1,b.eq.2)", "or=(a.eq.1,b.eq.2)"),
        ("or=(a.eq.1,and(b.eq.2,c.eq.3))", "or=(a.eq.1,b.eq.2,c.eq.3)"),
        ("or=(a.eq.1,not.or(b.eq.2,c.eq.3))", "or=(a.eq.1,b.eq.2,c.eq.3)"),
        ("a=eq(any).%7Bx%7D", "a=eq(all).%7Bx%7D"),
        ("a=is.null", "a=eq.null"),
        ("order=a,b", "order=b,a"),
        ("order=a", "order=a.nullsfirst"),
        ("limit=1", "limit=1&offset=1"),
        ("select=id,kid!inner(id)", "select=id,kid(id)"),
        ("select=id,kid(id)&kid.id=eq.1", "select=id,kid(id)&id=eq.1"),
        ("select=a->b", "select=a->>b"),
        ("select=a:b", "select=b"),
        ("a=fts.x", "a=fts(english).x"),
    ];
    let canonical = |query: &str| read(&format!("/events?{query}")).canonical();
    for (left, right) in SAME {
        assert_eq!(canonical(left), canonical(right), "{left} and {right}");
    }
    for (left, right) in DIFFERENT {
        assert_ne!(canonical(left), canonical(right), "{left} and {right}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(
        method in "(GET|POST|PATCH|\\PC{0,5})",
        path in "(/rpc)?/[a-z]{0,3}(\\?\\PC{0,60})?",
        prefer in "\\PC{0,20}",
        accept in "\\PC{0,20}",
        range in "[0-9-]{0,25}",
    ) {
        let headers = [("Prefer", prefer.as_str()), ("Accept", &accept), ("Range", &range)];
        if let Ok(request) = Request::read(&method, &path, &headers) {
            let once = request.canonical();
            prop_assert_eq!(once.clone().canonical(), once);
        }
    }

    #[test]
    fn no_run_of_syntax_makes_it_panic(
        key in "(select|order|or|and|t|not\\.or|kid\\.limit|columns)",
        value in r#"[tq.,()\[\]{}"\\*:!>\- 0-9]{0,40}"#,
    ) {
        let path = format!("/events?{key}={value}");
        if let Ok(request) = Request::read("GET", &path, &[]) {
            let once = request.canonical();
            prop_assert_eq!(once.clone().canonical(), once);
        }
    }
}

#[test]
fn nesting_without_end_is_refused() {
    for (open, close) in [("or(", ")"), ("and(or(", "))")] {
        let tree = format!("{}t.eq.1{}", open.repeat(100_000), close.repeat(100_000));
        assert!(Request::read("GET", &format!("/events?or=({tree})"), &[]).is_err());
    }
    let select = format!("{}id{}", "a(".repeat(100_000), ")".repeat(100_000));
    assert!(reason("GET", &format!("/events?select={select}"), &[]).contains("less nesting"));
}

fn read(path: &str) -> Request {
    read_with("GET", path, &[])
}

fn read_with(method: &str, path: &str, headers: &[(&str, &str)]) -> Request {
    Request::read(method, path, headers).unwrap_or_else(|refusal| panic!("{path}: {refusal}"))
}

fn reason(method: &str, path: &str, headers: &[(&str, &str)]) -> String {
    Request::read(method, path, headers).unwrap_err().to_string()
}
