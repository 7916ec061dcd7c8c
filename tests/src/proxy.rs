//! A proxy that treats requests badly on command, and remembers them.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A proxy before one server. Dropping it closes its port.
///
/// Each request meets the next fault that was [planned](Proxy::plan); once there are none left, requests pass.
pub struct Proxy {
    url: String,
    state: Arc<Mutex<State>>,
    listening: JoinHandle<()>,
}

/// What becomes of one request.
#[derive(Clone, Debug)]
pub enum Fault {
    /// Nothing bad: the server answers.
    Pass,
    /// The server does what was asked, and its answer arrives this much later.
    Delay(Duration),
    /// The connection closes, and the server never hears of the request.
    Close,
    /// Nobody answers, and the server never hears of the request.
    Silence,
    /// The server does what was asked, and its answer ends after this many bytes, the head's included.
    Cut(usize),
    /// These bytes answer, and the server never hears of the request.
    Answer(Vec<u8>),
    /// These bytes answer, and the connection closes after them.
    AnswerAndClose(Vec<u8>),
    /// These bytes answer one at a time, with this pause before each.
    Drip(Vec<u8>, Duration),
    /// These bytes answer, and the next request on this connection finds it closing: nobody reads it.
    AnswerOnce(Vec<u8>),
}

/// A request as it reached the proxy.
#[derive(Clone, Debug)]
pub struct Received {
    /// Such as `GET`.
    pub method: String,
    /// The path and the query.
    pub target: String,
    /// The headers as they were written, a line each.
    pub headers: String,
    /// The body.
    pub body: String,
}

#[derive(Default)]
struct State {
    plan: VecDeque<Fault>,
    received: Vec<Received>,
    abandoned: usize,
}

