//! Publishing, tested against a real object store on this machine.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use xshell::cmd;

use crate::setup::{Ready, python};
use crate::test::native_only;
use crate::workspace::{Workspace, output_folder};

/// The store and the linter of the template, in exact versions.
const REQUIREMENTS: &str = "xtask/store/requirements.txt";
/// Who may do what in the store.
const IDENTITIES: &str = "xtask/store/identities.json";
/// What anybody may read.
const BUCKET: &str = "site";
/// Ports in a row that the store's parts listen on.
const PORTS: u16 = 8;
/// The store is up in ten seconds; a busy machine takes longer.
const PATIENCE: Duration = Duration::from_secs(90);

/// Installs the store and the linter where they are missing.
pub(crate) fn ensure(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.cache().join("store");
    python::ensure(&workspace.sh, &folder, REQUIREMENTS)?;
    Ok(folder.join("bin"))
}

/// Lints the template, then runs the tests and journeys that need a store.
pub(crate) fn test(workspace: &Workspace, ready: &Ready) -> Result<()> {
    let sh = &workspace.sh;
    let programs = ensure(workspace)?;
    let lint = programs.join("cfn-lint");
    cmd!(sh, "{lint} deploy/matinee.yaml")
        .run()
        .context("the template has faults")?;

    let store = Store::start(workspace, &programs.join("weed"))?;
    // Of all packages, so that none is built again with fewer features.
    let packages = native_only();
    cmd!(
        sh,
        "cargo test --workspace {packages...} --test publish -- --include-ignored"
    )
    .env("MATINEE_STORE", store.address())
    .run()?;
    Ok(cmd!(sh, "npm run --silent journeys:store")
        .env("CHROME", &ready.browser.chrome)
        .env("MATINEE", output_folder()?.join("matinee"))
        .env("MATINEE_STORE", store.address())
        .run()?)
}

/// SeaweedFS on this machine, in a folder of its own, ended when it is dropped.
struct Store {
    process: Child,
    folder: PathBuf,
    port: u16,
}

impl Store {
    fn start(workspace: &Workspace, weed: &Path) -> Result<Self> {
        let port = free_ports()?;
        let folder = workspace.path(format!("target/store-{port}"));
        fs::create_dir_all(&folder)?;
        let log = File::create(folder.join("log"))?;
        let at = |offset: u16| (port + offset).to_string();
        let mut command = Command::new(weed);
        command
            .args(["server", "-s3", "-ip=127.0.0.1", "-ip.bind=127.0.0.1"])
            .args(["-volume.max=20", "-master.volumeSizeLimitMB=64"])
            .arg(format!("-dir={}", folder.display()))
            .arg(format!(
                "-s3.config={}",
                workspace.path(IDENTITIES).display()
            ));
        let parts = [
            "s3.port",
            "s3.port.grpc",
            "master.port",
            "master.port.grpc",
            "volume.port",
            "volume.port.grpc",
            "filer.port",
            "filer.port.grpc",
        ];
        for (offset, part) in (0..).zip(parts) {
            command.arg(format!("-{part}={}", at(offset)));
        }
        let process = command
            // What else it would listen on and tell.
            .args(["-s3.port.iceberg=0", "-s3.port.lance=0"])
            .arg("-master.telemetry=false")
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .with_context(|| format!("cannot start {}", weed.display()))?;
        let mut store = Self {
            process,
            folder,
            port,
        };
        store.wait()?;
        // A folder of the filer's `buckets` is a bucket.
        let filer = port + 6;
        store.retry("makes no bucket", || {
            post(filer, &format!("/buckets/{BUCKET}/"))
        })?;
        Ok(store)
    }

    fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn wait(&mut self) -> Result<()> {
        let address = ("127.0.0.1", self.port);
        self.retry("does not answer", || TcpStream::connect(address).is_ok())
    }

    /// Tries until it works, the store ends or patience does.
    fn retry(&mut self, trouble: &str, mut works: impl FnMut() -> bool) -> Result<()> {
        let begun = Instant::now();
        while !works() {
            let ended = self.process.try_wait()?.is_some();
            if ended || begun.elapsed() > PATIENCE {
                let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
                let last: Vec<&str> = log.lines().rev().take(5).collect();
                bail!("the store {trouble}; last in its log: {}", last.join(" / "));
            }
            thread::sleep(Duration::from_millis(200));
        }
        Ok(())
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        // What cannot be ended or removed is no fault of what was tested.
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Whether a server of this machine does what it is asked.
fn post(port: u16, path: &str) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        write!(
            stream,
            "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer.starts_with("HTTP/1.1 201"))
    };
    ask().unwrap_or(false)
}

/// The first of so many free ports in a row.
fn free_ports() -> Result<u16> {
    (21_000..30_000)
        .step_by(usize::from(PORTS))
        .find(|first| {
            (0..PORTS).all(|offset| TcpListener::bind(("127.0.0.1", first + offset)).is_ok())
        })
        .context("no eight free ports in a row for the store")
}
