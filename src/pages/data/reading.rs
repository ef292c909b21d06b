//! Files of other services to entries with their films, a piece at a time, so that the page can go on answering.

use std::rc::Rc;

use matinee_format::Model;
use matinee_imports::{Draft, File, MAX_BYTES, Reader, Refusal};

use crate::effects::{Picked, pause};

/// Entries looked up before the page gets its turn.
const TURN: usize = 400;

/// What is being done, and which part of it is done, 0 to 1.
pub(crate) struct Progress {
    /// The file that is being read; none while films are looked for.
    pub file: Option<String>,
    /// How much of everything is done.
    pub part: f64,
}

/// Reads `files` and looks for their films.
pub(crate) async fn read(
    files: Vec<Picked>,
    model: Rc<Model>,
    progress: impl Fn(Progress),
) -> Draft {
    let mut reader = Reader::default();
    let all = files.len().max(1) as f64;
    for (number, file) in files.iter().enumerate() {
        let name = file.name();
        progress(Progress {
            file: Some(name.clone()),
            part: number as f64 / all / 2.0,
        });
        pause().await;
        match bytes(file).await {
            Ok(bytes) => reader.add(
                File {
                    name: &name,
                    bytes: &bytes,
                },
                file.written_at(),
            ),
            Err(why) => reader.refuse(&name, why),
        }
    }
    let mut search = reader.search(&model);
    while search.part() < 1.0 {
        progress(Progress {
            file: None,
            part: 0.5 + search.part() / 2.0,
        });
        pause().await;
        search.step(TURN);
    }
    search.finish()
}

async fn bytes(file: &Picked) -> Result<Vec<u8>, Refusal> {
    if file.size() > MAX_BYTES {
        return Err(Refusal::TooLarge);
    }
    file.bytes().await.map_err(Refusal::Unread)
}
