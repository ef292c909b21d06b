//! A file as it arrives, on the page's side: a program's own memory never shrinks, and has no use for it.

use js_sys::Uint8Array;
use sha2::{Digest, Sha256};
use wasm_bindgen_futures::JsFuture;

use super::{LoadError, Turns};

/// What is set aside at most for a file of which only the length is known.
const MOST_AHEAD: u64 = 1 << 26;
/// Bytes that the browser is asked for the hash of. It copies them first, which stops the page for larger ones.
const MOST_COPIED: u32 = 1 << 23;
/// Bytes looked at in one go.
pub(super) const PIECE: u32 = 1 << 16;

/// The bytes that have arrived.
pub(super) struct Received {
    bytes: Uint8Array,
    length: u32,
}

impl Received {
    /// Sets room aside for a file of so many bytes.
    pub(super) fn with_room_for(bytes: Option<u64>) -> Self {
        let room = bytes.unwrap_or(0).min(MOST_AHEAD) as u32;
        Self {
            bytes: Uint8Array::new_with_length(room),
            length: 0,
        }
    }

    /// Bytes so far.
    pub(super) fn length(&self) -> u32 {
        self.length
    }

    /// Adds what came.
    pub(super) fn push(&mut self, piece: &Uint8Array) {
        let end = self.length + piece.length();
        if end > self.bytes.length() {
            let larger =
                Uint8Array::new_with_length(end.max(self.bytes.length().saturating_mul(2)));
            larger.set(&self.whole(), 0);
            self.bytes = larger;
        }
        self.bytes.set(piece, self.length);
        self.length = end;
    }

    /// All that has arrived.
    pub(super) fn whole(&self) -> Uint8Array {
        self.bytes.subarray(0, self.length)
    }
}

/// `bytes` in pieces that can be copied into the program one at a time.
pub(super) fn pieces(bytes: &Uint8Array) -> impl Iterator<Item = Uint8Array> {
    let (bytes, length) = (bytes.clone(), bytes.length());
    let starts = (0..length).step_by(PIECE as usize);
    starts.map(move |start| bytes.subarray(start, (start + PIECE).min(length)))
}

/// Holds `bytes` against a SHA-256 in hexadecimal.
///
/// # Errors
/// [`LoadError::Hash`] when it is that of other bytes.
pub(super) async fn check_hash(bytes: &Uint8Array, expected: &str) -> Result<(), LoadError> {
    use std::fmt::Write as _;
    let found = match digest(bytes).await {
        Some(found) => found,
        None => {
            let mut turns = Turns::new();
            let mut hash = Sha256::new();
            for piece in pieces(bytes) {
                hash.update(piece.to_vec());
                turns.take().await;
            }
            hash.finalize().to_vec()
        }
    };
    let mut hex = String::with_capacity(2 * found.len());
    for byte in found {
        // Writing to a `String` cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    if hex.eq_ignore_ascii_case(expected) {
        Ok(())
    } else {
        Err(LoadError::Hash {
            expected: expected.to_owned(),
            found: hex,
        })
    }
}

/// SHA-256 by the browser, which is many times faster; none where it has none, as over a connection that is not secure,
/// and for what it should not be asked.
async fn digest(bytes: &Uint8Array) -> Option<Vec<u8>> {
    let window = gloo::utils::window();
    if !window.is_secure_context() || bytes.length() > MOST_COPIED {
        return None;
    }
    let subtle = window.crypto().ok()?.subtle();
    let digest = subtle
        .digest_with_str_and_buffer_source("SHA-256", bytes)
        .ok()?;
    let digest = JsFuture::from(digest).await.ok()?;
    Some(Uint8Array::new(&digest).to_vec())
}