impl Proxy {
    /// A proxy before the server at `server`, such as `http://127.0.0.1:54321`.
    ///
    /// # Errors
    ///
    /// When no port is free.
    pub async fn before(server: &str) -> Result<Proxy> {
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
        let server = Server { url: server.to_owned(), http };
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        let listening = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let connection = Connection { client, server: server.clone(), state: Arc::clone(&shared) };
                tokio::spawn(connection.serve());
            }
        });
        Ok(Proxy { url, state, listening })
    }

    /// A proxy before nothing: only for faults that the server never hears of.
    ///
    /// # Errors
    ///
    /// When no port is free.
    pub async fn alone() -> Result<Proxy> {
        Proxy::before("http://127.0.0.1:9").await
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What the next requests meet, in this order, after those planned before.
    pub fn plan(&self, faults: impl IntoIterator<Item = Fault>) {
        lock(&self.state).plan.extend(faults);
    }

    /// The requests so far; forgets them, and what is left of the plan.
    pub fn take_received(&self) -> Vec<Received> {
        let mut state = lock(&self.state);
        state.plan.clear();
        std::mem::take(&mut state.received)
    }

    /// How many requests came so far.
    pub fn count(&self) -> usize {
        lock(&self.state).received.len()
    }

    /// How many clients went away while they had no answer or half of one.
    pub fn abandoned(&self) -> usize {
        lock(&self.state).abandoned
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

/// An address of this machine where nothing listens.
///
/// # Errors
///
/// When no port is free.
pub async fn refusing() -> Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    Ok(format!("http://{}", listener.local_addr()?))
}

/// The bytes of a whole answer. `headers` are lines that end in `\r\n`; the length is added.
pub fn answer(status: u16, headers: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status} As Planned\r\n{headers}content-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// The server behind the proxy.
#[derive(Clone)]
struct Server {
    url: String,
    http: reqwest::Client,
}

/// One client's connection.
struct Connection {
    client: TcpStream,
    server: Server,
    state: Arc<Mutex<State>>,
}

impl Connection {
    async fn serve(mut self) {
        // A connection that breaks is what this proxy is for, so errors end it and say nothing.
        while let Ok(Some(request)) = read_request(&mut self.client).await {
            let fault = {
                let mut state = lock(&self.state);
                state.received.push(request.clone());
                state.plan.pop_front().unwrap_or(Fault::Pass)
            };
            if !matches!(self.treat(fault, request).await, Ok(After::KeepOpen)) {
                return;
            }
        }
    }

    async fn treat(&mut self, fault: Fault, request: Received) -> Result<After> {
        match fault {
            Fault::Pass => self.pass(request, usize::MAX).await,
            Fault::Delay(time) => {
                let answer = ask(&self.server, request).await?;
                if self.client_waits(time).await {
                    self.client.write_all(&answer).await?;
                }
                Ok(After::Close)
            }
            Fault::Cut(length) => self.pass(request, length).await,
            Fault::Close => Ok(After::Close),
            Fault::Silence => {
                self.client_waits(Duration::from_secs(60)).await;
                Ok(After::Close)
            }
            Fault::Answer(answer) => {
                self.client.write_all(&answer).await?;
                Ok(After::KeepOpen)
            }
            Fault::AnswerAndClose(answer) => {
                self.client.write_all(&answer).await?;
                Ok(After::Close)
            }
            Fault::Drip(answer, pause) => {
                for byte in answer {
                    if !self.client_waits(pause).await {
                        return Ok(After::Close);
                    }
                    self.client.write_all(&[byte]).await?;
                }
                Ok(After::KeepOpen)
            }
            Fault::AnswerOnce(answer) => {
                self.client.write_all(&answer).await?;
                self.client.readable().await?;
                Ok(After::Close)
            }
        }
    }

    /// Has the server answer, and hands on so many bytes of it.
    async fn pass(&mut self, request: Received, length: usize) -> Result<After> {
        let answer = ask(&self.server, request).await?;
        self.client.write_all(answer.get(..length).unwrap_or(&answer)).await?;
        Ok(After::Close)
    }

    /// Whether the client still waits after this time.
    async fn client_waits(&mut self, time: Duration) -> bool {
        let mut byte = [0];
        let is_gone = tokio::time::timeout(time, self.client.read(&mut byte)).await.is_ok();
        if is_gone {
            lock(&self.state).abandoned += 1;
        }
        !is_gone
    }
}

enum After {
    KeepOpen,
    Close,
}

/// The next request; `None` where the client closed the connection.
async fn read_request(client: &mut TcpStream) -> Result<Option<Received>> {
    let mut bytes = Vec::new();
    let head_length = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
        if client.read_buf(&mut bytes).await? == 0 {
            return Ok(None);
        }
    };
    let head = String::from_utf8(bytes.get(..head_length).unwrap_or_default().to_vec())?;
    let (first, headers) = head.split_once("\r\n").context("a request without headers")?;
    let [method, target, _version] = first.split(' ').collect::<Vec<_>>()[..] else { bail!("not HTTP: {first}") };
    let body_length = header(headers, "content-length").map_or(Ok(0), str::parse)?;
    while bytes.len() < head_length + body_length {
        if client.read_buf(&mut bytes).await? == 0 {
            return Ok(None);
        }
    }
    let body = bytes.get(head_length..).unwrap_or_default().to_vec();
    Ok(Some(Received {
        method: method.to_owned(),
        target: target.to_owned(),
        headers: headers.trim_end().to_owned(),
        body: String::from_utf8(body)?,
    }))
}

/// The server's answer as bytes, its body in one piece.
async fn ask(server: &Server, request: Received) -> Result<Vec<u8>> {
    let mut asked = server.http.request(request.method.parse()?, format!("{}{}", server.url, request.target));
    for line in request.headers.lines() {
        let (name, value) = line.split_once(':').context("a header without a colon")?;
        if !OF_ONE_CONNECTION.contains(&name.to_ascii_lowercase().as_str()) {
            asked = asked.header(name, value.trim());
        }
    }
    let answered = asked.body(request.body).send().await?;
    let mut head = format!("HTTP/1.1 {}\r\nconnection: close\r\n", answered.status());
    for (name, value) in answered.headers() {
        if !OF_ONE_CONNECTION.contains(&name.as_str()) {
            head += &format!("{name}: {}\r\n", value.to_str()?);
        }
    }
    let body = answered.bytes().await?;
    head += &format!("content-length: {}\r\n\r\n", body.len());
    Ok([head.as_bytes(), &body].concat())
}

/// Headers that say something about one connection, not about the request.
const OF_ONE_CONNECTION: [&str; 5] = ["host", "connection", "keep-alive", "content-length", "transfer-encoding"];

fn header<'a>(headers: &'a str, name: &str) -> Option<&'a str> {
    headers.lines().find_map(|line| {
        let (set, value) = line.split_once(':')?;
        set.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
