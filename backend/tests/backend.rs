//! The embedded backend, started and stopped as tests and the demo do it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends there")]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use eventos_backend::{Backend, Endpoint, Options, Postgres, PostgresVersion, Rest, install_postgrest};

const USER: &str = "11111111-1111-4111-8111-111111111111";

#[test]
fn answers_as_the_caller_on_lite_and_on_postgrest_and_ends_when_dropped() {
    let mut servers = vec![Rest::Lite];
    servers.extend(install_postgrest(|_| ()).unwrap().map(Rest::Postgrest));
    for rest in servers {
        let backend = Backend::start(Options::throwaway().empty().rest(rest.clone())).unwrap();
        let endpoint = backend.endpoint().clone();
        assert_eq!(endpoint.is_lite(), rest == Rest::Lite, "{endpoint:?}");
        assert!(endpoint.is_embedded);

        let token = endpoint.user_token(USER, "sarah@example.com").unwrap();
        let (status, _) = get(&endpoint, "/rest/v1/nothing", &token);
        assert_eq!(status, 404, "a token that is accepted meets a table that is not there");
        let forged = Endpoint { jwt_secret: Some("another secret that is long enough".to_owned()), ..endpoint.clone() };
        let forged = forged.user_token(USER, "sarah@example.com").unwrap();
        let (status, body) = get(&endpoint, "/rest/v1/nothing", &forged);
        assert_eq!(status, 401, "{body}");

        drop(backend);
        assert!(TcpStream::connect(address(&endpoint)).is_err(), "it still listens");
    }
}

#[test]
fn a_failing_migration_fails_the_start_with_its_place_and_reason() {
    let folder = scratch("failing-migration");
    std::fs::write(folder.join("20250101000000_wrong.sql"), "create table public.a ();\ncreate table public.a ();\n")
        .unwrap();
    let error = Backend::start(Options::throwaway().seeds([]).migrations([folder])).unwrap_err();
    let said = format!("{error:#}");
    assert!(said.contains("20250101000000_wrong.sql"), "{said}");
    assert!(said.contains("relation \"a\" already exists (SQLSTATE 42P07)"), "{said}");
}

#[test]
fn progress_tells_each_step() {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&lines);
    let options = Options::throwaway().empty().progress(move |line| sink.lock().unwrap().push(line.to_owned()));
    let postgres = Postgres::start(options).unwrap();
    assert!(postgres.db_url().starts_with("postgresql://postgres:"));
    let told = lines.lock().unwrap().join("\n");
    assert!(told.contains("starting PostgreSQL 17"), "{told}");
}

#[test]
fn other_versions_of_postgresql_start_too() {
    let mut versions = vec![(PostgresVersion::V18, "18".to_owned())];
    for folder in Postgres::debian_folders() {
        let major = folder.iter().rev().nth(1).unwrap().to_str().unwrap().to_owned();
        versions.push((PostgresVersion::Folder(folder), major));
    }
    for (version, major) in versions {
        let postgres = Postgres::start(Options::throwaway().empty().postgres(version)).unwrap();
        assert_eq!(postgres.version().split('.').next(), Some(&*major));
    }
}

fn address(endpoint: &Endpoint) -> &str {
    endpoint.url.strip_prefix("http://").unwrap()
}

fn get(endpoint: &Endpoint, path: &str, token: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(address(endpoint)).unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: backend\r\nConnection: close\r\napikey: {}\r\nAuthorization: Bearer {token}\r\n\r\n",
        endpoint.anon_key
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
    (status, answer)
}

fn scratch(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}
