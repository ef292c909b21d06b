//! Stands between publisher and store, and injects faults.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use crate::store::endpoint;

/// What happens to a request.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fault {
    /// Nothing.
    Pass,
    /// The store says that it is overloaded.
    SlowDown,
    /// The connection ends before the request reaches the store.
    Cut,
    /// The store does what it was asked, and the connection ends before it says so.
    CutAnswer,
    /// It takes long.
    Slow(Duration),
    /// The publisher gets a signal before the request reaches the store.
    Signal(&'static str),
    /// The publisher is stopped, and the request waits until `Proxy::release`.
    Hold,
    /// The store does what it was asked, and the publisher gets a signal before it hears so.
    SignalAfter(&'static str),
}

pub(crate) struct Proxy {
    port: u16,
    shared: Arc<Shared>,
}

type Decide = dyn Fn(usize, &str) -> Fault + Send + Sync;

struct Shared {
    count: AtomicUsize,
    process: AtomicU32,
    released: AtomicBool,
    lines: Mutex<Vec<String>>,
    decide: Box<Decide>,
}

impl Proxy {
    /// `decide` gets each request's number, from 1, and its first line.
    pub(crate) fn start(decide: impl Fn(usize, &str) -> Fault + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("bound").port();
        let shared = Arc::new(Shared {
            count: AtomicUsize::new(0),
            process: AtomicU32::new(0),
            released: AtomicBool::new(false),
            lines: Mutex::default(),
            decide: Box::new(decide),
        });
        let inner = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&inner);
                // A client that goes away is what this is for.
                thread::spawn(move || drop(serve(&shared, stream)));
            }
        });
        Self { port, shared }
    }

    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Who gets signals.
    pub(crate) fn watch(&self, process: u32) {
        self.shared.process.store(process, Ordering::SeqCst);
    }

    /// Lets requests go that were held.
    pub(crate) fn release(&self) {
        self.shared.released.store(true, Ordering::SeqCst);
    }

    /// The first lines of all requests so far.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.shared.lines.lock().expect("not poisoned").clone()
    }
}

pub(crate) fn signal(process: u32, name: &str) {
    let sent = Command::new("kill")
        .args([&format!("-{name}"), &process.to_string()])
        .status();
    assert!(sent.expect("kill runs").success(), "kill -{name} {process}");
}

fn serve(shared: &Shared, client: TcpStream) -> io::Result<()> {
    let mut reader = BufReader::new(client.try_clone()?);
    let mut client = client;
    loop {
        let Some((head, body)) = read_request(&mut reader)? else {
            return Ok(());
        };
        let line = head.lines().next().unwrap_or_default().to_owned();
        let number = shared.count.fetch_add(1, Ordering::SeqCst) + 1;
        shared
            .lines
            .lock()
            .expect("not poisoned")
            .push(line.clone());
        let fault = (shared.decide)(number, &line);
        let process = || {
            while shared.process.load(Ordering::SeqCst) == 0 {
                thread::sleep(Duration::from_millis(1));
            }
            shared.process.load(Ordering::SeqCst)
        };
        match fault {
            Fault::SlowDown => {
                let xml = "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>";
                write!(
                    client,
                    "HTTP/1.1 503 Service Unavailable\r\nContent-Length: {}\r\n\r\n{xml}",
                    xml.len()
                )?;
                continue;
            }
            Fault::Cut => return Ok(()),
            Fault::Slow(time) => thread::sleep(time),
            Fault::Signal(name) => {
                signal(process(), name);
                if name == "KILL" {
                    return Ok(());
                }
            }
            Fault::Hold => {
                signal(process(), "STOP");
                while !shared.released.load(Ordering::SeqCst) {
                    thread::sleep(Duration::from_millis(5));
                }
            }
            Fault::Pass | Fault::CutAnswer | Fault::SignalAfter(_) => {}
        }
        let answer = forward(&head, &body)?;
        match fault {
            Fault::CutAnswer => return Ok(()),
            Fault::SignalAfter(name) => signal(process(), name),
            _ => {}
        }
        client.write_all(&answer)?;
        return Ok(());
    }
}

fn read_request(reader: &mut impl BufRead) -> io::Result<Option<(String, Vec<u8>)>> {
    let mut head = String::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        if line == "\r\n" {
            break;
        }
        head.push_str(&line);
    }
    let length = head
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, value)| value.trim().parse().ok())
        .unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(Some((head, body)))
}

/// Hands a request on as it is, over a connection of its own, and returns the whole answer.
fn forward(head: &str, body: &[u8]) -> io::Result<Vec<u8>> {
    let address = endpoint();
    let mut store = TcpStream::connect(address.trim_start_matches("http://"))?;
    write!(store, "{head}Connection: close\r\n\r\n")?;
    store.write_all(body)?;
    let mut answer = Vec::new();
    store.read_to_end(&mut answer)?;
    Ok(answer)
}
