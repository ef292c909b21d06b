//! Decoding a file while it arrives.

use crate::block::ItemBlock;
use crate::error::FormatError;
use crate::frame::{self, FRAME_LEN, Frame, KIND_HEAD, KIND_ITEM, PREAMBLE_LEN};
use crate::header::Header;
use crate::wire::{self, record};

/// A part of a model that has arrived whole, passed its checksum and been validated.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "a file has one head, and a list of chunks is a handful of entries"
)]
pub enum Chunk {
    /// Chunk 0: from here on the model can be used.
    Head(Header, ItemBlock),
    /// More items.
    Items(ItemBlock),
}

record! {
    /// Payload of chunk 0.
    pub(crate) struct Head {
        pub(crate) header: Header,
        pub(crate) items: ItemBlock,
    }
}

/// A streaming decoder: feed it bytes as they come, in pieces of any size, and it hands out each chunk as soon
/// as it is whole.
///
/// ```
/// # fn run(pieces: impl Iterator<Item = Vec<u8>>) -> Result<(), matinee_format::FormatError> {
/// use matinee_format::{Chunk, Decoder, Model};
/// let mut decoder = Decoder::new();
/// let mut model: Option<Model> = None;
/// for piece in pieces {
///     for chunk in decoder.push(&piece)? {
///         match (chunk, &mut model) {
///             (Chunk::Head(header, items), _) => model = Some(Model::new(header, items)?),
///             (Chunk::Items(items), Some(model)) => model.append(items)?,
///             (Chunk::Items(_), None) => unreachable!("the head comes first"),
///         }
///     }
/// }
/// decoder.finish()
/// # }
/// ```
#[derive(Debug, Default)]
pub struct Decoder {
    buffer: Vec<u8>,
    /// Bytes of the file before `buffer`.
    consumed: u64,
    frame: Option<Frame>,
    header: Option<Header>,
    chunks: u32,
    rows: u32,
    failed: Option<FormatError>,
}

impl Decoder {
    /// A decoder at the start of a file.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next bytes of the file and returns the chunks they complete.
    ///
    /// # Errors
    /// Any [`FormatError`] but `Truncated`. After an error every further call gives the same one.
    pub fn push(&mut self, bytes: &[u8]) -> Result<Vec<Chunk>, FormatError> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        self.buffer.extend_from_slice(bytes);
        let mut used = 0;
        let result = self.advance(&mut used);
        self.buffer.drain(..used);
        if let Err(error) = &result {
            self.failed = Some(error.clone());
            self.buffer = Vec::new();
        }
        result
    }

    /// Whether every chunk has arrived.
    pub fn is_complete(&self) -> bool {
        self.header
            .as_ref()
            .is_some_and(|header| self.chunks == header.chunks_total)
    }

    /// Says that no more bytes will come.
    ///
    /// # Errors
    /// [`FormatError::Truncated`] when the file is not whole, or the error that an earlier call gave.
    pub fn finish(&self) -> Result<(), FormatError> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        // A skipped optional chunk may follow the last items; it too must be whole.
        if self.is_complete() && self.buffer.is_empty() && self.frame.is_none() {
            return Ok(());
        }
        if self.is_complete() && self.frame.is_none() {
            return Err(FormatError::TrailingBytes {
                offset: self.consumed,
            });
        }
        let expected = match &self.frame {
            Some(frame) => frame.compressed_len as usize,
            None if self.consumed == 0 => PREAMBLE_LEN,
            None => FRAME_LEN,
        };
        let needed = expected.saturating_sub(self.buffer.len()).max(1) as u64;
        Err(FormatError::Truncated {
            have: self.consumed + self.buffer.len() as u64,
            needed,
        })
    }

    fn advance(&mut self, used: &mut usize) -> Result<Vec<Chunk>, FormatError> {
        let mut chunks = Vec::new();
        loop {
            let rest = &self.buffer[*used..];
            let step = match self.frame {
                _ if self.consumed == 0 => {
                    let Some(preamble) = rest.first_chunk::<PREAMBLE_LEN>() else {
                        break;
                    };
                    frame::check_preamble(preamble)?;
                    PREAMBLE_LEN
                }
                None => {
                    let Some(bytes) = rest.first_chunk::<FRAME_LEN>() else {
                        break;
                    };
                    let frame = Frame::parse(bytes, self.consumed).map_err(|error| {
                        // After the last chunk only an optional one may follow: anything else is not ours.
                        if self.is_complete() {
                            FormatError::TrailingBytes {
                                offset: self.consumed,
                            }
                        } else {
                            error
                        }
                    })?;
                    self.expect(&frame)?;
                    self.frame = Some(frame);
                    FRAME_LEN
                }
                Some(frame) => {
                    let length = frame.compressed_len as usize;
                    let Some(payload) = rest.get(..length) else {
                        break;
                    };
                    let offset = self.consumed - FRAME_LEN as u64;
                    let chunk = read_chunk(&frame, payload, offset, self.header.as_ref())?;
                    self.frame = None;
                    if let Some(chunk) = chunk {
                        self.account(&chunk).map_err(|e| e.at(offset))?;
                        chunks.push(chunk);
                    }
                    length
                }
            };
            *used += step;
            self.consumed += step as u64;
        }
        Ok(chunks)
    }

    /// Whether a chunk of this kind may stand here.
    fn expect(&self, frame: &Frame) -> Result<(), FormatError> {
        let offset = self.consumed;
        match frame.kind {
            KIND_HEAD if self.header.is_none() => Ok(()),
            KIND_HEAD => Err(FormatError::invalid("a second head").at(offset)),
            KIND_ITEM if self.header.is_none() => {
                Err(FormatError::invalid("items come before the head").at(offset))
            }
            KIND_ITEM if self.is_complete() => Err(FormatError::TrailingBytes { offset }),
            KIND_ITEM => Ok(()),
            _ if frame.is_optional() && self.header.is_some() => Ok(()),
            kind => Err(FormatError::UnknownChunk {
                offset,
                kind: kind.escape_ascii().to_string(),
            }),
        }
    }

    /// Keeps the running counts and holds them against the header's.
    fn account(&mut self, chunk: &Chunk) -> Result<(), FormatError> {
        let block = match chunk {
            Chunk::Head(header, block) => {
                self.header = Some(header.clone());
                block
            }
            Chunk::Items(block) => block,
        };
        let (Some(header), Some(rows)) = (&self.header, self.rows.checked_add(block.count)) else {
            return Err(FormatError::invalid("more rows than can be counted"));
        };
        if block.first_row != self.rows {
            return Err(FormatError::invalid(format!(
                "it begins at row {}, not {}",
                block.first_row, self.rows
            )));
        }
        self.rows = rows;
        self.chunks += 1;
        let last = self.chunks == header.chunks_total;
        if rows > header.items_total || (last && rows != header.items_total) {
            return Err(FormatError::invalid(format!(
                "{rows} items by chunk {} of {}, where the header says {} in all",
                self.chunks, header.chunks_total, header.items_total
            )));
        }
        Ok(())
    }
}

/// Checks and decodes one chunk; `None` for an optional kind that this version does not know.
fn read_chunk(
    frame: &Frame,
    payload: &[u8],
    offset: u64,
    header: Option<&Header>,
) -> Result<Option<Chunk>, FormatError> {
    let raw = frame::unpack(frame, payload, offset)?;
    let chunk = match (frame.kind, header) {
        (KIND_HEAD, _) => wire::from_bytes::<Head>(&raw).and_then(|head| {
            head.header.validate()?;
            head.items.validate(&head.header)?;
            Ok(Some(Chunk::Head(head.header, head.items)))
        }),
        (KIND_ITEM, Some(header)) => wire::from_bytes::<ItemBlock>(&raw).and_then(|items| {
            items.validate(header)?;
            Ok(Some(Chunk::Items(items)))
        }),
        _ => Ok(None),
    };
    chunk.map_err(|error| error.at(offset))
}
